import { hashOfBytes } from './key-hash'
import type { KnownShapes, Shape } from './known-shapes'
import { SHORT_TO_WRITE, type TextMemory, writeAscii } from './memory'
import type { RegoObject, RegoValue } from './value'
import {
  ARRAY,
  AS_DIGITS,
  AS_INT64,
  aligned,
  BOOLEAN,
  BUCKETS,
  blockFor,
  bucketsFor,
  DIGITS,
  ELEMENTS,
  ENTRY,
  HEADER,
  INT64,
  NULL,
  NUMBER,
  OBJECT,
  POINTER_TO_NOTHING,
  SHARED_INDICES,
  STRING,
  STRUCT,
  TEXT,
  TWO_TO_32,
} from './value-layout'

/** UTF-8 takes at most so many bytes for a UTF-16 unit. */
const MOST_BYTES = 3
/** Values in values; what is deeper may be a circle, and goes as text, which finds that out. */
const MOST_DEPTH = 500
/** Memory is asked for in steps of so many bytes at least. */
const LEAST_STEP = 1 << 20

const EMPTY = {}

const encoder = new TextEncoder()

/** What the instances of a module have at the same addresses. */
export interface WrittenLayout {
  readonly shapes: KnownShapes
  /** Where the first of the shared indices stands. */
  readonly indices: number
}

export interface WriterOptions extends WrittenLayout {
  /** Makes memory up to an address the allocator's, or as much as there may be. */
  readonly reserve: (end: number) => void
}

/** The module's own, as it exports it. */
export interface Allocator {
  readonly opa_malloc: (bytes: number) => number
  readonly opa_free: (address: number) => number
}

/**
 * Writes values into the module's memory as its own parser would, without the text between, which costs more than the evaluation of many an
 * input. Of objects with the same keys all but the values is copied. Only for modules that `layout.ts` found to be laid out in this way.
 */
export class MemoryWriter {
  #bytes: Uint8Array
  #words: Int32Array
  /** Where the value begins that is being written, where the next part of it goes, and where memory ends. */
  #from = 0
  #top = 0
  #end = 0
  #null = POINTER_TO_NOTHING
  #true = POINTER_TO_NOTHING
  #false = POINTER_TO_NOTHING
  /** The shape of the object that was last written in the place of the one to come. */
  #likely: Shape | undefined
  /** The last object of each shape that has nothing in it but scalars, by the number of the shape, and its address. Much of an input is equal to it. */
  readonly #flat: (RegoObject | undefined)[] = []
  readonly #flatAt: number[] = []
  /** The bytes of the known keys that this memory has. */
  #keys = 0

  constructor(
    readonly text: TextMemory,
    readonly options: WriterOptions,
  ) {
    this.#bytes = text.bytes
    this.#words = new Int32Array(this.#bytes.buffer)
  }

  /**
   * Writes a value from an address on, behind which nothing is. Gives its address; 0 where a part of it is no null, boolean, string, array, plain
   * object or double that is exact: it has to go as text then.
   *
   * @throws `RangeError` where there is not so much memory.
   */
  write(value: RegoValue, from: number): number {
    // Somebody gave all objects a member; `for` would find it in each.
    for (const _ in EMPTY) return POINTER_TO_NOTHING
    this.#from = from
    this.#top = aligned(from)
    this.#look()
    this.#null = this.#scalar(NULL)
    this.#true = this.#scalar(BOOLEAN | (1 << 8))
    this.#false = this.#scalar(BOOLEAN)
    this.#likely = undefined
    const address = this.#value(value, 0)
    this.#addKeys()
    // What is the caller's is not held on to.
    this.#flat.fill(undefined)
    return address
  }

  /**
   * Puts a scalar into a block of its own, at any address, while the module evaluates. Gives its address; 0 for what is none, or no safe integer, and
   * has to go as text.
   */
  put(value: RegoValue, allocator: Allocator): number {
    if (typeof value === 'string') return this.#putString(value, allocator)
    const isBoolean = typeof value === 'boolean'
    if (!(isBoolean || value === null || Number.isSafeInteger(value))) return POINTER_TO_NOTHING
    const at = allocator.opa_malloc(STRUCT)
    if (isBoolean) return this.#putWords(at, BOOLEAN | (Number(value) << 8))
    if (value === null) return this.#putWords(at, NULL)
    const integer = value as number
    return this.#putWords(at, NUMBER | (AS_INT64 << 8), 0, integer, Math.floor(integer / TWO_TO_32))
  }

