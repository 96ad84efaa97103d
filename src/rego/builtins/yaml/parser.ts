import { BuiltinRefusal } from '../../builtin'
import type { Punctuation, Token } from './scanner'

/** A node of YAML as written: what its text means is not yet decided, and aliases are not followed. */
export type Node = Scalar | Sequence | Mapping | Alias

export interface Scalar {
  readonly type: 'scalar'
  readonly text: string
  /** Neither quoted nor a block. */
  readonly plain: boolean
  /** As `!!int` where it is a tag of YAML's own. */
  readonly tag: string | undefined
}

export interface Sequence {
  readonly type: 'sequence'
  readonly items: readonly Node[]
}

export interface Mapping {
  readonly type: 'mapping'
  readonly pairs: readonly Pair[]
}

export type Pair = readonly [key: Node, value: Node]

export interface Alias {
  readonly type: 'alias'
  readonly name: string
  /** What the anchor stood at; still growing where the alias is inside of it. */
  readonly target: Node
}

const OWN_TAGS = 'tag:yaml.org,2002:'

/**
 * The first document of a stream of tokens, or undefined where there is none. The others are read too, since what is wrong in
 * them is wrong with the whole. Source: go.yaml.in/yaml/v3, parserc.go and decode.go.
 *
 * @throws `BuiltinRefusal` where the tokens are no YAML.
 */
export const parseYaml = (tokens: readonly Token[]): Node | undefined => {
  const parser = new Parser(tokens)
  const first = parser.document()
  if (first !== undefined) while (parser.document() !== undefined);
  return first
}

