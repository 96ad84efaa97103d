import { type Address, parseAddress } from '../ip'

/** A block of addresses. One of IPv4 written as IPv6, `::ffff:10.0.0.0/104`, is one of IPv4, as Go has it. */
export interface Block {
  readonly bits: 32 | 128
  /** The first address. */
  readonly first: bigint
  readonly prefix: number
  /** Whether it was written as IPv6. */
  readonly mapped: boolean
}

/** The part of the IPv6 addresses that stands for IPv4, `::ffff:0:0/96`. */
export const MAPPED = 0xffffn << 32n

/** The block of an address with a prefix. */
export const blockOf = ({ bits, address }: Address, prefix: number): Block => {
  const host = BigInt(bits - prefix)
  const first = (address >> host) << host
  return bits === 128 && prefix >= 96 && (first >> 32n) << 32n === MAPPED
    ? { bits: 32, first: first - MAPPED, prefix: prefix - 96, mapped: true }
    : { bits, first, prefix, mapped: false }
}

/** `10.0.0.0/8`. Source: Go's `net.ParseCIDR`. */
export const parseBlock = (text: string): Block | undefined => {
  const slash = text.indexOf('/')
  const address = slash < 0 ? undefined : parseAddress(text.slice(0, slash))
  const prefix = text.slice(slash + 1)
  return address !== undefined && /^\d+$/.test(prefix) && Number(prefix) <= address.bits
    ? blockOf(address, Number(prefix))
    : undefined
}

export const contains = (outer: Block, inner: Block): boolean => {
  const host = BigInt(outer.bits - outer.prefix)
  return outer.bits === inner.bits && outer.prefix <= inner.prefix && inner.first >> host === outer.first >> host
}
