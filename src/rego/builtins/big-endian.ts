import { bytesToHex } from '@noble/hashes/utils.js'

/** The whole number that bytes are, the highest first; none are 0. */
export const unsigned = (bytes: Uint8Array): bigint => BigInt(`0x0${bytesToHex(bytes)}`)
