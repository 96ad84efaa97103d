import { isOfModule, MemoryFull } from './fault'
import { hashOfBytes } from './key-hash'
import type { KnownShapes, Shape } from './known-shapes'
import { SHORT_TO_WRITE, type TextMemory, writeAscii } from './memory'
import { ENTRY_BLOCK, type Key, type ObjectLayout, objectLayout } from './object-layout'
import type { RegoObject, RegoValue } from './value'
import {
  ARRAY,
  AS_DIGITS,
  AS_INT64,
  aligned,
  BOOLEAN,
  BUCKETS,
  blockFor,
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
  TIGHT,
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

/** What the writer asks for where memory ends. An object with a method: code that calls another function for each instance is compiled anew for each. */
export interface GrowingMemory {
  /** Makes memory up to an address the allocator's, or as much as there may be. */
  readonly reserve: (end: number) => void
}

/**
 * Writes values into the module's memory as its own parser would, without the text between, which costs more than the evaluation of many an
 * input. What is equal to what stood in the same place before stands once. Only for modules that `layout.ts` found to be laid out in this way.
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
  // Much of an input is equal to what stood in the same place before. By the numbers of shapes:
  /** The last object, by its address. */
  readonly #objects: number[] = []
  /** What last stood under the last key and is no object, and its address. */
  readonly #scalars: (RegoValue | undefined)[] = []
  readonly #scalarsAt: number[] = []
  /** The addresses of what is in the objects that are being written: in the outermost first. */
  readonly #members: number[] = []
  /** How many of them are in the objects around the one that is being written. */
  #around = 0
  /** Bytes that this memory has for the known keys, and how many of them it has. */
  #room = 0
  #keys = 0

  constructor(
    readonly text: TextMemory,
    readonly memory: GrowingMemory,
    readonly layout: WrittenLayout,
  ) {
    this.#bytes = text.bytes
    this.#words = new Int32Array(this.#bytes.buffer)
  }

  /** Takes the room that was left for the keys. */
  begin(room: number): void {
    this.#room = room
    this.#keys = 0
  }

  /** True where there are more keys than there is room for: nothing is written until there is more. */
  get isOutgrown(): boolean {
    return this.layout.shapes.used > this.#room
  }

  /**
   * Writes a value from an address on, behind which nothing is. Gives its address; 0 where a part of it is no null, boolean, string, array, plain
   * object or double that is exact, or throws where it is looked at: it has to go as text then.
   *
   * @throws `MemoryFull` where there is not so much memory.
   */
  write(value: RegoValue, from: number): number {
    // Somebody gave all objects a member; `for` would find it in each.
    for (const _ in EMPTY) return POINTER_TO_NOTHING
    if (this.isOutgrown) return POINTER_TO_NOTHING
    this.#from = from
    this.#top = aligned(from)
    this.#look()
    this.#null = this.#scalar(NULL)
    this.#true = this.#scalar(BOOLEAN | (1 << 8))
    this.#false = this.#scalar(BOOLEAN)
    this.#likely = undefined
    this.#catchUp()
    try {
      const address = this.#value(value, 0)
      // A part of the value that ran code when it was looked at may have had others written meanwhile.
      if (this.isOutgrown) return POINTER_TO_NOTHING
      this.#addKeys()
      return address
    } catch (error) {
      if (isOfModule(error)) throw error
      return POINTER_TO_NOTHING
    } finally {
      this.#forget()
    }
  }

  /** Other instances know more shapes by now. A list that is left far behind is slow. */
  #catchUp(): void {
    for (let shape = this.#objects.length; shape < this.layout.shapes.count; shape += 1) {
      this.#objects.push(POINTER_TO_NOTHING)
      this.#scalars.push(undefined)
      this.#scalarsAt.push(POINTER_TO_NOTHING)
    }
  }

  /** The next value stands elsewhere, and what is the caller's is not held on to. */
  #forget(): void {
    this.#objects.fill(POINTER_TO_NOTHING)
    this.#scalars.fill(undefined)
    this.#around = 0
  }

  /** Behind what was written. */
  get top(): number {
    return this.#top
  }

  #addKeys(): void {
    const { shapes } = this.layout
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
      this.memory.reserve(at + bytes + Math.max(LEAST_STEP, at - this.#from))
      this.#look()
      if (at + bytes > this.#end) throw new MemoryFull('the value is larger than the memory')
    }
    this.#top = at + bytes
    return at
  }

  /** Takes a block. Gives the address behind its header. */
  #block(size: number): number {
    const at = this.#take(HEADER.bytes + size)
    putHeader(this.#words, at, size)
    return at + HEADER.bytes
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
    // The sign of a negative zero is none of JSON's.
    if (integer >= 0 && integer < SHARED_INDICES.count) return this.layout.indices + integer * SHARED_INDICES.size
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
    const start = this.#take(aligned(HEADER.bytes + TIGHT.bytes + length))
    const to = start + HEADER.bytes + TIGHT.bytes
    if (writeAscii(this.#bytes, to, text)) return this.#stringOf(start, to, length)
    this.#top = start
    return this.#encoded(text)
  }

  #encoded(text: string): number {
    const start = this.#take(aligned(HEADER.bytes + TIGHT.bytes + text.length * MOST_BYTES))
    const to = start + HEADER.bytes + TIGHT.bytes
    const { written } = encoder.encodeInto(text, this.#bytes.subarray(to))
    this.#top = aligned(to + written)
    return this.#stringOf(start, to, written)
  }

  #stringOf(start: number, bytes: number, length: number): number {
    putHeader(this.#words, start, TIGHT.size)
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
      const index = this.#integer(n)
      const member = this.#value(members[n] as RegoValue, depth)
      if (member === POINTER_TO_NOTHING) return member
      const element = elements + n * ELEMENTS.size
      this.#words[(element + ELEMENTS.index) >> 2] = index
      this.#words[(element + ELEMENTS.value) >> 2] = member
    }
    return at
  }

  // -- objects ----------------------------------------------------------------------------------------------------
  // First what is in an object, then the object: it is known then whether it is equal to another one, and what its keys are is found on the way.

  #object(object: RegoObject, depth: number): number {
    const { shapes } = this.layout
    const { path } = this.#likely ?? shapes.none
    const from = this.#around
    let shape: Shape | undefined = shapes.none
    // Of an object that has no shape: hardly another one has its keys.
    let texts: string[] | undefined
    let n = 0
    for (const text in object) {
      const member = object[text]
      // As in JSON.
      if (member === undefined) continue
      const likely = path[n]
      const before: Shape | undefined = shape
      if (likely !== undefined && likely.key.text === text && likely.shorter === before) shape = likely
      else {
        shape = before && shapes.longer(before, text)
        if (this.isOutgrown) return POINTER_TO_NOTHING
        if (shape === undefined) {
          texts ??= textsOf(before)
          texts.push(text)
        }
      }
      let address: number
      if (typeof member !== 'object') {
        address = shape === undefined ? this.#value(member, depth) : this.#scalarUnder(shape, member)
      } else {
        this.#around = from + n
        this.#likely = shape?.under
        address = this.#value(member, depth)
        if (shape !== undefined) shape.under = this.#likely
      }
      if (address === POINTER_TO_NOTHING) return address
      this.#members[from + n] = address
      n += 1
    }
    this.#around = from
    this.#likely = shape
    return shape === undefined ? this.#table(texts ?? [], from) : this.#shaped(shape, from)
  }

  #scalarUnder({ number }: Shape, scalar: RegoValue): number {
    if (scalar === this.#scalars[number]) return this.#scalarsAt[number] as number
    const address = this.#value(scalar, 0)
    this.#scalars[number] = scalar
    this.#scalarsAt[number] = address
    return address
  }

  #shaped({ number, layout }: Shape, from: number): number {
    const last = this.#objects[number] ?? POINTER_TO_NOTHING
    if (last !== POINTER_TO_NOTHING && this.#consistsOf(last, layout, from)) return last
    const at = this.#laidOut(layout, from)
    this.#objects[number] = at
    return at
  }

  /** True where an object so laid out has the same values. It and its first entry stand behind headers of one size. */
  #consistsOf(object: number, { entries, keys }: ObjectLayout, from: number): boolean {
    const words = this.#words
    let value = (object + entries + ENTRY.value) >> 2
    for (let n = 0; n < keys.length; n += 1) {
      if (words[value] !== this.#members[from + n]) return false
      value += ENTRY_BLOCK >> 2
    }
    return true
  }

  #table(texts: readonly string[], from: number): number {
    const keys = texts.map((text): Key => {
      const address = this.#string(text)
      const length = this.#words[(address + TEXT.length) >> 2] as number
      return { address, hash: hashOfBytes(this.#bytes, this.#words[(address + TEXT.address) >> 2] as number, length) }
    })
    return this.#laidOut(objectLayout(keys), from)
  }

  /** Writes an object whose values stand already. Nearly all of an input is written here: word by word, and none is read from memory that is far. */
  #laidOut({ bytes, buckets, entries, hashes, keys, next }: ObjectLayout, from: number): number {
    const start = this.#take(bytes)
    const words = this.#words
    const object = start + HEADER.bytes
    const table = object + STRUCT + HEADER.bytes
    putHeader(words, start, STRUCT)
    words[object >> 2] = OBJECT
    words[(object + BUCKETS.address) >> 2] = table
    words[(object + BUCKETS.count) >> 2] = buckets.length
    words[(object + BUCKETS.length) >> 2] = keys.length
    putHeader(words, table - HEADER.bytes, buckets.length * BUCKETS.size)
    let at = table >> 2
    for (let n = 0; n < buckets.length; n += 1) {
      const first = buckets[n] as number
      words[at + n] = first === POINTER_TO_NOTHING ? first : start + first
    }
    at = (start + entries) >> 2
    for (let n = 0; n < keys.length; n += 1) {
      const behind = next[n] as number
      words[at + (HEADER.size >> 2)] = TIGHT.size
      words[at + (HEADER.hash >> 2)] = hashes[n] as number
      words[at + (HEADER.follower >> 2)] = POINTER_TO_NOTHING
      words[at + ((HEADER.bytes + ENTRY.key) >> 2)] = keys[n] as number
      words[at + ((HEADER.bytes + ENTRY.value) >> 2)] = this.#members[from + n] as number
      words[at + ((HEADER.bytes + ENTRY.next) >> 2)] = behind === POINTER_TO_NOTHING ? behind : start + behind
      at += ENTRY_BLOCK >> 2
    }
    return object
  }
}

const putHeader = (words: Int32Array, at: number, size: number): void => {
  words[(at + HEADER.size) >> 2] = size
  words[(at + HEADER.hash) >> 2] = 0
  words[(at + HEADER.follower) >> 2] = 0
}

const textsOf = (shape: Shape | undefined): string[] => (shape?.path ?? []).map(({ key }) => key.text)
