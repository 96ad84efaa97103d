import { Abort } from './fault'
import { orderOf } from './key-order'
import { MOST_KEYS } from './known-shapes'
import { type TextMemory, textIn } from './memory'
import { type Reading, readTerm } from './term'
import {
  ARRAY,
  AS_INT64,
  BOOLEAN,
  BUCKETS,
  CONSTANT_BOOLEAN,
  CONSTANT_STRING,
  DIGITS,
  ELEMENTS,
  ENTRY,
  INT64,
  MEMBER,
  NULL,
  NUMBER,
  OBJECT,
  POINTER_TO_NOTHING,
  SET,
  STRING,
  TEXT,
  TWO_TO_32,
} from './value-layout'

/** Takes values out of a module, by their addresses. */
export interface ValueReader {
  readonly read: <A>(address: number, reading: Reading<A>) => A
}

/** Lets the module dump a value as a text, which is what its ABI has for it. */
export class DumpReader implements ValueReader {
  constructor(readonly dump: (address: number) => string) {}

  read<A>(address: number, reading: Reading<A>): A {
    return readTerm(this.dump(address), reading)
  }
}

// Digits that are a safe integer for certain.
const SAFE_DIGITS = 15
const ZERO = 48
const NINE = 57

// Keys, and much of what stands under them, come again and again: so many texts of up to so many bytes are kept to be given again.
const KEPT_TEXTS = 2_048
const SHORT = 32

/** The keys of an object that are texts of the policy itself, in the order in which the object has them. */
interface KnownKeys {
  readonly addresses: readonly number[]
  /** In Rego's order. */
  readonly texts: readonly string[]
  /** Where each of the texts is in the order of the object. */
  readonly order: readonly number[]
}

/** What was read and is likely to be read again, by all instances of a module: what stands in its data never changes. */
export class KnownTexts {
  /** The texts of the policy itself, by their addresses. */
  readonly constants = new Map<number, string>()
  /** Short texts, each where its bytes say. */
  readonly short: string[] = new Array<string>(KEPT_TEXTS).fill('')
  /** By the first address and how many there are. */
  readonly #keys = new Map<number, KnownKeys>()

  /** What may be the keys of an object that has at least one. */
  keysFrom(first: number, length: number): KnownKeys | undefined {
    return length < MOST_KEYS ? this.#keys.get(first * MOST_KEYS + length) : undefined
  }

  /** Takes fewer than `MOST_KEYS` keys. */
  addKeys(addresses: readonly number[], texts: readonly string[]): void {
    // Assigned to, this key would set the prototype.
    if (texts.includes('__proto__')) return
    const order = orderOf(texts)
    const first = addresses[0] as number
    this.#keys.set(first * MOST_KEYS + addresses.length, {
      addresses,
      texts: order.map((at) => texts[at] as string),
      order,
    })
  }

  /** After a fault: the module may have written over what was read of it. */
  forget(): void {
    this.constants.clear()
    this.#keys.clear()
  }
}

/**
 * Reads values where they stand in the module's memory, without the text between. A dump costs the module
 * about what the evaluation of a large result does, since it looks every key up by its hash. The layout is OPA's own and no part of its ABI, so a
 * module is asked first (`hasKnownLayout`). Addresses above `REACH` would be negative here.
 */
export class MemoryReader implements ValueReader {
  #bytes: Uint8Array
  #words: DataView
  /** The entries of the objects that are being read: of the outermost first. */
  readonly #entries: number[] = []
  /** How many of them there are. */
  #height = 0

  constructor(
    readonly text: TextMemory,
    readonly known: KnownTexts,
  ) {
    this.#bytes = text.bytes
    this.#words = new DataView(this.#bytes.buffer)
  }

