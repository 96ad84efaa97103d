import { BUCKETS, bucketsFor, HEADER, STRUCT, TIGHT } from './value-layout'

/** A string in the module's memory that is the key of an object. */
export interface Key {
  readonly address: number
  readonly hash: number
}

/**
 * How an object with certain keys stands in memory: its own block, that of its buckets, then one for each entry, in the order of the keys. Addresses of entries
 * are bytes from where it begins.
 */
export interface ObjectLayout {
  readonly bytes: number
  /** The first entry of each bucket, or 0. */
  readonly buckets: Int32Array
  /** Of the block of the first entry. */
  readonly entries: number
  /** Of the key of each entry. */
  readonly hashes: Int32Array
  /** Where the key of each entry stands. */
  readonly keys: Int32Array
  /** The entry behind each one in its bucket, or 0. */
  readonly next: Int32Array
}

/** Bytes from one entry to the next. */
export const ENTRY_BLOCK = HEADER.bytes + TIGHT.bytes

export const objectLayout = (keys: readonly Key[]): ObjectLayout => {
  const buckets = new Int32Array(bucketsFor(keys.length))
  const next = new Int32Array(keys.length)
  const entries = HEADER.bytes + STRUCT + HEADER.bytes + buckets.length * BUCKETS.size
  keys.forEach(({ hash }, n) => {
    const bucket = hash & (buckets.length - 1)
    next[n] = buckets[bucket] as number
    buckets[bucket] = entries + n * ENTRY_BLOCK + HEADER.bytes
  })
  return {
    bytes: entries + keys.length * ENTRY_BLOCK,
    buckets,
    entries,
    hashes: Int32Array.from(keys, ({ hash }) => hash),
    keys: Int32Array.from(keys, ({ address }) => address),
    next,
  }
}
