import { BuiltinRefusal, type Family } from '../builtin'
import { compareStrings } from '../key-order'
import { compareNumbers } from '../number'
import type { RegoValue } from '../value'
import { stringOperand } from './operand'

interface Version {
  /** Major, minor and patch. */
  readonly release: readonly bigint[]
  /** The identifiers of the pre-release; none for a release. */
  readonly preRelease: readonly string[]
}

const NUMBER = '(0|[1-9][0-9]{0,18})'
const IDENTIFIERS = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*'
const VERSION = new RegExp(`^v?${NUMBER}\\.${NUMBER}\\.${NUMBER}(?:-(${IDENTIFIERS}))?(?:\\+${IDENTIFIERS})?$`)
const DECIMAL = /^[0-9]+$/
const LARGEST = 2n ** 63n - 1n

/** A version of SemVer 2.0.0, or of the same behind a `v`, with numbers of 63 bits. */
const parse = (text: string): Version | undefined => {
  const match = VERSION.exec(text)
  if (match === null) return undefined
  const release = match.slice(1, 4).map(BigInt)
  const preRelease = match[4]?.split('.') ?? []
  const leadingZero = preRelease.some((identifier) => DECIMAL.test(identifier) && /^0./.test(identifier))
  return leadingZero || release.some((number) => number > LARGEST) ? undefined : { release, preRelease }
}

const versionOperand = (value: RegoValue | undefined, position: number): Version => {
  const version = parse(stringOperand(value, position))
  if (version === undefined) throw new BuiltinRefusal(`operand ${position} is not a valid SemVer`)
  return version
}

// OPA reads a numeric identifier as an integer of 64 bits, the largest one where it is larger.
const numeric = (identifier: string): bigint => {
  const number = BigInt(identifier)
  return number > LARGEST ? LARGEST : number
}

const compareIdentifiers = (a: string, b: string): number => {
  const [left, right] = [DECIMAL.test(a), DECIMAL.test(b)]
  if (left && right) return compareNumbers(numeric(a), numeric(b))
  // Numbers come before words.
  return left === right ? Math.sign(compareStrings(a, b)) : left ? -1 : 1
}

const comparePreReleases = (a: readonly string[], b: readonly string[]): number => {
  // A release comes after its pre-releases.
  if (a.length === 0 || b.length === 0) return Math.sign(b.length - a.length)
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compareIdentifiers(a[at] ?? '', b[at] ?? '')
    if (order !== 0) return order
  }
  return Math.sign(a.length - b.length)
}

const compare = (a: Version, b: Version): number => {
  for (const [at, number] of a.release.entries()) {
    const order = compareNumbers(number, b.release[at] ?? 0n)
    if (order !== 0) return order
  }
  return comparePreReleases(a.preRelease, b.preRelease)
}

/** `semver.*`. Source: OPA's policy reference, section "Semantic Version", and SemVer 2.0.0, item 11. */
export const semver: Family = {
  'semver.compare': (_context, a, b) => compare(versionOperand(a, 1), versionOperand(b, 2)),
  'semver.is_valid': (_context, text) => typeof text === 'string' && parse(text) !== undefined,
}
