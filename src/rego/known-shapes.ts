import { hashOfBytes } from './key-hash'
import { type Key, type ObjectLayout, objectLayout } from './object-layout'
import { aligned, CONSTANT_STRING, POINTER_TO_NOTHING, STRUCT, TEXT } from './value-layout'

/** A string that stands in the memory of every instance of a module. */
interface KnownKey extends Key {
  readonly text: string
}

/** Keys in an order that objects have them in: a key behind those of another shape. */
export class Shape {
  /** The shapes of its first key, its first two, and so on; the last is itself. */
  readonly path: readonly Shape[]
  /** The shape of the object that was last seen under the last key, itself or in an array. */
  under: Shape | undefined
  /** The shapes with one key more. */
  readonly longer = new Map<string, Shape>()
  #layout: ObjectLayout | undefined

  constructor(
    /** From 0, in the order in which they came. */
    readonly number: number,
    /** The shape without the last key; undefined for the one without keys. */
    readonly shorter: Shape | undefined,
    readonly key: KnownKey,
  ) {
    this.path = shorter === undefined ? [] : [...shorter.path, this]
  }

  get layout(): ObjectLayout {
    this.#layout ??= objectLayout(this.path.map(({ key }) => key))
    return this.#layout
  }
}

/** Bytes of the keys: some 2,000. Those of all kinds of a cluster's resources are some hundred, and then come the labels of each. */
const MOST_ROOM = 65_536
/** Bytes that each instance leaves for them at least, and by how much more where that is too few. */
export const LEAST_ROOM = 4_096
const ROOM_GROWS = 4
const MOST_SHAPES = 4_096
/** An object with more keys is a table that somebody filled. */
export const MOST_KEYS = 32

const encoder = new TextEncoder()

/**
 * The keys of objects and the objects that have the same ones, for all instances of a module: the keys stand at one address in each of them, so what points to
 * them is the same everywhere. Of both so many are kept; what comes later has none.
 */
export class KnownShapes {
  /** That of an object without keys, with which each begins. */
  readonly none = new Shape(0, undefined, { text: '', address: POINTER_TO_NOTHING, hash: 0 })
  #shapes = 1
  readonly #keys = new Map<string, KnownKey>()
  readonly #bytes = new Uint8Array(MOST_ROOM)
  readonly #words = new Int32Array(this.#bytes.buffer)
  #used = 0

  constructor(
    /** Of the keys, in each instance. */
    readonly address: number,
  ) {}

  /** How many shapes there are. */
  get count(): number {
    return this.#shapes
  }

  /** Bytes of the keys. */
  get used(): number {
    return this.#used
  }

  /** Bytes that an instance leaves for the keys: so many that it is seldom too small for those to come. */
  get room(): number {
    let room = LEAST_ROOM
    while (room < this.#used * 2) room *= ROOM_GROWS
    return Math.min(room, MOST_ROOM)
  }

  /** The bytes of the keys that came after so many. */
  keysFrom(bytes: number): Uint8Array {
    return this.#bytes.subarray(bytes, this.#used)
  }

  /** The shape with a key behind those of another; undefined where no more are kept. */
  longer(shape: Shape, text: string): Shape | undefined {
    return shape.longer.get(text) ?? this.#make(shape, text)
  }

  #make(shape: Shape, text: string): Shape | undefined {
    if (this.#shapes === MOST_SHAPES || shape.path.length === MOST_KEYS) return undefined
    const key = this.#keys.get(text) ?? this.#add(text)
    if (key === undefined) return undefined
    const made = new Shape(this.#shapes, shape, key)
    this.#shapes += 1
    shape.longer.set(text, made)
    return made
  }

  #add(text: string): KnownKey | undefined {
    const encoded = encoder.encode(text)
    const at = this.#used
    const end = aligned(at + STRUCT + encoded.length)
    if (end > MOST_ROOM) return undefined
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
