import { BuiltinRefusal } from '../../builtin'
import { isNumber, numberText } from '../../number'
import {
  compareValues,
  entriesOf,
  identityOf,
  isRegoArray,
  memberOf,
  objectOf,
  type RegoMap,
  type RegoObject,
  RegoSet,
  type RegoValue,
} from '../../value'
import { isObject } from '../operand'

/** The keys from the outermost inwards. */
type Pointer = readonly RegoValue[]

/** A value whose opened parts can be changed; what no path has led into stays as it is. */
type Part = { readonly value: RegoValue } | Opened

type Opened = OpenedObject | OpenedArray | OpenedSet

/** Keys are found by their identity and kept as the last path wrote them. */
interface OpenedObject {
  readonly members: Map<string, { readonly key: RegoValue; readonly part: Part }>
}

interface OpenedArray {
  readonly elements: Element[]
  /** The array as it was. */
  readonly original: readonly RegoValue[]
}

interface Element {
  readonly part: Part
  /** It was put in or led into; the others stand as in the original, maybe at another position. */
  readonly inserted: boolean
}

interface OpenedSet {
  readonly contents: Map<string, RegoValue>
}

const open = (part: Part): Opened => {
  if (!('value' in part)) return part
  const { value } = part
  if (isRegoArray(value))
    return { elements: value.map((element) => ({ part: { value: element }, inserted: false })), original: value }
  if (value instanceof RegoSet)
    return { contents: new Map(value.members.map((member) => [identityOf(member), member])) }
  if (isObject(value)) {
    const members = entriesOf(value).map(
      ([key, member]) => [identityOf(key), { key, part: { value: member } }] as const,
    )
    return { members: new Map(members) }
  }
  throw new BuiltinRefusal('a path leads into a value that has no parts')
}

const close = (part: Part): RegoValue => {
  if ('value' in part) return part.value
  if ('elements' in part) return part.elements.map((element) => close(element.part))
  if ('contents' in part) return new RegoSet(part.contents.values())
  return objectOf([...part.members.values()].map(({ key, part: member }) => [key, close(member)]))
}

const absent = (): never => {
  throw new BuiltinRefusal('a path leads to nothing')
}

// The lengths that OPA's reader of whole numbers takes; decimals that are zero are no matter.
const INDEX = /^[-+]?(?=.{1,19}$)(\d*)(?:\.0*)?$/

/** The position that a key means, past the end for `-`; it may be outside of the array. */
const positionOf = (key: RegoValue, length: number): number => {
  if (key === '-') return length
  const text = typeof key === 'string' ? key : isNumber(key) ? numberText(key) : undefined
  const digits = text === undefined ? undefined : INDEX.exec(text)?.[1]
  if (text === undefined || digits === undefined || BigInt(digits) >= 2n ** 63n)
    throw new BuiltinRefusal('a path into an array has a key that is no position')
  if (typeof key === 'string' && key !== '0' && key.startsWith('0'))
    throw new BuiltinRefusal('a position starts with a zero')
  return text.startsWith('-') ? -Number(digits) : Number(digits)
}

/** A document while it is being patched. */
class Draft {
  /** Undefined once the whole is removed. */
  #root: Part | undefined

  constructor(value: RegoValue) {
    this.#root = { value }
  }

  get result(): RegoValue | undefined {
    return this.#root === undefined ? undefined : close(this.#root)
  }

  valueAt(path: Pointer): RegoValue {
    let value: RegoValue = null
    this.#reach(path, (part) => {
      value = close(part)
      return part
    })
    return value
  }

  insert(path: Pointer, value: RegoValue): void {
    const key = path.at(-1)
    if (key === undefined) this.#root = { value }
    else this.#reach(path.slice(0, -1), (part) => inserted(open(part), key, value))
  }

  remove(path: Pointer): void {
    const key = path.at(-1)
    if (key !== undefined) this.#reach(path.slice(0, -1), (part) => removed(open(part), key))
    else this.#root = this.#root === undefined ? absent() : undefined
  }

  #reach(path: Pointer, change: (part: Part) => Part): void {
    this.#root = changed(this.#root ?? absent(), path, 0, change)
  }
}

