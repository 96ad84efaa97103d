type Fits = (character: string) => boolean

const ANY = Symbol('any number of characters')

const inClass = (members: string, negated: boolean): Fits => {
  const ranges = [...members.matchAll(/\\?([\s\S])(?:-\\?([\s\S]))?/gu)].map(([, low = '', high = low]) => [low, high])
  return (character) => ranges.some(([low = '', high = '']) => low <= character && character <= high) !== negated
}

const PART = /\[([!^]?)((?:\\[\s\S]|[^\]\\])+)\]|\\([\s\S])|(\*+)|(\?)|([\s\S])/gu

const partsOf = (pattern: string, isSeparator: Fits): readonly (Fits | typeof ANY)[] =>
  [...pattern.matchAll(PART)].map(([, negation, members, escaped, star, question, literal]) => {
    if (members !== undefined) {
      const fits = inClass(members, negation !== '')
      return (character) => !isSeparator(character) && fits(character)
    }
    if (star !== undefined) return ANY
    if (question !== undefined) return (character) => !isSeparator(character)
    return (character) => character === (escaped ?? literal)
  })

/**
 * Whether paths fit a pattern of `*`, `?`, `[a-z]`, `[!a-z]` and `\` before a character meant as it is. Without a
 * separator `*` spans folders too. The time is bounded by pattern times path.
 */
export const pathPattern = (pattern: string, separator?: string): ((path: string) => boolean) => {
  const isSeparator: Fits = (character) => character === separator
  const parts = partsOf(pattern, isSeparator)
  return (path) => {
    const characters = [...path]
    let [part, at, star, retry] = [0, 0, -1, 0]
    while (at < characters.length) {
      const character = characters[at] ?? ''
      const expected = parts[part]
      if (expected === ANY) {
        ;[star, retry] = [part, at]
        part += 1
      } else if (expected?.(character) === true) {
        part += 1
        at += 1
      } else if (star >= 0 && !isSeparator(characters[retry] ?? '')) {
        // Only the last star can still help: let it take one character more.
        retry += 1
        ;[part, at] = [star + 1, retry]
      } else {
        return false
      }
    }
    return parts.slice(part).every((rest) => rest === ANY)
  }
}
