/**
 * How OPA's runtime lays values out in memory, as its `value.h` has it, in bytes from the address of a value; the first byte is the type. It is no part
 * of OPA's ABI, so a module is asked before anything is read or written in this way (`layout.ts`).
 */

export const NULL = 1
export const BOOLEAN = 2
export const NUMBER = 3
export const STRING = 4
export const ARRAY = 5
export const OBJECT = 6
export const SET = 7
/** Strings and booleans that nothing frees: those that the policy itself has. */
export const CONSTANT_STRING = 8
export const CONSTANT_BOOLEAN = 9

/** The second byte of a number: kept as an integer of 64 bits, or as its digits. */
export const AS_INT64 = 1
export const AS_DIGITS = 2
export const INT64 = 8
export const DIGITS = { address: 8, length: 12, owned: 16, end: 17 } as const
export const TEXT = { length: 4, address: 8, end: 12 } as const
export const ELEMENTS = { address: 4, length: 8, capacity: 12, size: 8, index: 0, value: 4 } as const
/** Objects and sets are hash tables. */
export const BUCKETS = { address: 4, count: 8, length: 12, size: 4 } as const
export const ENTRY = { key: 0, value: 4, next: 8 } as const
export const MEMBER = { value: 0, next: 4 } as const

export const POINTER_TO_NOTHING = 0

/** The next multiple of four, where values stand that are written here. */
export const aligned = (address: number): number => (address + 3) & -4

export const TWO_TO_32 = 4_294_967_296

/** The bytes of memory whose addresses are numbers with a sign too: half of what WebAssembly has. Nothing is read or written beyond. */
export const REACH = 2 ** 31

// -- blocks, and what else the runtime of this compiler has in its own way ----------------------------------------

/**
 * Before what the allocator gives stand the size of the block and two words that the runtime of a compiled module uses while the block is taken: 0, or in
 * an entry the hash of its key and the one behind it in order (`wasm/runtime/layout.ts`).
 */
export const HEADER = { bytes: 12, size: 0, hash: 4, follower: 8 } as const

/** The size of the block for so many bytes, a multiple of four: the allocator has blocks of a few sizes, and larger ones as they are asked for. */
export const blockFor = (bytes: number): number => {
  if (bytes > 64) return bytes
  if (bytes > 32) return 64
  return bytes > 16 ? 32 : bytes > 8 ? 16 : 8
}

/** The block of an object, a set, an array, a string, an integer, or an entry. */
export const STRUCT = 16

/**
 * A block of an entry or a string without the four bytes that nothing stands in. The allocator has no such size; one that is freed it gives to who wants no
 * more than its size says.
 */
export const TIGHT = { bytes: 12, size: 8 } as const

/** The buckets of a table, a power of two. Two entries to a bucket: their hashes are compared first, and what is small is soon written. */
export const bucketsFor = (length: number): number => {
  let buckets = 2
  while (length > buckets * 2) buckets *= 2
  return buckets
}

/** The numbers 0 to 63, as the runtime of a compiled module has them for the indices of arrays. */
export const SHARED_INDICES = { count: 64, size: 16 } as const
