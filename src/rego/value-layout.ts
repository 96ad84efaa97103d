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
export const TWO_TO_32 = 4_294_967_296

/** The bytes of memory whose addresses are numbers with a sign too: half of what WebAssembly has. Nothing is read or written beyond. */
export const REACH = 2 ** 31