  read<A>(address: number, reading: Reading<A>): A {
    // No memory grows while it is read.
    const { bytes } = this.text
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#words = new DataView(bytes.buffer)
    }
    this.#height = 0
    return this.#value(address, reading)
  }

  // Signed: addresses are small, and the runtime has them in one register then.
  #word(address: number): number {
    return this.#words.getInt32(address, true)
  }

  #value<A>(at: number, reading: Reading<A>): A {
    // Null, truth and strings are the same in every reading, and so are integers that a double holds.
    switch (this.#bytes[at]) {
      case STRING:
        return this.#string(this.#word(at + TEXT.address), this.#word(at + TEXT.length)) as A
      case CONSTANT_STRING:
        return this.#constant(at) as A
      case NUMBER:
        return this.#number(at, reading)
      case OBJECT:
        return this.#object(at, reading)
      case ARRAY:
        return this.#array(at, reading) as A
      case SET:
        return this.#set(at, reading)
      case BOOLEAN:
      case CONSTANT_BOOLEAN:
        return (this.#bytes[at + 1] === 1) as A
      case NULL:
        return null as A
      default:
        throw new Abort(`a value of the unknown type ${this.#bytes[at] ?? 'none'}`)
    }
  }

  /** A text of the policy itself, most keys among them: it never changes. */
  #constant(at: number): string {
    const known = this.known.constants.get(at)
    if (known !== undefined) return known
    const text = textIn(this.#bytes, this.#word(at + TEXT.address), this.#word(at + TEXT.length))
    this.known.constants.set(at, text)
    return text
  }

  #string(address: number, length: number): string {
    if (length > SHORT || length === 0) return textIn(this.#bytes, address, length)
    const bytes = this.#bytes
    const first = bytes[address] as number
    const middle = bytes[address + (length >> 1)] as number
    const last = bytes[address + length - 1] as number
    const slot = (length * 31 + first * 7 + middle * 17 + last * 131) % KEPT_TEXTS
    const kept = this.known.short[slot] as string
    if (kept.length === length && isAt(bytes, address, kept)) return kept
    const text = textIn(this.#bytes, address, length)
    // As long as its bytes: ASCII, or nothing that bytes can spell.
    if (text.length === length) this.known.short[slot] = text
    return text
  }

  #number<A>(at: number, reading: Reading<A>): A {
    if (this.#bytes[at + 1] === AS_INT64) {
      const integer = this.#word(at + INT64 + 4) * TWO_TO_32 + this.#words.getUint32(at + INT64, true)
      return Number.isSafeInteger(integer)
        ? (integer as A)
        : reading.number(this.#words.getBigInt64(at + INT64, true).toString())
    }
    const address = this.#word(at + DIGITS.address)
    const length = this.#word(at + DIGITS.length)
    return (this.#digits(address, length) as A | undefined) ?? reading.number(textIn(this.#bytes, address, length))
  }

  /** The integer that a few digits are. */
  #digits(address: number, length: number): number | undefined {
    const bytes = this.#bytes
    if (length === 0 || length > SAFE_DIGITS || (length > 1 && bytes[address] === ZERO)) return undefined
    let integer = 0
    for (let at = address; at < address + length; at += 1) {
      const digit = bytes[at] as number
      if (digit < ZERO || digit > NINE) return undefined
      integer = integer * 10 + (digit - ZERO)
    }
    return integer
  }

  #array<A>(at: number, reading: Reading<A>): A[] {
    const members = new Array<A>(this.#word(at + ELEMENTS.length))
    let element = this.#word(at + ELEMENTS.address)
    for (let n = 0; n < members.length; n += 1) {
      members[n] = this.#value(this.#word(element + ELEMENTS.value), reading)
      element += ELEMENTS.size
    }
    return members
  }

  #object<A>(at: number, reading: Reading<A>): A {
    const length = this.#word(at + BUCKETS.length)
    if (length === 0) return reading.object([], [])
    const from = this.#height
    let bucket = this.#word(at + BUCKETS.address)
    for (let n = from; n < from + length; bucket += BUCKETS.size) {
      for (let entry = this.#word(bucket); entry !== POINTER_TO_NOTHING; entry = this.#word(entry + ENTRY.next)) {
        this.#entries[n] = entry
        n += 1
      }
    }
    this.#height = from + length
    const known = this.known.keysFrom(this.#key(from), length)
    const made =
      known !== undefined && this.#areKeys(known, from)
        ? this.#objectOf(known, from, reading)
        : this.#objectOfOthers(from, length, reading)
    this.#height = from
    return made
  }

  /** Where the key of an entry stands. */
  #key(n: number): number {
    return this.#word((this.#entries[n] as number) + ENTRY.key)
  }

  #member<A>(n: number, reading: Reading<A>): A {
    return this.#value(this.#word((this.#entries[n] as number) + ENTRY.value), reading)
  }

  #areKeys({ addresses }: KnownKeys, from: number): boolean {
    for (let n = 0; n < addresses.length; n += 1) {
      const key = this.#key(from + n)
      // Where the keys of an instance end, others have more of them.
      if (addresses[n] !== key || this.#bytes[key] !== CONSTANT_STRING) return false
    }
    return true
  }

  /** An object whose keys are strings is the same in every reading. */
  #objectOf<A>({ texts, order }: KnownKeys, from: number, reading: Reading<A>): A {
    const made: Record<string, A> = {}
    for (let n = 0; n < order.length; n += 1) {
      made[texts[n] as string] = this.#member(from + (order[n] as number), reading)
    }
    return made as A
  }

  #objectOfOthers<A>(from: number, length: number, reading: Reading<A>): A {
    const keys = new Array<A>(length)
    const members = new Array<A>(length)
    let areToKnow = length < MOST_KEYS
    for (let n = 0; n < length; n += 1) {
      const key = this.#key(from + n)
      if (this.#bytes[key] !== CONSTANT_STRING) areToKnow = false
      keys[n] = this.#value(key, reading)
      members[n] = this.#member(from + n, reading)
    }
    if (areToKnow) this.#know(Array.from({ length }, (_, n) => this.#key(from + n)))
    return reading.object(keys, members)
  }

  #know(keys: readonly number[]): void {
    this.known.addKeys(
      keys,
      keys.map((key) => this.#constant(key)),
    )
  }

  #set<A>(at: number, reading: Reading<A>): A {
    const members = new Array<A>(this.#word(at + BUCKETS.length))
    let bucket = this.#word(at + BUCKETS.address)
    for (let n = 0; n < members.length; bucket += BUCKETS.size) {
      let member = this.#word(bucket)
      for (; member !== POINTER_TO_NOTHING; member = this.#word(member + MEMBER.next)) {
        members[n] = this.#value(this.#word(member + MEMBER.value), reading)
        n += 1
      }
    }
    return reading.set(members)
  }
}

/** True for ASCII bytes that spell the text; other bytes are no character of it. */
const isAt = (bytes: Uint8Array, address: number, text: string): boolean => {
  for (let at = 0; at < text.length; at += 1) if (bytes[address + at] !== text.charCodeAt(at)) return false
  return true
}
