import { bytesOfBase64 } from '../../base64'
import { parseAddress } from '../../ip'

/** True for one address of mail, with or without a name. Source: Go's `mail.ParseAddress`. */
export const isMailAddress = (text: string): boolean => {
  const reader = new Reader(text)
  const count = reader.addresses(true)
  return count === 1 && reader.skipComments() && reader.isAtEnd
}

const VISIBLE = '!-~\\u{80}-\\u{10ffff}'
// Beside what is visible, a dot may stand in an atom; specials may not.
const ATOM = new RegExp(`^(?:(?![()<>[\\]:;@\\\\,"])[${VISIBLE}])+`, 'u')
const QUOTED = new RegExp(`^"((?:(?![\\\\"])[${VISIBLE} \\t]|\\\\[${VISIBLE} \\t])*)"`, 'u')
const LITERAL = new RegExp(`^\\[((?:(?![[\\]\\\\])[${VISIBLE}])*)\\]`, 'u')
const ENCODED = /^=\?([^?]+)\?([^?])\?([^?]*)\?=$/
const KNOWN_CHARSET = /^(?:utf-8|iso-8859-1|us-ascii)$/i
const Q_TEXT = /^(?:=[0-9a-fA-F]{2}|[ -<>-~\n\r\t])*$/

/** What a word says of its encoding: none, one that Go reads, as a text or as none, or one of a charset that it does not know. */
const encodingOf = (word: string): 'none' | 'text' | 'empty' | 'unknown' => {
  const [, charset, encoding = '', content = ''] = ENCODED.exec(word) ?? []
  if (charset === undefined) return 'none'
  const isBase64 = /^b$/i.test(encoding) && bytesOfBase64(content) !== undefined
  if (!isBase64 && !(/^q$/i.test(encoding) && Q_TEXT.test(content))) return 'none'
  if (!KNOWN_CHARSET.test(charset)) return 'unknown'
  return content === '' ? 'empty' : 'text'
}

/** Reads an address from left to right. What cannot be read gives undefined or false. */
class Reader {
  constructor(private rest: string) {}

  get isAtEnd(): boolean {
    return this.rest === ''
  }

  /** How many addresses there are: one, or those of a group. */
  addresses(mayBeGroup: boolean): number | undefined {
    this.#skipSpace()
    if (this.isAtEnd) return undefined
    if (this.#plainAddress()) {
      this.#skipSpace()
      return !this.#take('(') || this.#nameInComment() ? 1 : undefined
    }
    if (!this.rest.startsWith('<') && !this.#phrase()) return undefined
    this.#skipSpace()
    if (mayBeGroup && this.#take(':')) return this.#group()
    return this.#take('<') && this.#plainAddress() && this.#take('>') ? 1 : undefined
  }

  skipComments(): boolean {
    this.#skipSpace()
    while (this.#take('(')) {
      if (this.#comment() === undefined) return false
      this.#skipSpace()
    }
    return true
  }

  #take(character: string): boolean {
    if (!this.rest.startsWith(character)) return false
    this.rest = this.rest.slice(character.length)
    return true
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    const found = pattern.exec(this.rest) ?? undefined
    this.rest = this.rest.slice(found?.[0].length ?? 0)
    return found
  }

  #skipSpace(): void {
    this.rest = this.rest.replace(/^[ \t]+/, '')
  }

  #group(): number | undefined {
    this.#skipSpace()
    if (this.#take(';')) return this.skipComments() ? 0 : undefined
    for (let count = 0; ; ) {
      const more = this.addresses(false)
      if (more === undefined || !this.skipComments()) return undefined
      count += more
      if (this.#take(';')) return this.skipComments() ? count : undefined
      if (!this.#take(',')) return undefined
    }
  }

  /** `local@domain`; where it is none, nothing is read. */
  #plainAddress(): boolean {
    const before = this.rest
    this.#skipSpace()
    if (this.#local() && this.#take('@') && this.#domain()) return true
    this.rest = before
    return false
  }

  #local(): boolean {
    return this.rest.startsWith('"') ? (this.#match(QUOTED)?.[1] ?? '') !== '' : this.#dotAtom()
  }

  #domain(): boolean {
    this.#skipSpace()
    if (!this.rest.startsWith('[')) return this.#dotAtom()
    const literal = this.#match(LITERAL)?.[1]
    return literal !== undefined && parseAddress(literal) !== undefined
  }

  #dotAtom(): boolean {
    const atom = this.#match(ATOM)?.[0]
    return atom !== undefined && !/^\.|\.\.|\.$/.test(atom)
  }

  /** The words of a name. The first that is none ends it, and there must be one before. */
  #phrase(): boolean {
    let [words, isEncoded] = [0, false]
    for (;;) {
      // Words that are encoded are joined, and only then one.
      if (words > 0 && !this.skipComments()) return false
      this.#skipSpace()
      if (this.isAtEnd) return true
      const isQuoted = this.rest.startsWith('"')
      const word = this.#match(isQuoted ? QUOTED : ATOM)?.[0]
      const encoding = word === undefined || isQuoted ? 'none' : encodingOf(word)
      if (word === undefined || encoding === 'unknown') return words > 0 || isEncoded
      if (encoding === 'text') isEncoded = true
      else if (encoding === 'none') words += 1
    }
  }

  #nameInComment(): boolean {
    const comment = this.#comment()
    return comment?.split(/[ \t]+/).every((word) => encodingOf(word) !== 'unknown') ?? false
  }

  /** The text up to the parenthesis that closes, comments within it and all. */
  #comment(): string | undefined {
    let [text, depth, at] = ['', 1, 0]
    for (; at < this.rest.length && depth > 0; at += 1) {
      const character = this.rest.charAt(at)
      if (character === '\\' && at + 1 < this.rest.length) at += 1
      else if (character === '(') depth += 1
      else if (character === ')') depth -= 1
      if (depth > 0) text += this.rest.charAt(at)
    }
    this.rest = this.rest.slice(at)
    return depth === 0 ? text : undefined
  }
}
