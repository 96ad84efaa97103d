import { Composer, isAlias, isMap, isScalar, isSeq, Lexer, type Node as LibraryNode, Parser } from 'yaml'
import type { Limits } from '../document'
import { type Refusal, Refused, syntax, tooMuch } from '../refusal'

/** A YAML document as written: scalars are not yet resolved, aliases and merges not yet followed. */
export type Node = Scalar | List | Mapping | Alias

interface Spot {
  readonly start: number
  /** After the last character of the value itself, before comments and line breaks. */
  readonly end: number
}

interface Properties extends Spot {
  readonly anchor: string | undefined
  readonly tag: string | undefined
}

export interface Scalar extends Properties {
  readonly type: 'scalar'
  readonly text: string
  /** Neither quoted nor a block: its text may mean a number, a boolean, null or a merge. */
  readonly plain: boolean
}

export interface List extends Properties {
  readonly type: 'list'
  readonly items: readonly Node[]
}

export interface Mapping extends Properties {
  readonly type: 'mapping'
  readonly pairs: readonly Pair[]
}

export interface Pair {
  readonly key: Node
  readonly value: Node
}

export interface Alias extends Spot {
  readonly type: 'alias'
  readonly anchor: string
}

/** The text of one document: it stands in the source between these offsets. */
export interface Part {
  readonly source: string
  readonly text: string
  readonly start: number
  readonly end: number
}

/** A scalar of a tree that fits, the first in the order of the text. */
export const findScalar = (node: Node, fits: (scalar: Scalar) => boolean): Scalar | undefined => {
  if (node.type === 'alias') return undefined
  if (node.type === 'scalar') return fits(node) ? node : undefined
  const inside = node.type === 'list' ? node.items : node.pairs.flatMap(({ key, value }) => [key, value])
  for (const part of inside) {
    const found = findScalar(part, fits)
    if (found !== undefined) return found
  }
  return undefined
}

/** The documents a part holds, usually one; throws `Refused` where it is not YAML. The only user of the library. */
export const parseYaml = (part: Part, limits: Limits): readonly Node[] => {
  try {
    return [...compose(part, limits)]
  } catch (error) {
    if (error instanceof RangeError) throw new Refused(tooMuch(part.source, limits, 'depth', part.start))
    throw error
  }
}

/** All scalars stay text: the schema knows no types, and what a tag means is decided by kubectl's rules. */
const OPTIONS = {
  schema: 'failsafe',
  resolveKnownTags: false,
  uniqueKeys: false,
  merge: false,
  logLevel: 'silent',
} as const

function* compose(part: Part, limits: Limits): Generator<Node> {
  const composer = new Composer(OPTIONS)
  for (const token of tokens(part, limits)) yield* convertAll(composer.next(token), part, limits)
  yield* convertAll(composer.end(), part, limits)
}

/** The library's own loop, but ended as soon as the nesting is beyond the limit. */
function* tokens(part: Part, limits: Limits): ReturnType<Parser['parse']> {
  const parser = new Parser()
  for (const lexeme of new Lexer().lex(part.text.slice(part.start, part.end))) {
    yield* parser.next(lexeme)
    // The document itself and the scalar being read are on the stack too.
    if (parser.stack.length > limits.depth + 2)
      throw new Refused(tooMuch(part.source, limits, 'depth', part.start + parser.offset))
  }
  yield* parser.end()
}

type Composed = ReturnType<Composer['next']>

function* convertAll(documents: Composed, part: Part, limits: Limits): Generator<Node> {
  for (const { contents, errors } of documents) {
    const first = errors.reduce<(typeof errors)[number] | undefined>(
      (least, error) => (least !== undefined && least.pos[0] <= error.pos[0] ? least : error),
      undefined,
    )
    if (first?.code === 'RESOURCE_EXHAUSTION') throw new Refused(tooMuch(part.source, limits, 'depth', part.start))
    if (first !== undefined) throw new Refused(toRefusal(first, part))
    if (contents !== null) yield convert(contents, part)
  }
}

const toRefusal = (error: { code: string; message: string; pos: [number, number] }, part: Part): Refusal => {
  const start = part.start + Math.max(0, error.pos[0])
  const end = Math.max(start + 1, part.start + error.pos[1])
  if (error.code !== 'TAG_RESOLVE_FAILED') return syntax(error.message, start, end)
  return { code: 'unknown-tag', data: { tag: part.text.slice(start, end) }, start, end }
}

const convert = (node: LibraryNode, part: Part): Node => {
  const [from, to] = node.range ?? [0, 0]
  const start = part.start + from
  const end = part.start + to
  if (isAlias(node)) return { type: 'alias', anchor: node.source, start, end }
  const properties = { anchor: 'anchor' in node ? node.anchor : undefined, tag: node.tag, start }
  if (isMap<LibraryNode, LibraryNode | null>(node)) {
    const pairs = node.items.map(({ key, value }) => convertPair(key, value, part))
    return { type: 'mapping', pairs, ...properties, end: node.flow ? end : (pairs.at(-1)?.value.end ?? start) }
  }
  if (isSeq<LibraryNode>(node)) {
    const items = node.items.map((item) => convert(item, part))
    return { type: 'list', items, ...properties, end: node.flow ? end : (items.at(-1)?.end ?? start) }
  }
  if (!isScalar(node)) return empty(start)
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
  return {
    type: 'scalar',
    text: isBlock && part.start + to === part.end ? endedAs(String(node.value), part) : String(node.value),
    plain: node.type === 'PLAIN',
    ...properties,
    // The line breaks that end a block belong to its value, but not to what is shown.
    end: isBlock ? start + part.text.slice(start, end).trimEnd().length : end,
  }
}

/** A block that ends with the text ends without a line break where the text does; the library adds one. */
const endedAs = (value: string, { text, end }: Part): string =>
  text[end - 1] === '\n' ? value : value.replace(/\n$/, '')

const convertPair = (key: LibraryNode, value: LibraryNode | null, part: Part): Pair => {
  const name = convert(key, part)
  return { key: name, value: value === null ? empty(name.end) : orKeyEnd(convert(value, part), name.end) }
}

/** An empty value has no place of its own: the library puts it behind the comments that follow. */
const orKeyEnd = (value: Node, end: number): Node =>
  value.type === 'scalar' && value.plain && value.text === '' ? { ...value, start: end, end } : value

const empty = (at: number): Scalar => ({
  type: 'scalar',
  text: '',
  plain: true,
  anchor: undefined,
  tag: undefined,
  start: at,
  end: at,
})
