import { hashOfBytes } from './key-hash'
import type { RegoObject } from './value'
import {
  aligned,
  BUCKETS,
  blockFor,
  bucketsFor,
  CONSTANT_STRING,
  ENTRY,
  HEADER,
  OBJECT,
  POINTER_TO_NOTHING,
  STRUCT,
  TEXT,
} from './value-layout'

/** A string that stands in the memory of every instance of a module. */
interface Key {
  readonly text: string
  readonly address: number
  readonly hash: number
}

/** The memory of objects that have the same keys, as words. */
export interface ObjectLayout {
  /** All of it, with pointers into itself as bytes from where it begins. */
  readonly words: Int32Array
  /** Where those pointers are. */
  readonly pointers: Int32Array
  /** Where the address of each value belongs, in the order in which the object gives its keys. */
  readonly values: Int32Array
}

/** Keys in an order that objects have them in. */
export class Shape {
  readonly texts: readonly string[]
  /** The shape of the object that was last seen under each of the keys, itself or in an array. */
  readonly under: (Shape | undefined)[]
  /** The shapes with one key more. */
  readonly longer = new Map<string, Shape>()
  #layout: ObjectLayout | undefined

  constructor(
    readonly keys: readonly Key[],
    /** From 0, in the order in which they came. */
    readonly number: number,
  ) {
    this.texts = keys.map(({ text }) => text)
    this.under = keys.map(() => undefined)
  }

  get layout(): ObjectLayout {
    this.#layout ??= layoutOf(this.keys)
    return this.#layout
  }
}

/** Bytes of the keys: some 2,000. Those of all kinds of a cluster's resources are some hundred, and then come the labels of each. */
export const KEYS_ROOM = 65_536
const MOST_SHAPES = 4_096
/** An object with more keys is a table that somebody filled. */
const MOST_KEYS = 32

const encoder = new TextEncoder()

/**
 * The keys of objects and the objects that have the same ones, for all instances of a module: the keys stand at one address in each of them, so what points to
 * them is the same everywhere. Of both so many are kept; what comes later has none.
 */
export class KnownShapes {
  readonly #none = new Shape([], 0)
  #shapes = 1
  readonly #keys = new Map<string, Key>()
  readonly #bytes = new Uint8Array(KEYS_ROOM)
  readonly #words = new Int32Array(this.#bytes.buffer)
  #used = 0

  constructor(
    /** Of the keys, in each instance. */
    readonly address: number,
  ) {}

  /** Bytes of the keys. */
  get used(): number {
    return this.#used
  }

  /** The bytes of the keys that came after so many. */
  keysFrom(bytes: number): Uint8Array {
    return this.#bytes.subarray(bytes, this.#used)
  }

  /** The shape of an object, likely this one. */
  of(object: RegoObject, likely: Shape | undefined): Shape | undefined {
    return likely !== undefined && isOf(object, likely) ? likely : this.#find(object)
  }

  #find(object: RegoObject): Shape | undefined {
    let shape: Shape | undefined = this.#none
    for (const text in object) {
      shape = shape.longer.get(text) ?? this.#make(shape, text)
      if (shape === undefined) return undefined
    }
    return shape
  }

  #make(shape: Shape, text: string): Shape | undefined {
    if (this.#shapes === MOST_SHAPES || shape.keys.length === MOST_KEYS) return undefined
    const key = this.#keys.get(text) ?? this.#add(text)
    if (key === undefined) return undefined
    const made = new Shape([...shape.keys, key], this.#shapes)
    this.#shapes += 1
    shape.longer.set(text, made)
    return made
  }

  #add(text: string): Key | undefined {
    const encoded = encoder.encode(text)
    const at = this.#used
    const end = aligned(at + STRUCT + encoded.length)
    if (end > KEYS_ROOM) return undefined
    const address = this.address + at
    this.#words[at >> 2] = CONSTANT_STRING
    this.#words[(at + TEXT.length) >> 2] = encoded.length
    this.#words[(at + TEXT.address) >> 2] = address + STRUCT
    this.#bytes.set(encoded, at + STRUCT)
    this.#used = end
    const key = { text, address, hash: hashOfBytes(encoded, 0, encoded.length) }
    this.#keys.set(text, key)
    return key
  }
}

const isOf = (object: RegoObject, { texts }: Shape): boolean => {
  let n = 0
  for (const text in object) {
    if (text !== texts[n]) return false
    n += 1
  }
  return n === texts.length
}

/** An object's block, that of its buckets, and one for each entry. */
const layoutOf = (keys: readonly Key[]): ObjectLayout => {
  const count = bucketsFor(keys.length)
  const object = HEADER.bytes
  const buckets = object + STRUCT + HEADER.bytes
  const bucketsSize = blockFor(count * BUCKETS.size)
  const entryAt = (at: number): number => buckets + bucketsSize + at * (HEADER.bytes + STRUCT) + HEADER.bytes
  const words = new Int32Array((entryAt(keys.length) - HEADER.bytes) >> 2)
  const pointers: number[] = []
  const put = (at: number, word: number): void => {
    words[at >> 2] = word
  }
  const point = (at: number, to: number): void => {
    if (words[at >> 2] === POINTER_TO_NOTHING) pointers.push(at >> 2)
    put(at, to)
  }
  const putBlock = (at: number, size: number): void => put(at - HEADER.bytes + HEADER.size, size)

  putBlock(object, STRUCT)
  put(object, OBJECT)
  point(object + BUCKETS.address, buckets)
  put(object + BUCKETS.count, count)
  put(object + BUCKETS.length, keys.length)
  putBlock(buckets, bucketsSize)
  keys.forEach(({ address, hash }, at) => {
    const entry = entryAt(at)
    putBlock(entry, STRUCT)
    put(entry - HEADER.bytes + HEADER.hash, hash)
    put(entry + ENTRY.key, address)
    const bucket = buckets + (hash & (count - 1)) * BUCKETS.size
    const behind = words[bucket >> 2] as number
    if (behind !== POINTER_TO_NOTHING) point(entry + ENTRY.next, behind)
    point(bucket, entry)
  })
  return {
    words,
    pointers: Int32Array.from(pointers),
    values: Int32Array.from(keys, (_, at) => (entryAt(at) + ENTRY.value) >> 2),
  }
}
