/** True for what 64 bits with a sign can hold. */
export const isInt64 = (value: bigint): boolean => BigInt.asIntN(64, value) === value
