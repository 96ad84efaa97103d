import { BuiltinRefusal } from '../../builtin'
import { unsigned } from '../big-endian'
import { isInt64 } from '../int64'

/** The first byte of an element: class, form and number. */
export const TAG = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  oid: 0x06,
  utf8String: 0x0c,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  bmpString: 0x1e,
  sequence: 0x30,
  set: 0x31,
  /** A tag that only the place gives a meaning to. */
  context: (number: number): number => 0x80 | number,
  /** The same around other elements. */
  explicit: (number: number): number => 0xa0 | number,
} as const

export interface Element {
  readonly tag: number
  readonly content: Uint8Array
  /** The element with its tag and length. */
  readonly whole: Uint8Array
}

/** Bits, from the highest of the first byte on. */
export interface Bits {
  readonly bytes: Uint8Array
  readonly padding: number
}

/**
 * Reads elements of DER one after the other. What is malformed is refused; what stands behind the last element that is asked for
 * is not looked at. Source: golang.org/x/crypto/cryptobyte, asn1.go.
 */
export class Der {
  readonly #bytes: Uint8Array
  #at = 0

  /** Of what, for refusals. */
  constructor(
    bytes: Uint8Array,
    readonly part: string,
  ) {
    this.#bytes = bytes
  }

  get isEmpty(): boolean {
    return this.#at >= this.#bytes.length
  }

  refuse(): never {
    throw new BuiltinRefusal(`malformed ${this.part}`)
  }

  is(tag: number): boolean {
    return this.#bytes[this.#at] === tag
  }

  any(): Element {
    const rest = this.#bytes.subarray(this.#at)
    const [tag, first] = [rest[0] ?? 0, rest[1] ?? 0]
    if (rest.length < 2 || (tag & 0x1f) === 0x1f) this.refuse()
    let [header, length] = [2, first]
    if (first >= 0x80) {
      const size = first & 0x7f
      const octets = rest.subarray(2, 2 + size)
      if (size === 0 || size > 4 || octets.length < size) this.refuse()
      length = octets.reduce((value, octet) => value * 0x100 + octet, 0)
      // A length is written in as few bytes as it can be.
      if (length < 0x80 || octets[0] === 0) this.refuse()
      header += size
    }
    if (rest.length < header + length) this.refuse()
    this.#at += header + length
    const whole = rest.subarray(0, header + length)
    return { tag, content: whole.subarray(header), whole }
  }

  element(tag: number): Element {
    const read = this.any()
    return read.tag === tag ? read : this.refuse()
  }

  bytes(tag: number): Uint8Array {
    return this.element(tag).content
  }

  /** A reader of the content. */
  inside(tag: number, part = this.part): Der {
    return new Der(this.bytes(tag), part)
  }

  optional(tag: number): Der | undefined {
    return this.is(tag) ? this.inside(tag) : undefined
  }

  boolean(): boolean {
    const content = this.bytes(TAG.boolean)
    if (content.length !== 1 || (content[0] !== 0 && content[0] !== 0xff)) this.refuse()
    return content[0] === 0xff
  }

  integer(tag: number = TAG.integer): bigint {
    const content = this.bytes(tag)
    const [first = 0, second = 0] = content
    const isPadded = content.length > 1 && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))
    if (content.length === 0 || isPadded) this.refuse()
    return BigInt.asIntN(content.length * 8, unsigned(content))
  }

  /** An integer that Go holds in 64 bits. */
  int64(tag: number = TAG.integer): bigint {
    const value = this.integer(tag)
    return isInt64(value) ? value : this.refuse()
  }

  bits(): Bits {
    const [padding = 8, ...rest] = this.bytes(TAG.bitString)
    const last = rest.at(-1)
    if (padding > 7 || (last === undefined ? padding !== 0 : (last & ((1 << padding) - 1)) !== 0)) this.refuse()
    return { bytes: Uint8Array.from(rest), padding }
  }

  oid(): readonly number[] {
    const content = this.bytes(TAG.oid)
    const components: number[] = []
    let [value, length] = [0, 0]
    for (const [at, byte] of content.entries()) {
      if ((length === 0 && byte === 0x80) || value >= 2 ** 24 || length === 5) this.refuse()
      value = value * 0x80 + (byte & 0x7f)
      length += 1
      if (byte >= 0x80) {
        if (at === content.length - 1) this.refuse()
        continue
      }
      if (components.length > 0) components.push(value)
      else if (value < 80) components.push(Math.floor(value / 40), value % 40)
      else components.push(2, value - 80)
      ;[value, length] = [0, 0]
    }
    return components.length === 0 ? this.refuse() : components
  }
}

/** The bits as bytes that end with the last of them. */
export const rightAligned = ({ bytes, padding }: Bits): Uint8Array =>
  padding === 0
    ? bytes
    : bytes.map((byte, at) => (byte >> padding) | (at === 0 ? 0 : ((bytes[at - 1] ?? 0) << (8 - padding)) & 0xff))

export const sameBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, at) => byte === b[at])

/** The element that stands where an algorithm has no parameters. */
export const NULL = Uint8Array.of(0x05, 0x00)
