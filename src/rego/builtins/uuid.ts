import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js'
import type { Family } from '../builtin'
import { formatTerm } from '../format-term'
import type { RegoObject } from '../value'
import { stringOperand } from './operand'
import { utf8Bytes } from './utf8'

const dashed = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

const FORM = /^(?:[0-9a-f]{32}|(?:urn:uuid:)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/i
const LENGTH_IN_BRACES = 38

/** The 16 bytes of a UUID in any of the forms that github.com/google/uuid reads: of braces, any two characters of one byte will do. */
const parse = (text: string): Uint8Array | undefined => {
  const inBraces = text.length === LENGTH_IN_BRACES && utf8Bytes(text).length === LENGTH_IN_BRACES
  const form = inBraces ? text.slice(1, -1) : text
  return FORM.test(form) ? hexToBytes(form.replace(/^urn:uuid:|-/gi, '')) : undefined
}

const VARIANTS: readonly (readonly [mask: number, bits: number, name: string])[] = [
  [0xc0, 0x80, 'RFC4122'],
  [0xe0, 0xc0, 'Microsoft'],
  [0xe0, 0xe0, 'Future'],
]

const DOMAINS = ['Person', 'Group', 'Org'] as const

/** Nanoseconds between 1582-10-15, from which UUIDs count time, and 1970. */
const EPOCH = 12_219_292_800_000_000_000n

/** What a UUID of version 1 or 2 says of the time and the machine that made it. */
const origin = (bytes: Uint8Array): RegoObject => {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const ticks =
    (BigInt(view.getUint16(6) & 0xfff) << 48n) | (BigInt(view.getUint16(4)) << 32n) | BigInt(view.getUint32(0))
  const node = bytes.subarray(10)
  const first = node[0] ?? 0
  return {
    time: BigInt.asIntN(64, ticks * 100n - EPOCH),
    nodeid: [...node].map((byte) => byte.toString(16).padStart(2, '0')).join('-'),
    macvariables: `${first & 2 ? 'local' : 'global'}:${first & 1 ? 'multicast' : 'unicast'}`,
    clocksequence: view.getUint16(8) & 0x3fff,
  }
}

const fieldsOf = (bytes: Uint8Array): RegoObject => {
  const version = (bytes[6] ?? 0) >> 4
  const [, , variant = 'Reserved'] = VARIANTS.find(([mask, bits]) => ((bytes[8] ?? 0) & mask) === bits) ?? []
  const domain = bytes[9] ?? 0
  return {
    version,
    variant,
    ...(version === 1 || version === 2 ? origin(bytes) : {}),
    ...(version === 2
      ? {
          id: new DataView(bytes.buffer, bytes.byteOffset).getUint32(0),
          domain: DOMAINS[domain] ?? `Domain${domain}`,
        }
      : {}),
  }
}

/** `uuid.*`; random ones are of the evaluation's seed, the same for the same key. Source: OPA's policy reference, section "UUID". */
export const uuid: Family = {
  'uuid.parse': (_context, text) => {
    const bytes = parse(stringOperand(text, 1))
    return bytes === undefined ? undefined : fieldsOf(bytes)
  },
  'uuid.rfc4122': ({ random, memo }, key) => {
    const place = `uuid.rfc4122 ${formatTerm(key ?? null)}`
    const known = memo.get(place)
    if (known !== undefined) return known
    const bytes = random(16)
    bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40
    bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80
    const made = dashed(bytesToHex(bytes))
    memo.set(place, made)
    return made
  },
}
