import type { Json } from '../json'
import { orderOf } from './key-order'
import { exactNumber, isNumber, NotJson, numberText, type RegoNumber, writtenNumber } from './number'
import {
  entriesOf,
  isRegoArray,
  type RegoEntry,
  RegoMap,
  type RegoObject,
  RegoSet,
  type RegoValue,
  sortValues,
} from './value'

/**
 * What a reader makes of the parts of a term. The text is what a module dumps: JSON, and beside it `{1, 2}`, `set()`, keys of
 * any kind, and numbers as they were written (`.5`, `1.`).
 */
export interface Reading<A> {
  readonly number: (text: string) => A
  readonly set: (members: A[]) => A
  readonly object: (keys: readonly A[], values: readonly A[]) => A
}

const objectIn = <A>(order: readonly number[], keys: readonly string[], members: readonly A[]): Record<string, A> => {
  const made: Record<string, A> = {}
  for (const at of order) {
    const key = keys[at] as string
    if (key === '__proto__') Object.defineProperty(made, key, { ...PROPERTY, value: members[at] })
    else made[key] = members[at] as A
  }
  return made
}

// Assigned to, this key would set the prototype.
const PROPERTY = { enumerable: true, configurable: true, writable: true }

const areStrings = (keys: readonly unknown[]): keys is readonly string[] => {
  for (const key of keys) if (typeof key !== 'string') return false
  return true
}

const valuesWith = (number: (text: string) => RegoNumber): Reading<RegoValue> => ({
  number,
  set: (members) => new RegoSet(members),
  object: (keys, members) =>
    areStrings(keys)
      ? objectIn(orderOf(keys), keys, members)
      : new RegoMap(keys.map((key, at): RegoEntry => [key, members[at] as RegoValue])),
})

/** Values by their value: `1.0` is 1. For users. */
export const EXACT: Reading<RegoValue> = valuesWith(exactNumber)

/** Values with numbers as they were written. For OPA's builtins, which print them so. */
export const WRITTEN: Reading<RegoValue> = valuesWith(writtenNumber)

/** JSON: sets as sorted arrays, keys that are no strings as their JSON text, numbers as doubles. */
export const JSON_READING: Reading<Json> = {
  number: Number,
  set: sortValues,
  object: (given, members) => {
    const keys = areStrings(given) ? given : given.map((key) => (typeof key === 'string' ? key : JSON.stringify(key)))
    return objectIn(orderOf(keys), keys, members)
  },
}

const QUOTE = 34
const OPEN_BRACE = 123
const COMMA = 44
const COLON = 58
const BACKSLASH = 92
const CLOSE_BRACKET = 93
const CLOSE_BRACE = 125
// + - . 0-9 E e: what a number consists of.
const inNumber = (code: number): boolean =>
  (code >= 48 && code <= 57) || code === 45 || code === 46 || code === 43 || code === 101 || code === 69

/** Thrown where a text is no term. The text may hold a secret and is not repeated. */
export class NotTerm extends Error {
  override readonly name = 'NotTerm'
  constructor(
    /** The position in the text, from 0. */
    readonly at: number,
  ) {
    super(`a value cannot be read at ${at}`)
  }
}

const unescaped = (text: string, at: number): string => {
  try {
    return JSON.parse(text) as string
  } catch {
    throw new NotTerm(at)
  }
}

/** Reads a term. A module's text is its own, so what is malformed is a fault and is thrown, as `NotTerm`. */
export const readTerm = <A>(text: string, reading: Reading<A>): A => {
  let at = 0

  const fault = (): never => {
    throw new NotTerm(at)
  }

  const skip = (): number => {
    let code = text.charCodeAt(at)
    while (code === 32 || (code >= 9 && code <= 13)) code = text.charCodeAt(++at)
    return code
  }

  const string = (): string => {
    const start = at
    let end = text.indexOf('"', at + 1)
    let escaped = false
    for (; end > 0; end = text.indexOf('"', end + 1)) {
      let before = end
      while (text.charCodeAt(before - 1) === BACKSLASH) before -= 1
      if ((end - before) % 2 === 0) break
      escaped = true
    }
    if (end < 0) return fault()
    at = end + 1
    const inner = text.slice(start + 1, end)
    return escaped || inner.includes('\\') ? unescaped(text.slice(start, at), start) : inner
  }

  const word = (expected: string, value: unknown): A => {
    if (!text.startsWith(expected, at)) fault()
    at += expected.length
    // What a word stands for is the same in every reading.
    return value as A
  }

  /** The rest of an array or set after its opening or its first member. */
  const rest = (members: A[], close: number): A[] => {
    for (let code = skip(); code !== close; code = skip()) {
      if (members.length > 0) {
        if (code !== COMMA) fault()
        at += 1
      }
      members.push(value())
    }
    at += 1
    return members
  }

  const braces = (): A => {
    at += 1
    if (skip() === CLOSE_BRACE) {
      at += 1
      return reading.object([], [])
    }
    const first = value()
    if (skip() !== COLON) return reading.set(rest([first], CLOSE_BRACE))
    const keys = [first]
    at += 1
    const members = [value()]
    for (let code = skip(); code !== CLOSE_BRACE; code = skip()) {
      if (code !== COMMA) fault()
      at += 1
      keys.push(value())
      if (skip() !== COLON) fault()
      at += 1
      members.push(value())
    }
    at += 1
    return reading.object(keys, members)
  }

  const value = (): A => {
    const code = skip()
    switch (code) {
      case QUOTE:
        // A string is the same in every reading.
        return string() as A
      case OPEN_BRACE:
        return braces()
      case 91:
        at += 1
        return rest([], CLOSE_BRACKET) as A
      case 116:
        return word('true', true)
      case 102:
        return word('false', false)
      case 110:
        return word('null', null)
      case 115:
        return word('set()', undefined) ?? reading.set([])
      default: {
        const start = at
        while (inNumber(text.charCodeAt(at))) at += 1
        return at === start ? fault() : reading.number(text.slice(start, at))
      }
    }
  }

  const read = value()
  skip()
  return at === text.length ? read : fault()
}

