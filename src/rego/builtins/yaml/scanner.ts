import { END, hasForbidden, isBlank, isBlankOrEnd, isBreak, isBreakOrEnd, isDigit, isWord } from './characters'
import { Cursor } from './cursor'
import { scanBlock, scanPlain, scanQuoted } from './scalar-scanner'

/** What a stream of YAML consists of. */
export type Token =
  | { readonly type: Punctuation; readonly line: number }
  | { readonly type: 'scalar'; readonly line: number; readonly text: string; readonly plain: boolean }
  | { readonly type: 'anchor' | 'alias'; readonly line: number; readonly name: string }
  | { readonly type: 'tag'; readonly line: number; readonly handle: string; readonly suffix: string }
  | { readonly type: 'version'; readonly line: number; readonly version: string }
  | { readonly type: 'tag-prefix'; readonly line: number; readonly handle: string; readonly prefix: string }

export type Punctuation =
  | 'document-start'
  | 'document-end'
  | 'stream-end'
  | 'block-sequence'
  | 'block-mapping'
  | 'block-end'
  | 'flow-sequence'
  | 'flow-sequence-end'
  | 'flow-mapping'
  | 'flow-mapping-end'
  | 'entry'
  | 'flow-entry'
  | 'key'
  | 'value'

/** A token that a `:` may turn into a key. */
interface SimpleKey {
  /** The number of the token. */
  readonly token: number
  readonly index: number
  readonly line: number
  readonly column: number
  /** Nothing else can stand here. */
  readonly required: boolean
}

