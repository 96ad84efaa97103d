import { unsigned } from '../big-endian'
import { addressText } from '../ip'

/** An address of 4 or 16 bytes as text; an IPv4 one inside of IPv6 as IPv4. Source: Go's `net.IP.String`. */
export const ipText = (bytes: Uint8Array): string => {
  const address = unsigned(bytes)
  const isV4 = bytes.length === 4 || address >> 32n === 0xffffn
  return addressText(isV4 ? { bits: 32, address: BigInt.asUintN(32, address) } : { bits: 128, address })
}
