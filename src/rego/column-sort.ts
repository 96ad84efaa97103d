import { hasKeys, isPlain, sortedKeys } from './key-order'

/** Negative, zero or positive, by Rego's order. */
type Compare<V> = (a: V, b: V) => number

/** From a position to before another. */
type Range = readonly [start: number, end: number]

/** The positions of cells in their order, and where in it equal ones stand. */
interface Order {
  readonly positions: number[]
  readonly ties: readonly Range[]
}

/** Below this the columns cost more than they save. */
const FEW = 16

/**
 * The values in an order. Many results are alike in all but a few of their members, so objects with the same keys, and arrays of one
 * length, are sorted a column at a time: one that holds the same throughout is passed over, and after the first that tells all apart
 * nothing more is looked at. Strings and numbers are sorted by the runtime, each once. `compare` says what is left.
 */
export const sortByColumns = <A extends V, V>(values: readonly A[], compare: Compare<V>): A[] =>
  values.length < FEW ? [...values].sort(compare) : orderBy<V>(values, compare).positions.map((at) => values[at] as A)

const orderBy = <V>(cells: readonly V[], compare: Compare<V>): Order => {
  if (cells.length < FEW) return orderByCells(cells, compare)
  const [first] = cells
  if (cells.every((cell) => cell === first)) return { positions: [...cells.keys()], ties: [[0, cells.length]] }
  const columns = columnsOf(cells)
  return columns === undefined
    ? (orderByScalars(cells) ?? orderByCells(cells, compare))
    : orderByColumns(cells, columns, compare)
}

/** The members that all cells have, in the order in which they are compared; undefined where they are no such cells. */
const columnsOf = (cells: readonly unknown[]): readonly (string | number)[] | undefined => {
  const [first] = cells
  if (Array.isArray(first)) {
    const { length } = first
    return cells.every((cell) => Array.isArray(cell) && cell.length === length) ? [...first.keys()] : undefined
  }
  if (!isPlain(first)) return undefined
  const keys = Object.keys(first)
  return cells.every((cell) => isPlain(cell) && hasKeys(cell, keys)) ? sortedKeys(keys) : undefined
}

type Row<V> = Readonly<Record<string | number, V>>

const orderByColumns = <V>(cells: readonly V[], columns: readonly (string | number)[], compare: Compare<V>): Order => {
  // All cells were seen to have these members.
  const rows = cells as readonly Row<V>[]
  const positions = [...cells.keys()]
  let ties: readonly Range[] = [[0, cells.length]]
  for (const column of columns.slice(sameColumns(rows, columns))) {
    const left: Range[] = []
    for (const [start, end] of ties) {
      const tied = positions.slice(start, end)
      const found = orderBy(
        tied.map((at) => rows[at]?.[column] as V),
        compare,
      )
      for (let n = 0; n < tied.length; n += 1) positions[start + n] = tied[found.positions[n] as number] as number
      for (const tie of found.ties) left.push([start + tie[0], start + tie[1]])
    }
    ties = left
  }
  return { positions, ties }
}

/** How many columns, from the first on, hold the same throughout. Row by row, since a row's members stand together in memory. */
const sameColumns = <V>(rows: readonly Row<V>[], columns: readonly (string | number)[]): number => {
  const [first] = rows
  let same = columns.length
  for (const row of rows) {
    for (let n = 0; n < same; n += 1) {
      const column = columns[n] as string | number
      if (row[column] !== first?.[column]) same = n
    }
    if (same === 0) break
  }
  return same
}

/** The halves of characters: their UTF-16 units are not in the order of code points. */
const UNORDERED = /[\ud800-\udfff]/

/** Where all are numbers, or all are strings in whose order the runtime and Rego agree. */
const orderByScalars = (cells: readonly unknown[]): Order | undefined => {
  const type = typeof cells[0]
  if ((type !== 'number' && type !== 'string') || cells.some((cell) => typeof cell !== type)) return undefined
  const counts = new Map<unknown, number>()
  for (const cell of cells) counts.set(cell, (counts.get(cell) ?? 0) + 1)
  const distinct = [...counts.keys()]
  if (type === 'string' && distinct.some((text) => UNORDERED.test(text as string))) return undefined
  // Sorted as what they are, which the runtime does without a call for each pair.
  const sorted = type === 'number' ? Float64Array.from(distinct as number[]).sort() : distinct.sort()
  const ties: Range[] = []
  /** Where the next of the equal ones goes. */
  const places = new Map<unknown, number>()
  let end = 0
  for (const cell of sorted) {
    const start = end
    end += counts.get(cell) ?? 0
    places.set(cell, start)
    if (end - start > 1) ties.push([start, end])
  }
  const positions = new Array<number>(cells.length)
  for (const [at, cell] of cells.entries()) {
    const place = places.get(cell) ?? 0
    positions[place] = at
    places.set(cell, place + 1)
  }
  return { positions, ties }
}

const orderByCells = <V>(cells: readonly V[], compare: Compare<V>): Order => {
  const positions = [...cells.keys()].sort((a, b) => compare(cells[a] as V, cells[b] as V))
  const ties: Range[] = []
  let start = 0
  for (let end = 1; end <= positions.length; end += 1) {
    const isEqual =
      end < positions.length &&
      compare(cells[positions[start] as number] as V, cells[positions[end] as number] as V) === 0
    if (isEqual) continue
    if (end - start > 1) ties.push([start, end])
    start = end
  }
  return { positions, ties }
}