const LONGEST_KEY = 1_024
const DEEPEST = 10_000
// How far go-yaml looks for the next comment.
const COMMENT_WINDOW = 512
const URI = /[-;/?:@&=+$,.!~*'()[\]%\w]/
const AFTER_NAME = '?:,]}%@`'
const NOT_PLAIN = '-?:,[]{}#&*!|>\'"%@`'

/**
 * The tokens of a text as go-yaml v3 finds them, the port of libyaml that OPA reads YAML with. Keys are found when their `:`
 * is, and the tokens that say so are put in before them. Source: go.yaml.in/yaml/v3, scannerc.go.
 *
 * @throws `BuiltinRefusal` where it is no YAML.
 */
export const scanYaml = (text: string): readonly Token[] => new Scanner(text).scan()

class Scanner {
  readonly #cursor: Cursor
  readonly #tokens: Token[] = []
  /** The columns of the open block collections; -1 is the stream. */
  readonly #indents: number[] = []
  #indent = -1
  /** One for each level of flow collections, the stream first. */
  readonly #keys: (SimpleKey | undefined)[] = [undefined]
  #keyAllowed = true

  constructor(text: string) {
    this.#cursor = new Cursor(text.startsWith('\ufeff') ? text.slice(1) : text)
    if (hasForbidden(text)) this.#cursor.refuse('a control character')
  }

  scan(): readonly Token[] {
    while (this.#next());
    return this.#tokens
  }

  get #inFlow(): boolean {
    return this.#keys.length > 1
  }

  /** Reads one token; false at the end. */
  #next(): boolean {
    const cursor = this.#cursor
    this.#skipToToken()
    this.#closeBlocks(cursor.column)
    if (cursor.code() === END) {
      this.#leaveBlocks()
      this.#add('stream-end')
      return false
    }
    if (cursor.column === 0 && cursor.is('%')) this.#directive()
    else if (cursor.isAtMarker('---')) this.#documentMarker('document-start')
    else if (cursor.isAtMarker('...')) this.#documentMarker('document-end')
    else {
      this.#content()
      if (this.#tokens.at(-1)?.type !== 'entry') this.#skipLineComment()
    }
    return true
  }

  #content(): void {
    const cursor = this.#cursor
    const blankNext = isBlankOrEnd(cursor.code(1))
    if (cursor.is('[')) this.#openFlow('flow-sequence')
    else if (cursor.is('{')) this.#openFlow('flow-mapping')
    else if (cursor.is(']')) this.#closeFlow('flow-sequence-end')
    else if (cursor.is('}')) this.#closeFlow('flow-mapping-end')
    else if (cursor.is(',')) this.#flowEntry()
    else if (cursor.is('-') && blankNext) this.#entry()
    else if (cursor.is('?') && (this.#inFlow || blankNext)) this.#key()
    else if (cursor.is(':') && (this.#inFlow || blankNext)) this.#value()
    else if (cursor.isAnyOf('*&')) this.#name()
    else if (cursor.is('!')) this.#tag()
    else if (cursor.isAnyOf('|>') && !this.#inFlow) this.#block()
    else if (cursor.isAnyOf('\'"')) this.#quoted()
    else if (isBlank(cursor.code())) cursor.refuse('a tab indents a line')
    else if (!cursor.isAnyOf(NOT_PLAIN) || cursor.is('-') || (!this.#inFlow && cursor.isAnyOf('?:'))) this.#plain()
    else cursor.refuse('a character that starts nothing')
  }

  #add(type: Punctuation): void {
    this.#tokens.push({ type, line: this.#cursor.line })
  }

  /** Adds a token of some characters. */
  #addOver(type: Punctuation, length = 1): void {
    this.#add(type)
    this.#cursor.skip(length)
  }

  #skipToToken(): void {
    const cursor = this.#cursor
    for (;;) {
      // A tab may not indent what could be a key.
      while (cursor.is(' ') || (cursor.is('\t') && (this.#inFlow || !this.#keyAllowed))) cursor.skip()
      if (cursor.is('#')) this.#skipComments()
      if (!isBreak(cursor.code())) return
      cursor.takeBreak()
      if (!this.#inFlow) this.#keyAllowed = true
    }
  }

  /** A comment and those after it, whatever indents them. */
  #skipComments(): void {
    const cursor = this.#cursor
    for (let ahead = 0; ahead < COMMENT_WINDOW; ahead += 1) {
      const code = cursor.code(ahead)
      if (isBlank(code) || code === 0x0a || code === 0x0d) continue
      if (!cursor.is('#', ahead)) return
      const start = cursor.at + ahead
      while (cursor.at < start) {
        if (isBreak(cursor.code())) cursor.takeBreak()
        else cursor.skip()
      }
      cursor.skipWhile((here) => !isBreakOrEnd(here))
      if (!cursor.isAnyOf('\r\n')) return
      ahead = 0
    }
  }

  /** A comment on the line of the last token. */
  #skipLineComment(): void {
    const cursor = this.#cursor
    if (cursor.lineIsFresh) return
    let ahead = 0
    while (ahead < COMMENT_WINDOW && isBlank(cursor.code(ahead))) ahead += 1
    if (ahead < COMMENT_WINDOW && cursor.is('#', ahead)) cursor.skipWhile((here) => !isBreakOrEnd(here))
  }

  /** Ends the block collections that are indented deeper than a column. */
  #closeBlocks(column: number): void {
    if (this.#inFlow) return
    while (this.#indent > column) {
      this.#add('block-end')
      this.#indent = this.#indents.pop() ?? -1
    }
  }

  /** Begins a block collection, before a token where it is given, unless one is open at the column. */
  #openBlock(type: Punctuation, column: number, before = this.#tokens.length): void {
    if (this.#inFlow || this.#indent >= column) return
    this.#indents.push(this.#indent)
    this.#indent = column
    if (this.#indents.length > DEEPEST) this.#cursor.refuse('blocks are nested too deeply')
    this.#tokens.splice(before, 0, { type, line: this.#cursor.line })
  }

  #saveKey(): void {
    if (!this.#keyAllowed) return
    this.#dropKey()
    const { index, line, column } = this.#cursor
    const required = !this.#inFlow && this.#indent === column
    this.#keys[this.#keys.length - 1] = { token: this.#tokens.length, index, line, column, required }
  }

  #dropKey(): void {
    if (this.#keys.at(-1)?.required) this.#cursor.refuse('a key without a colon')
    this.#keys[this.#keys.length - 1] = undefined
  }

  /** All blocks end here. */
  #leaveBlocks(): void {
    this.#closeBlocks(-1)
    this.#dropKey()
    this.#keyAllowed = false
  }

  #documentMarker(type: Punctuation): void {
    this.#leaveBlocks()
    this.#addOver(type, 3)
  }

  #openFlow(type: Punctuation): void {
    this.#saveKey()
    this.#keys.push(undefined)
    if (this.#keys.length > DEEPEST + 1) this.#cursor.refuse('lists and mappings are nested too deeply')
    this.#keyAllowed = true
    this.#addOver(type)
  }

  #closeFlow(type: Punctuation): void {
    this.#dropKey()
    if (this.#inFlow) this.#keys.pop()
    this.#keyAllowed = false
    this.#addOver(type)
  }

  #flowEntry(): void {
    this.#dropKey()
    this.#keyAllowed = true
    this.#addOver('flow-entry')
  }

  #entry(): void {
    if (!this.#inFlow) {
      if (!this.#keyAllowed) this.#cursor.refuse('an entry of a list cannot stand here')
      this.#openBlock('block-sequence', this.#cursor.column)
    }
    this.#dropKey()
    this.#keyAllowed = true
    this.#addOver('entry')
  }

  #key(): void {
    if (!this.#inFlow) {
      if (!this.#keyAllowed) this.#cursor.refuse('a key cannot stand here')
      this.#openBlock('block-mapping', this.#cursor.column)
    }
    this.#dropKey()
    this.#keyAllowed = !this.#inFlow
    this.#addOver('key')
  }

  #value(): void {
    const cursor = this.#cursor
    const key = this.#keys.at(-1)
    const isStale = key !== undefined && (key.line < cursor.line || key.index + LONGEST_KEY < cursor.index)
    if (isStale && key.required) cursor.refuse('a key without a colon on its line')
    this.#keys[this.#keys.length - 1] = undefined
    if (key !== undefined && !isStale) {
      this.#tokens.splice(key.token, 0, { type: 'key', line: key.line })
      this.#openBlock('block-mapping', key.column, key.token)
      this.#keyAllowed = false
    } else {
      if (!this.#inFlow) {
        if (!this.#keyAllowed) cursor.refuse('a value cannot stand here')
        this.#openBlock('block-mapping', cursor.column)
      }
      this.#keyAllowed = !this.#inFlow
    }
    this.#addOver('value')
  }

  #name(): void {
    this.#saveKey()
    this.#keyAllowed = false
    const cursor = this.#cursor
    const { line } = cursor
    const type = cursor.take() === '&' ? 'anchor' : 'alias'
    const name = cursor.takeWhile(isWord)
    if (name === '' || !(isBlankOrEnd(cursor.code()) || cursor.isAnyOf(AFTER_NAME)))
      cursor.refuse('an anchor or alias without a name')
    this.#tokens.push({ type, line, name })
  }

  #scalar(text: string, plain: boolean, line: number): void {
    this.#tokens.push({ type: 'scalar', line, text, plain })
  }

  #quoted(): void {
    this.#saveKey()
    this.#keyAllowed = false
    const { line } = this.#cursor
    this.#scalar(scanQuoted(this.#cursor), false, line)
  }

  #plain(): void {
    this.#saveKey()
    const { line } = this.#cursor
    const { text, brokeOff } = scanPlain(this.#cursor, this.#indent, this.#inFlow)
    this.#keyAllowed = brokeOff
    this.#scalar(text, true, line)
  }

  #block(): void {
    this.#dropKey()
    this.#keyAllowed = true
    const { line } = this.#cursor
    this.#scalar(scanBlock(this.#cursor, this.#indent), false, line)
  }

  #tag(): void {
    this.#saveKey()
    this.#keyAllowed = false
    const { line } = this.#cursor
    this.#tokens.push({ type: 'tag', line, ...this.#tagName() })
    if (!isBlankOrEnd(this.#cursor.code())) this.#cursor.refuse('a tag without a space behind it')
  }

  #tagName(): { readonly handle: string; readonly suffix: string } {
    const cursor = this.#cursor
    if (cursor.is('<', 1)) {
      cursor.skip(2)
      const suffix = this.#uri()
      if (suffix === '' || !cursor.is('>')) cursor.refuse('a tag is not closed')
      cursor.skip()
      return { handle: '', suffix }
    }
    const handle = this.#tagHandle()
    const rest = this.#uri()
    if (handle.length > 1 && handle.endsWith('!'))
      return rest === '' ? cursor.refuse('a tag without a name') : { handle, suffix: rest }
    const suffix = handle.slice(1) + rest
    return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix }
  }

  /** `!`, `!!` or `!name!`; without the last mark it is the start of a name. */
  #tagHandle(): string {
    const cursor = this.#cursor
    if (!cursor.is('!')) cursor.refuse('no tag')
    return cursor.take() + cursor.takeWhile(isWord) + (cursor.is('!') ? cursor.take() : '')
  }

  #uri(): string {
    const cursor = this.#cursor
    let uri = ''
    while (cursor.code() !== END && URI.test(cursor.text.charAt(cursor.at)))
      uri += cursor.is('%') ? this.#octets() : cursor.take()
    return uri
  }

  /** One character as the escaped bytes of its UTF-8. */
  #octets(): string {
    const cursor = this.#cursor
    const octet = (): number => {
      const digits = /^%([0-9a-fA-F]{2})/.exec(cursor.text.slice(cursor.at, cursor.at + 3))?.[1]
      if (digits === undefined) return cursor.refuse('a tag holds a broken escape')
      cursor.skip(3)
      return Number.parseInt(digits, 16)
    }
    const first = octet()
    const more =
      first < 0x80 ? 0 : (first & 0xe0) === 0xc0 ? 1 : (first & 0xf0) === 0xe0 ? 2 : (first & 0xf8) === 0xf0 ? 3 : -1
    if (more < 0) cursor.refuse('a tag holds a broken escape')
    const octets = [first, ...Array.from({ length: more }, octet)]
    if (octets.slice(1).some((next) => (next & 0xc0) !== 0x80)) cursor.refuse('a tag holds a broken escape')
    return String.fromCharCode(...octets)
  }

  #directive(): void {
    this.#leaveBlocks()
    const cursor = this.#cursor
    const { line } = cursor
    cursor.skip()
    const name = cursor.takeWhile(isWord)
    if (!isBlankOrEnd(cursor.code())) cursor.refuse('a directive without a name')
    cursor.skipWhile(isBlank)
    if (name === 'YAML') this.#tokens.push({ type: 'version', line, version: this.#version() })
    else if (name === 'TAG') this.#tokens.push({ type: 'tag-prefix', line, ...this.#tagPrefix() })
    else cursor.refuse('no such directive')
    cursor.skipWhile(isBlank)
    if (cursor.is('#')) cursor.skipWhile((code) => !isBreakOrEnd(code))
    if (!isBreakOrEnd(cursor.code())) cursor.refuse('more than a comment behind a directive')
    cursor.takeBreak()
  }

  #version(): string {
    const cursor = this.#cursor
    const major = cursor.takeWhile(isDigit)
    if (!cursor.is('.')) cursor.refuse('no version')
    cursor.skip()
    const minor = cursor.takeWhile(isDigit)
    if (![major, minor].every((digits) => digits.length === 1 || digits.length === 2)) cursor.refuse('no version')
    return `${Number(major)}.${Number(minor)}`
  }

  #tagPrefix(): { readonly handle: string; readonly prefix: string } {
    const cursor = this.#cursor
    const handle = this.#tagHandle()
    if (!handle.endsWith('!') || !isBlank(cursor.code())) cursor.refuse('no handle of tags')
    cursor.skipWhile(isBlank)
    const prefix = this.#uri()
    if (prefix === '' || !isBlankOrEnd(cursor.code())) cursor.refuse('no prefix of tags')
    return { handle, prefix }
  }
}
