import { hasSameKeys, isPlain, sortedKeys } from './key-order'

/** Negative, zero or positive, by Rego's order. */
type Compare<V> = (a: V, b: V) => number

/** Positions in a list, in an order; equal ones in one group. */
type Groups = readonly (readonly number[])[]

/** Below this the columns cost more than they save. */
const FEW = 16

/**
 * The values in an order. Many results are alike in all but a few of their members, so objects with the same keys, and arrays of one
 * length, are sorted a column at a time: one that holds the same throughout is passed over, and after the first that tells all apart
 * nothing more is looked at. `compare` says what is left.
 */
export const sortByColumns = <A extends V, V>(values: readonly A[], compare: Compare<V>): A[] => {
  if (values.length < FEW) return [...values].sort(compare)
  const keys = keysOf(values)
  return keys === undefined
    ? [...values].sort(orderFor(values) ?? compare)
    : groupsByColumns(values, keys, compare)
        .flat()
        .map((at) => values[at] as A)
}

/** The members that all cells have, in the order in which they are compared; undefined where they are no such cells. */
const keysOf = (cells: readonly unknown[]): readonly string[] | undefined => {
  const [first] = cells
  if (Array.isArray(first)) {
    const { length } = first
    return cells.every((cell) => Array.isArray(cell) && cell.length === length) ? Object.keys(first) : undefined
  }
  if (!isPlain(first)) return undefined
  const keys = Object.keys(first)
  return cells.every((cell) => isPlain(cell) && hasSameKeys(Object.keys(cell), keys)) ? sortedKeys(keys) : undefined
}

const groupsOf = <V>(cells: readonly V[], compare: Compare<V>): Groups => {
  const keys = cells.length < FEW ? undefined : keysOf(cells)
  return keys === undefined ? groupsByCell(cells, compare) : groupsByColumns(cells, keys, compare)
}

const groupsByColumns = <V>(cells: readonly V[], keys: readonly string[], compare: Compare<V>): Groups => {
  // All cells were seen to have these members.
  const member = (at: number, key: string): V => (cells[at] as Readonly<Record<string, V>>)[key] as V
  let groups: Groups = [[...cells.keys()]]
  for (const key of keys) {
    if (groups.length === cells.length) break
    groups = groups.flatMap((group) => {
      const first = member(group[0] as number, key)
      if (group.every((at) => member(at, key) === first)) return [group]
      const column = group.map((at) => member(at, key))
      return groupsOf(column, compare).map((positions) => positions.map((at) => group[at] as number))
    })
  }
  return groups
}

const groupsByCell = <V>(cells: readonly V[], compare: Compare<V>): Groups => {
  const order = orderFor(cells) ?? compare
  const positions = [...cells.keys()].sort((a, b) => order(cells[a] as V, cells[b] as V))
  const groups: number[][] = []
  let last: V | undefined
  for (const at of positions) {
    const cell = cells[at] as V
    if (last !== undefined && order(last, cell) === 0) groups.at(-1)?.push(at)
    else groups.push([at])
    last = cell
  }
  return groups
}

/** The halves of characters: their UTF-16 units are not in the order of code points. */
const UNORDERED = /[\ud800-\udfff]/

const byUnits = (a: unknown, b: unknown): number => ((a as string) < (b as string) ? -1 : a === b ? 0 : 1)
const byAmount = (a: unknown, b: unknown): number => (a as number) - (b as number)

/** The runtime's own order of strings and numbers, where it is Rego's. */
const orderFor = (cells: readonly unknown[]): Compare<unknown> | undefined => {
  if (cells.every((cell) => typeof cell === 'number')) return byAmount
  return cells.every((cell) => typeof cell === 'string' && !UNORDERED.test(cell)) ? byUnits : undefined
}
