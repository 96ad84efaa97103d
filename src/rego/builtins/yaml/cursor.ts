import { BuiltinRefusal } from '../../builtin'
import { END, isBlank, isBreak } from './characters'

/** A place in the text that only moves on. Counts characters, not UTF-16 units. */
export class Cursor {
  at = 0
  index = 0
  line = 0
  column = 0
  /** Only blanks were read since the last line break. */
  lineIsFresh = false

  constructor(readonly text: string) {}

  /** The code unit here or a little further; a character beyond U+FFFF is as good as any other letter. */
  code(ahead = 0): number {
    const at = this.at + ahead
    return at < this.text.length ? this.text.charCodeAt(at) : END
  }

  is(character: string, ahead = 0): boolean {
    return this.text[this.at + ahead] === character
  }

  isAnyOf(characters: string, ahead = 0): boolean {
    const here = this.text[this.at + ahead]
    return here !== undefined && characters.includes(here)
  }

  /** Moves over one character and gives it. */
  take(): string {
    const code = this.code()
    if (!isBlank(code)) this.lineIsFresh = false
    const length = code >= 0xd800 && code < 0xdc00 ? 2 : 1
    const taken = this.text.slice(this.at, this.at + length)
    this.at += length
    this.index += 1
    this.column += 1
    return taken
  }

  skip(count = 1): void {
    for (let skipped = 0; skipped < count; skipped += 1) this.take()
  }

  skipWhile(fits: (code: number) => boolean): void {
    while (fits(this.code())) this.take()
  }

  takeWhile(fits: (code: number) => boolean): string {
    const start = this.at
    this.skipWhile(fits)
    return this.text.slice(start, this.at)
  }

  /** Moves over a line break and gives what it means inside of a scalar. */
  takeBreak(): string {
    const code = this.code()
    if (!isBreak(code)) return ''
    const length = code === 0x0d && this.code(1) === 0x0a ? 2 : 1
    this.at += length
    this.index += length
    this.column = 0
    this.line += 1
    this.lineIsFresh = true
    return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
  }

  /** Three characters at the start of a line that begin or end a document. */
  isAtMarker(marker: '---' | '...'): boolean {
    const after = this.code(3)
    return (
      this.column === 0 && this.text.startsWith(marker, this.at) && (after === END || isBlank(after) || isBreak(after))
    )
  }

  /** The text may be a secret and is not repeated. */
  refuse(reason: string): never {
    throw new BuiltinRefusal(`line ${this.line + 1}: ${reason}`)
  }
}