class Parser {
  readonly #tokens: readonly Token[]
  #at = 0
  // Anchors outlive their document.
  readonly #anchors = new Map<string, Node>()
  #handles = new Map<string, string>()

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens
  }

  get #token(): Token {
    // The last token ends the stream and is never passed.
    return this.#tokens[this.#at] as Token
  }

  #is(...types: readonly Token['type'][]): boolean {
    return types.includes(this.#token.type)
  }

  #skip(type: Punctuation): boolean {
    if (!this.#is(type)) return false
    this.#at += 1
    return true
  }

  #refuse(reason: string): never {
    throw new BuiltinRefusal(`line ${this.#token.line + 1}: ${reason}`)
  }

  /** The next document; undefined at the end. */
  document(): Node | undefined {
    const isFirst = this.#at === 0
    if (!isFirst) while (this.#skip('document-end'));
    if (this.#is('stream-end')) return undefined
    const isBare = isFirst && !this.#is('version', 'tag-prefix', 'document-start')
    this.#directives()
    if (!isBare && !this.#skip('document-start')) this.#refuse('no start of a document')
    const isEmpty = !isBare && this.#is('version', 'tag-prefix', 'document-start', 'document-end', 'stream-end')
    const node = isEmpty ? EMPTY : this.#node(true, false)
    this.#skip('document-end')
    return node
  }

  #directives(): void {
    this.#handles = new Map()
    let hasVersion = false
    for (let token = this.#token; token.type === 'version' || token.type === 'tag-prefix'; token = this.#token) {
      if (token.type === 'version') {
        if (hasVersion || token.version !== '1.1') this.#refuse('another version than one 1.1')
        hasVersion = true
      } else {
        if (this.#handles.has(token.handle)) this.#refuse('a handle of tags is declared twice')
        this.#handles.set(token.handle, token.prefix)
      }
      this.#at += 1
    }
    if (!this.#handles.has('!')) this.#handles.set('!', '!')
    if (!this.#handles.has('!!')) this.#handles.set('!!', OWN_TAGS)
  }

  #tagOf(handle: string, suffix: string): string {
    const prefix = handle === '' ? '' : this.#handles.get(handle)
    if (prefix === undefined) return this.#refuse('a handle of tags is not declared')
    const tag = prefix + suffix
    return tag.startsWith(OWN_TAGS) ? `!!${tag.slice(OWN_TAGS.length)}` : tag
  }

  /** Anchor and tag, each at most once and in any order. */
  #properties(): { readonly anchor: string | undefined; readonly tag: string | undefined } {
    let anchor: string | undefined
    let tag: string | undefined
    for (let token = this.#token; ; token = this.#token) {
      if (token.type === 'anchor' && anchor === undefined) anchor = token.name
      else if (token.type === 'tag' && tag === undefined) tag = this.#tagOf(token.handle, token.suffix)
      else return { anchor, tag }
      this.#at += 1
    }
  }

  #node(inBlock: boolean, mayBeIndentless: boolean): Node {
    const first = this.#token
    if (first.type === 'alias') {
      const target = this.#anchors.get(first.name)
      if (target === undefined) return this.#refuse('an alias of no anchor')
      this.#at += 1
      return { type: 'alias', name: first.name, target }
    }
    const { anchor, tag } = this.#properties()
    const anchored = <A extends Node>(node: A): A => {
      if (anchor !== undefined) this.#anchors.set(anchor, node)
      return node
    }
    const token = this.#token
    if (token.type === 'scalar') {
      this.#at += 1
      return anchored({ type: 'scalar', text: token.text, plain: token.plain, tag: tag === '!' ? undefined : tag })
    }
    const sequence = (read: (items: Node[]) => void): Sequence => {
      const items: Node[] = []
      const node = anchored({ type: 'sequence', items } as const)
      read(items)
      return node
    }
    const mapping = (read: (pairs: Pair[]) => void): Mapping => {
      const pairs: Pair[] = []
      const node = anchored({ type: 'mapping', pairs } as const)
      read(pairs)
      return node
    }
    if (mayBeIndentless && token.type === 'entry') return sequence((items) => this.#indentlessSequence(items))
    if (this.#skip('flow-sequence')) return sequence((items) => this.#flowSequence(items))
    if (this.#skip('flow-mapping')) return mapping((pairs) => this.#flowMapping(pairs))
    if (inBlock && this.#skip('block-sequence')) return sequence((items) => this.#blockSequence(items))
    if (inBlock && this.#skip('block-mapping')) return mapping((pairs) => this.#blockMapping(pairs))
    if (anchor !== undefined || tag !== undefined) return anchored({ ...EMPTY, tag: tag === '!' ? undefined : tag })
    return this.#refuse('no content where there must be some')
  }

  /** A node, or an empty one before the tokens that can only follow it. */
  #nodeUnless(inBlock: boolean, mayBeIndentless: boolean, ...types: readonly Token['type'][]): Node {
    return this.#is(...types) ? EMPTY : this.#node(inBlock, mayBeIndentless)
  }

  #blockSequence(items: Node[]): void {
    while (this.#skip('entry')) items.push(this.#nodeUnless(true, false, 'entry', 'block-end'))
    if (!this.#skip('block-end')) this.#refuse('no entry of a list where there must be one')
  }

  /** A sequence as a value in a mapping that is indented no deeper: no token ends it. */
  #indentlessSequence(items: Node[]): void {
    while (this.#skip('entry')) items.push(this.#nodeUnless(true, false, 'entry', 'key', 'value', 'block-end'))
  }

  #blockMapping(pairs: Pair[]): void {
    const part = (): Node => this.#nodeUnless(true, true, 'key', 'value', 'block-end')
    while (this.#skip('key')) {
      const key = part()
      pairs.push([key, this.#skip('value') ? part() : EMPTY])
    }
    if (!this.#skip('block-end')) this.#refuse('no key where there must be one')
  }

  #flowSequence(items: Node[]): void {
    for (let isFirst = true; !this.#skip('flow-sequence-end'); isFirst = false) {
      if (!isFirst) {
        if (!this.#skip('flow-entry')) this.#refuse('no comma or end of a list where there must be one')
        if (this.#skip('flow-sequence-end')) return
      }
      items.push(this.#skip('key') ? this.#singlePair() : this.#node(false, false))
    }
  }

  /** `[key: value]` is a list with a mapping in it. */
  #singlePair(): Mapping {
    let key: Node = EMPTY
    if (this.#is('value', 'flow-entry', 'flow-sequence-end')) {
      // What go-yaml does: the token after a `?` without a key is lost.
      this.#at += 1
    } else key = this.#node(false, false)
    const value = this.#skip('value') ? this.#nodeUnless(false, false, 'flow-entry', 'flow-sequence-end') : EMPTY
    return { type: 'mapping', pairs: [[key, value]] }
  }

  #flowMapping(pairs: Pair[]): void {
    for (let isFirst = true; !this.#skip('flow-mapping-end'); isFirst = false) {
      if (!isFirst) {
        if (!this.#skip('flow-entry')) this.#refuse('no comma or end of a mapping where there must be one')
        if (this.#skip('flow-mapping-end')) return
      }
      if (this.#skip('key')) {
        const key = this.#nodeUnless(false, false, 'value', 'flow-entry', 'flow-mapping-end')
        pairs.push([
          key,
          this.#skip('value') ? this.#nodeUnless(false, false, 'flow-entry', 'flow-mapping-end') : EMPTY,
        ])
      } else pairs.push([this.#node(false, false), EMPTY])
    }
  }
}

const EMPTY: Scalar = { type: 'scalar', text: '', plain: true, tag: undefined }
