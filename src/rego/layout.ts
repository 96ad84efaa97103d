import type { Host, KnownLayout } from './host'
import { hashOfBytes } from './key-hash'
import { KnownShapes, LEAST_ROOM } from './known-shapes'
import { EXACT, JSON_READING, writeTerm } from './term'
import type { RegoValue } from './value'
import { BUCKETS, blockFor, ELEMENTS, ENTRY, HEADER, POINTER_TO_NOTHING, SHARED_INDICES } from './value-layout'
import type { ValueReader } from './value-reader'
import type { WrittenLayout } from './value-writer'

/** Asks a module, by an instance that is thrown away after it. */
export const layoutOf = (host: Host): KnownLayout => {
  const readable = isReadable(host)
  const written = readable ? unlessFault(() => writtenLayoutOf(host)) : undefined
  return written === undefined ? { readable } : { readable, written }
}

/** Of what a look at memory gives where something else stands: an address that is none, a type that is not OPA's. */
const unlessFault = <A>(look: () => A): A | undefined => {
  try {
    return look()
  } catch {
    return undefined
  }
}

// -- reading ------------------------------------------------------------------------------------------------------

/** A value of every kind, of sizes below and above those at which OPA's tables grow, as it stands on the heap. */
const SAMPLE = (() => {
  const many = Array.from({ length: 40 }, (_, n) => n)
  const texts = ['""', '"a"', '"\\u0000\\"\\\\"', '"\ufeffé😀"', `"${'long '.repeat(40)}"`]
  const numbers = ['0', '-1', '7.50', '1e3', '9007199254740993', '123456789012345', '-12345678901234567890123.5']
  return `[null, true, false, [], {}, set(), ${[...texts, ...numbers].join(', ')}, {${many.join(', ')}}, {${many
    .map((n) => `"key${n}": [${n}]`)
    .join(', ')}}, {1: {"x"}, [null]: {"y": {"z": set()}}}]`
})()

/** The part of a host that is asked for what can be read. */
export interface Asked extends Pick<Host, 'parse' | 'exports' | 'memory'> {
  readonly dumps: ValueReader
}

/**
 * What `MemoryReader` takes out of a module's memory is what the module dumps: for a value of every kind, and for its own tables,
 * where constants and integers stand.
 */
export const isReadable = (host: Asked): boolean => {
  const isSame = (address: number): boolean =>
    writeTerm(host.memory.read<RegoValue>(address, EXACT)) === writeTerm(host.dumps.read<RegoValue>(address, EXACT))
  const addresses = (): readonly number[] => [host.parse(SAMPLE), host.exports.builtins(), host.exports.entrypoints()]
  return unlessFault(() => addresses().every(isSame)) ?? false
}

// -- writing ------------------------------------------------------------------------------------------------------

/** Texts of all lengths that hashing tells apart, and with bytes that are no characters of their own. */
const KEYS = Array.from({ length: 40 }, (_, n) => `${'é'.repeat(n % 3)}${'/key-of.Things'.repeat(3).slice(0, n)}`)

/** What a writer writes, in every form that it has for it. */
const WRITTEN = (() => {
  const shaped = (n: number): RegoValue => ({ b: n, a: [n / 8, `text ${n}`], '': { é: -n, ccc: null } })
  return [
    ...[null, true, false, [], {}, '', 'é😀', 'long '.repeat(40), 0, -1, 2 ** 40, -(2 ** 52), 0.1, -1e-7],
    ...[0, 1, 2].map(shaped),
    Object.fromEntries(KEYS.map((key, n) => [key, [n]])),
    Array.from({ length: SHARED_INDICES.count + 2 }, (_, n) => n % 2),
  ]
})()

const utf8 = new TextEncoder()

const writtenLayoutOf = (host: Host): WrittenLayout | undefined => {
  const keys = host.leaveRoom(LEAST_ROOM)
  const word = (address: number): number => {
    const { bytes } = host.text
    const at = (n: number): number => bytes[address + n] as number
    return at(0) | (at(1) << 8) | (at(2) << 16) | (at(3) << 24)
  }

  const hasBlocks = (): boolean =>
    [1, 8, 12, 16, 20, 32, 36, 64].every(
      (bytes) => word(host.exports.opa_malloc(bytes) - HEADER.bytes) === blockFor(bytes),
    )

  const elements = word(host.parse(`[${'0,'.repeat(SHARED_INDICES.count)}0]`) + ELEMENTS.address)
  const indexAt = (n: number): number => word(elements + n * ELEMENTS.size + ELEMENTS.index)
  const indices = indexAt(0)
  const hasIndices = (): boolean =>
    Array.from({ length: SHARED_INDICES.count + 1 }, (_, n) => n).every(
      (n) =>
        host.memory.read(indexAt(n), JSON_READING) === n &&
        (n === SHARED_INDICES.count || indexAt(n) === indices + n * SHARED_INDICES.size),
    )

  /** An entry keeps the hash of its key, and the last bits of that are its bucket. */
  const hasHashes = (): boolean => {
    const table = host.parse(JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, null]))))
    const [buckets, count] = [word(table + BUCKETS.address), word(table + BUCKETS.count)]
    return Array.from({ length: count }, (_, n) => n).every((n) => {
      for (
        let entry = word(buckets + n * BUCKETS.size);
        entry !== POINTER_TO_NOTHING;
        entry = word(entry + ENTRY.next)
      ) {
        const key = utf8.encode(String(host.memory.read(word(entry + ENTRY.key), JSON_READING)))
        const hash = hashOfBytes(key, 0, key.length)
        if ((hash & (count - 1)) !== n || word(entry - HEADER.bytes + HEADER.hash) !== hash) return false
      }
      return true
    })
  }

  /** What is written is dumped as what is parsed. */
  const isUnderstood = (): boolean => {
    const writer = host.writer({ shapes: new KnownShapes(keys), indices })
    writer.begin(LEAST_ROOM)
    const written = writer.write(WRITTEN, host.exports.opa_heap_ptr_get())
    host.exports.opa_heap_ptr_set(writer.top)
    return host.dumps.dump(written) === host.dumps.dump(host.parse(JSON.stringify(WRITTEN)))
  }

  return keys % 4 === 0 && hasBlocks() && hasIndices() && hasHashes() && isUnderstood()
    ? { shapes: new KnownShapes(keys), indices }
    : undefined
}
