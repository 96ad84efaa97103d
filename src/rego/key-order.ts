/** Order by code points, as Go's bytes of UTF-8 have it; JavaScript's own order is by UTF-16 units. */
export const compareStrings = (a: string, b: string): number => {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at += 1) {
    const [left, right] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (left === right) continue
    const [high, low] = [left >= 0xd800 && left < 0xe000, right >= 0xd800 && right < 0xe000]
    return high === low ? left - right : high ? 1 : -1
  }
  return a.length - b.length
}

interface KeyOrder {
  readonly keys: readonly string[]
  readonly order: readonly number[]
}

const MOST_FIRST_KEYS = 256
const MOST_ORDERS = 8
const ORDERS = new Map<string | undefined, KeyOrder[]>()

/** True for the same keys in the same order. */
const hasSameKeys = (a: readonly string[], b: readonly string[]): boolean => {
  if (a.length !== b.length) return false
  for (let at = 0; at < a.length; at += 1) if (a[at] !== b[at]) return false
  return true
}

/**
 * The positions of keys in Rego's order. Objects with the same keys come in the same order, that of a hash table, again and again, so
 * the last answers for the first key most often have the answer.
 */
export const orderOf = (keys: readonly string[]): readonly number[] => {
  const known = ORDERS.get(keys[0]) ?? []
  for (const one of known) if (hasSameKeys(one.keys, keys)) return one.order
  const order = keys.map((_, at) => at).sort((a, b) => compareStrings(keys[a] as string, keys[b] as string))
  if (known.length >= MOST_ORDERS) known.length = 0
  if (known.length === 0) {
    if (ORDERS.size >= MOST_FIRST_KEYS) ORDERS.clear()
    ORDERS.set(keys[0], known)
  }
  known.push({ keys, order })
  return order
}

/** True for a plain object with these keys, in this order. */
export const hasKeys = (value: object, keys: readonly string[]): boolean => {
  let at = 0
  // Nothing is inherited, and a list of keys for each of many objects would cost more than the rest.
  for (const key in value) {
    if (keys[at] !== key) return false
    at += 1
  }
  return at === keys.length
}

/** The keys in Rego's order. */
export const sortedKeys = (keys: readonly string[]): readonly string[] => orderOf(keys).map((at) => keys[at] as string)

/** True for an object that nothing but a literal or a parser made. */
export const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && value.constructor === Object