/** The part with what a path from a depth on leads to changed. */
const changed = (part: Part, path: Pointer, depth: number, change: (part: Part) => Part): Part => {
  const key = path[depth]
  if (key === undefined) return change(part)
  const opened = open(part)
  const inner = (next: Part): Part => changed(next, path, depth + 1, change)
  if ('elements' in opened) {
    const at = positionOf(key, opened.elements.length)
    opened.elements[at] = { part: inner(elementAt(opened, at)), inserted: true }
  } else if ('members' in opened) {
    const id = identityOf(key)
    opened.members.set(id, { key, part: inner((opened.members.get(id) ?? absent()).part) })
  } else {
    // A member of a set is found by its value, so that a changed one is another member.
    const id = identityOf(key)
    if (!opened.contents.has(id)) absent()
    const member = close(inner({ value: key }))
    opened.contents.delete(id)
    opened.contents.set(identityOf(member), member)
  }
  return opened
}

/**
 * What a path leads into. OPA looks up an element that no operation has led into at its position in the original, also where
 * others before it were removed or put in.
 */
const elementAt = ({ elements, original }: OpenedArray, at: number): Part => {
  const element = elements[at] ?? absent()
  const value = original[at]
  return element.inserted ? element.part : value === undefined ? absent() : { value }
}

const inserted = (opened: Opened, key: RegoValue, value: RegoValue): Opened => {
  if ('elements' in opened) {
    const at = positionOf(key, opened.elements.length)
    if (at < 0 || at > opened.elements.length) absent()
    opened.elements.splice(at, 0, { part: { value }, inserted: true })
  } else if ('members' in opened) opened.members.set(identityOf(key), { key, part: { value } })
  else if (compareValues(key, value) === 0) opened.contents.set(identityOf(value), value)
  else throw new BuiltinRefusal('a path into a set ends with another value than the one to add')
  return opened
}

const removed = (opened: Opened, key: RegoValue): Opened => {
  if ('elements' in opened) {
    const at = positionOf(key, opened.elements.length)
    if (at < 0 || at >= opened.elements.length) absent()
    opened.elements.splice(at, 1)
  } else if (!('members' in opened ? opened.members : opened.contents).delete(identityOf(key))) absent()
  return opened
}

const unescaped = (segment: string): string => segment.replaceAll('~1', '/').replaceAll('~0', '~')

const pointerOf = (path: RegoValue | undefined): Pointer => {
  if (path === '') return []
  if (typeof path === 'string') return path.replace(/^\/+/, '').split('/').map(unescaped)
  if (isRegoArray(path)) return path
  throw new BuiltinRefusal('a path must be a string or an array of keys')
}

const required = (operation: RegoObject | RegoMap, attribute: string): RegoValue => {
  const value = memberOf(operation, attribute)
  if (value === undefined) throw new BuiltinRefusal(`an operation has no attribute ${attribute}`)
  return value
}

const apply = (draft: Draft, operation: RegoObject | RegoMap): void => {
  const path = pointerOf(required(operation, 'path'))
  switch (required(operation, 'op')) {
    case 'add':
      draft.insert(path, required(operation, 'value'))
      break
    case 'remove':
      draft.remove(path)
      break
    case 'replace':
      draft.remove(path)
      draft.insert(path, required(operation, 'value'))
      break
    case 'move': {
      const from = pointerOf(required(operation, 'from'))
      const value = draft.valueAt(from)
      draft.remove(from)
      draft.insert(path, value)
      break
    }
    case 'copy':
      draft.insert(path, draft.valueAt(pointerOf(required(operation, 'from'))))
      break
    case 'test':
      if (compareValues(draft.valueAt(path), required(operation, 'value')) !== 0)
        throw new BuiltinRefusal('a tested value is another one')
      break
    default:
      throw new BuiltinRefusal('an operation is none of add, remove, replace, move, copy and test')
  }
}

/**
 * A value with the operations applied in order: RFC 6902, and beyond it paths as arrays of keys of any kind, and documents with
 * sets. Undefined where they remove the whole. OPA's own code panics on a path into a whole that an operation before has put in;
 * here it leads there. Source: OPA's `topdown/json.go` and `internal/edittree`.
 *
 * @throws `BuiltinRefusal` where one of them cannot be applied.
 */
export const patched = (value: RegoValue, operations: readonly RegoValue[]): RegoValue | undefined => {
  const draft = new Draft(value)
  for (const operation of operations) {
    if (!isObject(operation)) throw new BuiltinRefusal('an operation is no object')
    apply(draft, operation)
  }
  return draft.result
}