  #putString(text: string, { opa_malloc, opa_free }: Allocator): number {
    const { length } = text
    // ASCII, which nearly all is, or else it does not fit.
    const at = opa_malloc(TEXT.end + length)
    const to = at + TEXT.end
    const { bytes } = this.text
    const isAscii =
      length <= SHORT_TO_WRITE
        ? writeAscii(bytes, to, text)
        : encoder.encodeInto(text, bytes.subarray(to, to + length)).read === length
    if (isAscii) return this.#putWords(at, STRING, length, to)
    opa_free(at)
    const encoded = encoder.encode(text)
    const other = opa_malloc(TEXT.end + encoded.length)
    this.text.bytes.set(encoded, other + TEXT.end)
    return this.#putWords(other, STRING, encoded.length, other + TEXT.end)
  }

  #putWords(at: number, ...words: readonly number[]): number {
    const { bytes } = this.text
    let to = at
    for (const word of words) {
      bytes[to] = word
      bytes[to + 1] = word >> 8
      bytes[to + 2] = word >> 16
      bytes[to + 3] = word >> 24
      to += 4
    }
    return at
  }

  /** Behind what was written. */
  get top(): number {
    return this.#top
  }

  #addKeys(): void {
    const { shapes } = this.options
    if (shapes.used === this.#keys) return
    this.#bytes.set(shapes.keysFrom(this.#keys), shapes.address + this.#keys)
    this.#keys = shapes.used
  }

  // -- memory -----------------------------------------------------------------------------------------------------
  // Addresses are below 2^31 and multiples of four: shifted, they are those of words.

  #look(): void {
    const { bytes } = this.text
    if (bytes !== this.#bytes) {
      this.#bytes = bytes
      this.#words = new Int32Array(bytes.buffer)
    }
    this.#end = bytes.length
  }

  /** Takes so many bytes. Memory may be another one after it. */
  #take(bytes: number): number {
    const at = this.#top
    if (at + bytes > this.#end) {
      this.options.reserve(at + bytes + Math.max(LEAST_STEP, at - this.#from))
      this.#look()
      if (at + bytes > this.#end) throw new RangeError('the value is larger than the memory')
    }
    this.#top = at + bytes
    return at
  }

  /** Takes a block. Gives the address behind its header. */
  #block(size: number): number {
    const at = this.#take(HEADER.bytes + size)
    this.#head(at >> 2, size)
    return at + HEADER.bytes
  }

  #head(word: number, size: number): void {
    const words = this.#words
    words[word] = size
    words[word + 1] = 0
    words[word + 2] = 0
  }

  // -- values -----------------------------------------------------------------------------------------------------

  #value(value: RegoValue, depth: number): number {
    switch (typeof value) {
      case 'string':
        return this.#string(value)
      case 'number':
        return Number.isSafeInteger(value) ? this.#integer(value) : this.#digits(value)
      case 'boolean':
        return value ? this.#true : this.#false
      case 'object':
        if (value === null) return this.#null
        if (depth > MOST_DEPTH) return POINTER_TO_NOTHING
        if (Array.isArray(value)) return this.#array(value as readonly RegoValue[], depth + 1)
        // `isPlain` would ask each kind of object for another `constructor`.
        return Object.getPrototypeOf(value) === Object.prototype
          ? this.#object(value as RegoObject, depth + 1)
          : POINTER_TO_NOTHING
      default:
        return POINTER_TO_NOTHING
    }
  }

  #scalar(word: number): number {
    const at = this.#block(blockFor(2))
    this.#words[at >> 2] = word
    return at
  }

  #integer(integer: number): number {
    const at = this.#block(STRUCT)
    const words = this.#words
    words[at >> 2] = NUMBER | (AS_INT64 << 8)
    words[(at + INT64) >> 2] = integer
    words[(at + INT64 + 4) >> 2] = Math.floor(integer / TWO_TO_32)
    return at
  }

  /** A number with a fraction, as its digits. An integer beyond the safe ones the module's parser knows how to keep. */
  #digits(number: number): number {
    if (!Number.isFinite(number) || Number.isInteger(number)) return POINTER_TO_NOTHING
    const text = String(number)
    const at = this.#block(blockFor(DIGITS.end))
    const digits = this.#take(aligned(text.length))
    writeAscii(this.#bytes, digits, text)
    const words = this.#words
    words[at >> 2] = NUMBER | (AS_DIGITS << 8)
    words[(at + DIGITS.address) >> 2] = digits
    words[(at + DIGITS.length) >> 2] = text.length
    words[(at + DIGITS.owned) >> 2] = 0
    return at
  }

  #string(text: string): number {
    const { length } = text
    if (length > SHORT_TO_WRITE) return this.#encoded(text)
    const start = this.#take(aligned(HEADER.bytes + STRUCT + length))
    const to = start + HEADER.bytes + STRUCT
    if (writeAscii(this.#bytes, to, text)) return this.#stringOf(start, to, length)
    this.#top = start
    return this.#encoded(text)
  }

  #encoded(text: string): number {
    const start = this.#take(aligned(HEADER.bytes + STRUCT + text.length * MOST_BYTES))
    const to = start + HEADER.bytes + STRUCT
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(to))
    this.#top = aligned(to + written)
    return this.#stringOf(start, to, written)
  }

  #stringOf(start: number, bytes: number, length: number): number {
    this.#head(start >> 2, STRUCT)
    const at = start + HEADER.bytes
    const words = this.#words
    words[at >> 2] = STRING
    words[(at + TEXT.length) >> 2] = length
    words[(at + TEXT.address) >> 2] = bytes
    return at
  }

  #array(members: readonly RegoValue[], depth: number): number {
    const { length } = members
    const at = this.#block(STRUCT)
    const elements = length === 0 ? POINTER_TO_NOTHING : this.#block(blockFor(length * ELEMENTS.size))
    const words = this.#words
    words[at >> 2] = ARRAY
    words[(at + ELEMENTS.address) >> 2] = elements
    words[(at + ELEMENTS.length) >> 2] = length
    words[(at + ELEMENTS.capacity) >> 2] = length
    for (let n = 0; n < length; n += 1) {
      const index = n < SHARED_INDICES.count ? this.options.indices + n * SHARED_INDICES.size : this.#integer(n)
      const member = this.#value(members[n] as RegoValue, depth)
      if (member === POINTER_TO_NOTHING) return member
      const element = elements + n * ELEMENTS.size
      this.#words[(element + ELEMENTS.index) >> 2] = index
      this.#words[(element + ELEMENTS.value) >> 2] = member
    }
    return at
  }

  // -- objects ----------------------------------------------------------------------------------------------------
  // All keys are looked at before the first value is written: what has to be begun anew behind values in values would be begun so without end. A member that
  // is undefined, which JSON leaves out, is therefore not written around; it is rare, and the value goes as text.

  #object(object: RegoObject, depth: number): number {
    const shape = this.options.shapes.of(object, this.#likely)
    if (shape === undefined) return this.#table(object, depth)
    const flat = this.#flat[shape.number]
    const isKnown = flat !== undefined && hasSameMembers(object, flat)
    const at = isKnown ? (this.#flatAt[shape.number] as number) : this.#shaped(object, shape, depth)
    this.#likely = shape
    return at
  }

  #shaped(object: RegoObject, shape: Shape, depth: number): number {
    const { layout, under } = shape
    const at = this.#take(layout.words.length << 2)
    const first = at >> 2
    this.#words.set(layout.words, first)
    for (let n = 0; n < layout.pointers.length; n += 1) {
      const word = first + (layout.pointers[n] as number)
      this.#words[word] = (this.#words[word] as number) + at
    }
    let n = 0
    let isFlat = true
    for (const key in object) {
      const member = object[key] as RegoValue
      if (typeof member === 'object') isFlat = false
      this.#likely = under[n]
      const value = this.#value(member, depth)
      if (value === POINTER_TO_NOTHING) return value
      if (under[n] !== this.#likely) under[n] = this.#likely
      this.#words[first + (layout.values[n] as number)] = value
      n += 1
    }
    if (isFlat) {
      this.#flat[shape.number] = object
      this.#flatAt[shape.number] = at + HEADER.bytes
    }
    return at + HEADER.bytes
  }

  /** An object of which there is no shape: hardly another one has its keys. */
  #table(object: RegoObject, depth: number): number {
    const texts = Object.keys(object)
    const count = bucketsFor(texts.length)
    const at = this.#block(STRUCT)
    const buckets = this.#block(blockFor(count * BUCKETS.size))
    const words = this.#words
    words[at >> 2] = OBJECT
    words[(at + BUCKETS.address) >> 2] = buckets
    words[(at + BUCKETS.count) >> 2] = count
    words[(at + BUCKETS.length) >> 2] = texts.length
    words.fill(POINTER_TO_NOTHING, buckets >> 2, (buckets >> 2) + count)
    for (const text of texts) {
      const key = this.#string(text)
      const value = this.#value(object[text] as RegoValue, depth)
      if (value === POINTER_TO_NOTHING) return value
      this.#insert(buckets, count, key, value)
    }
    return at
  }

  #insert(buckets: number, count: number, key: number, value: number): void {
    const entry = this.#block(STRUCT)
    const words = this.#words
    const text = words[(key + TEXT.address) >> 2] as number
    const hash = hashOfBytes(this.#bytes, text, words[(key + TEXT.length) >> 2] as number)
    const bucket = (buckets + (hash & (count - 1)) * BUCKETS.size) >> 2
    words[(entry - HEADER.bytes + HEADER.hash) >> 2] = hash
    words[(entry + ENTRY.key) >> 2] = key
    words[(entry + ENTRY.value) >> 2] = value
    words[(entry + ENTRY.next) >> 2] = words[bucket] as number
    words[bucket] = entry
  }
}

/** True for an object that has the same members as one with the same keys. */
const hasSameMembers = (a: RegoObject, b: RegoObject): boolean => {
  for (const key in a) if (a[key] !== b[key]) return false
  return true
}
