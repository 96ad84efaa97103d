const [DIGIT, LETTER] = [/^\p{Nd}$/u, /^\p{L}$/u]

const isDigit = (character: string | undefined): boolean => character !== undefined && DIGIT.test(character)

const codeOf = (character: string | undefined): number => character?.codePointAt(0) ?? 0

/** The number that digits make, as an int64 that may overflow, and how many there are. */
const numberAt = (text: readonly string[], start: number, before: bigint): readonly [value: bigint, length: number] => {
  let value = before
  let at = start
  for (; isDigit(text[at]); at += 1) value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(text[at]) - 48))
  return [value, at - start]
}

/** True where the digits before a position, zeros aside, belong to the number that goes on there. */
const goesOn = (text: readonly string[], position: number): boolean => {
  for (let at = position - 1; isDigit(text[at]); at -= 1) if (text[at] !== '0') return true
  return false
}

const isLess = (a: readonly string[], b: readonly string[]): boolean => {
  let afterDigit = false
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const [left = '', right = ''] = [a[at], b[at]]
    if (left === right) {
      afterDigit = isDigit(left)
      continue
    }
    const [leftLetter, rightLetter] = [LETTER.test(left), LETTER.test(right)]
    if (leftLetter && rightLetter) return codeOf(left) < codeOf(right)
    if (leftLetter || rightLetter) return afterDigit ? leftLetter : rightLetter
    const before = (left === '0' || right === '0') && goesOn(a, at) ? 1n : 0n
    const [leftNumber, leftLength] = numberAt(a, at, before)
    const [rightNumber, rightLength] = numberAt(b, at, before)
    if (leftNumber !== rightNumber) return leftNumber < rightNumber
    if (leftLength !== rightLength) return leftLength < rightLength
    return codeOf(left) < codeOf(right)
  }
  return a.length < b.length
}

/**
 * Entries in go-yaml's order of their keys, where `a2` comes before `a10`. What counts as a letter is up to the runtime's Unicode,
 * which may be newer than Go's. Keys whose digits overflow an int64 may have no order, and OPA's own answer changes from call to call;
 * here one input has one output. Source: go.yaml.in/yaml/v3, sorter.go.
 */
export const sortByKey = <A>(
  entries: readonly (readonly [key: string, value: A])[],
): readonly (readonly [string, A])[] =>
  entries
    .map((entry) => ({ entry, letters: Array.from(entry[0]) }))
    .sort((a, b) => (isLess(a.letters, b.letters) ? -1 : isLess(b.letters, a.letters) ? 1 : 0))
    .map(({ entry }) => entry)