const parsed = (text: string): Json | undefined => {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** False for what is no set, and where a look at the beginning does not tell: a failed parse costs more than the look. */
const isSet = (text: string): boolean => {
  if (text.charCodeAt(0) !== OPEN_BRACE) return false
  const first = text.charCodeAt(1)
  if (first !== QUOTE) return first !== CLOSE_BRACE
  const end = text.indexOf('"', 2)
  return end > 0 && text.charCodeAt(end - 1) !== BACKSLASH && text.charCodeAt(end + 1) !== COLON
}

// A digit before a point or an exponent, sixteen digits in a row, or a minus before a zero: a number that a double may not give
// back as it was written. Inside a string it only costs the slower way.
const DELICATE = /\d[.eE]|\d{16}|-0/

/** As `readTerm` with `WRITTEN`. */
export const readWritten = (text: string): RegoValue => {
  if (text.charCodeAt(0) === QUOTE && !text.includes('\\')) return text.slice(1, -1)
  if (isSet(text) || DELICATE.test(text)) return readTerm(text, WRITTEN)
  const json = parsed(text)
  return json === undefined ? readTerm(text, WRITTEN) : json
}

const isPlain = (value: object): value is RegoObject => {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

const classOf = (value: object): string => `a ${value.constructor.name}`

const write = (value: RegoValue): string => {
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return JSON.stringify(value)
  if (isNumber(value)) {
    if (typeof value === 'number' && !Number.isFinite(value)) throw new NotJson(`${value}`)
    return numberText(value)
  }
  if (typeof value !== 'object') throw new NotJson(`a ${typeof value}`)
  if (isRegoArray(value)) return `[${Array.from(value, write).join(',')}]`
  if (value instanceof RegoSet) return value.size === 0 ? 'set()' : `{${value.members.map(write).join(',')}}`
  if (!(value instanceof RegoMap || isPlain(value))) throw new NotJson(classOf(value))
  return `{${entriesOf(value)
    .map(([key, member]) => `${write(key)}:${write(member)}`)
    .join(',')}}`
}

// JSON.stringify makes null of NaN, of what is undefined and of functions in arrays, without a word. Only a text with a null is worth
// the look. (It makes {} of a Map too, which the types keep out.)
const refuseUnsaid = (value: RegoValue): void => {
  // A hole in an array is no member of it, but null in the text.
  if (isRegoArray(value)) {
    for (const member of value) refuseUnsaid(member)
  } else if (typeof value === 'object' && value !== null) {
    for (const key in value) refuseUnsaid((value as RegoObject)[key] as RegoValue)
  } else if (typeof value === 'number' && !Number.isFinite(value)) throw new NotJson(`${value}`)
  else if (typeof value === 'undefined' || typeof value === 'function') throw new NotJson(`a ${typeof value}`)
}

// The runtime refuses a bigint and a circle with the same kind of error; only the first has a term.
const holdsBigint = (value: RegoValue, within: readonly unknown[] = []): boolean =>
  typeof value === 'bigint' ||
  (typeof value === 'object' &&
    value !== null &&
    !within.includes(value) &&
    Object.values(value).some((member: RegoValue) => holdsBigint(member, [...within, value])))

/**
 * A value as the text that a module reads. JSON where that says it all; as in JSON, a member that is undefined is no member.
 *
 * @throws where a part of it is no Rego value: NaN, a function, a Map, a circle.
 */
export const writeTerm = (value: RegoValue): string => {
  if (typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value)
  try {
    const text: unknown = JSON.stringify(value)
    if (typeof text === 'string') {
      if (text.includes('null')) refuseUnsaid(value)
      return text
    }
  } catch (error) {
    // A bigint, a decimal, a set or a map: JSON has no form for them. Anything else, a circle for one, is the caller's.
    if (!(error instanceof NotJson || (error instanceof TypeError && holdsBigint(value)))) throw error
  }
  return write(value)
}
