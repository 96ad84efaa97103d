import { BuiltinRefusal } from '../../builtin'
import { Decimal } from '../../number'
import { objectOf, type RegoValue } from '../../value'
import { singleText } from './float'
import type { Mapping, Node, Pair, Scalar } from './parser'
import { type Resolved, resolve } from './resolve'
import { parseTimestamp } from './timestamp'

/**
 * The value of a document as OPA makes it: go-yaml v3, then JSON. Keys are texts; the last of equal keys stands.
 * Source: OPA's `internal/yaml`; go.yaml.in/yaml/v3, decode.go.
 *
 * @throws `BuiltinRefusal` where a part of it has no value.
 */
export const decodeYaml = (root: Node, float: (value: number) => RegoValue = jsonNumber): RegoValue =>
  new Decoder(float).document(root)

/** A double as OPA reads it out of JSON. */
const jsonNumber = (value: number): RegoValue => {
  if (!Number.isFinite(value)) return refuse('JSON has no such number')
  return Object.is(value, -0) ? new Decimal('-0') : value
}

const refuse = (reason: string): never => {
  throw new BuiltinRefusal(reason)
}

/** A key of a mapping, as go-yaml tells keys apart; the name is what JSON calls it. */
interface Key {
  readonly id: string
  readonly name: string | undefined
}

type Entries = Map<string, { readonly key: Key; readonly value: RegoValue }>

const nameOf = (resolved: Resolved): string | undefined => {
  switch (resolved.type) {
    case 'null':
    case 'timestamp':
      return undefined
    case 'merge':
      return '<<'
    case 'float':
      return singleText(resolved.value)
    default:
      return String(resolved.value)
  }
}

const isTextTag = (tag: string | undefined): boolean => tag === '!!str' || tag === '!!merge'

/** An instant without a tag is a text. */
const isInstant = ({ plain, tag, text }: Scalar): boolean =>
  plain && tag === undefined && parseTimestamp(text) !== undefined

const isPlainMerge = ({ plain, tag, text }: Scalar): boolean =>
  text === '<<' && (tag === undefined ? plain : tag === '!!merge')

/** What counts as a merge where several are made one. */
const hasMergeTag = ({ plain, tag, text }: Scalar): boolean =>
  tag === undefined ? plain && text === '<<' : tag === '!!merge'

const followed = (node: Node): Node => (node.type === 'alias' ? followed(node.target) : node)

/** True where go-yaml knows the key for a text before it decodes it. */
const isTextKey = (key: Node): boolean => {
  const node = followed(key)
  if (node.type !== 'scalar') return false
  if (node.tag !== undefined) return isTextTag(node.tag)
  return !node.plain || ['str', 'merge'].includes(resolve(node).type)
}

/** Several merges as one with a list, where the first of them stands. */
const collapseMerges = (pairs: readonly Pair[]): readonly Pair[] => {
  const merges = pairs.filter(([key]) => key.type === 'scalar' && hasMergeTag(key))
  const [first] = merges
  const items = merges.flatMap(([, value]) => (value.type === 'sequence' ? value.items : [value]))
  if (first === undefined || items.length < 2) return pairs
  return pairs.flatMap((pair): readonly Pair[] => {
    if (pair === first) return [[pair[0], { type: 'sequence', items }]]
    return merges.includes(pair) ? [] : [pair]
  })
}

/** The name by which equal keys are found; undefined where OPA does not look for them. */
const comparedName = (key: Node): string | undefined => {
  if (key.type !== 'scalar' || hasMergeTag(key) || isInstant(key)) return undefined
  try {
    return nameOf(resolve(key))
  } catch {
    return undefined
  }
}

/** Equal keys as one: at the place of the first, with the value of the last. */
const dropDuplicates = (pairs: readonly Pair[]): readonly Pair[] => {
  const kept: Pair[] = []
  const places = new Map<string, number>()
  for (const pair of pairs) {
    const name = comparedName(pair[0])
    const place = name === undefined ? undefined : places.get(name)
    if (place !== undefined) kept[place] = [(kept[place] as Pair)[0], pair[1]]
    else {
      if (name !== undefined) places.set(name, kept.length)
      kept.push(pair)
    }
  }
  return kept
}

/** How keys look, where equal ones must not be left. */
const writtenKey = (key: Node): string => {
  const text = key.type === 'scalar' ? key.text : key.type === 'alias' ? key.name : ''
  return `${key.type} ${text}`
}

// The share of decoded nodes that may come from aliases falls from the one to the other as documents grow.
const [FEW, MANY] = [400_000, 4_000_000]

const allowedShare = (decoded: number): number => {
  if (decoded <= FEW) return 0.99
  return decoded >= MANY ? 0.1 : 0.99 - 0.89 * ((decoded - FEW) / (MANY - FEW))
}

class Decoder {
  readonly #float: (value: number) => RegoValue
  #decoded = 0
  #fromAliases = 0
  #aliasDepth = 0
  readonly #openAliases = new Set<Node>()
  readonly #pairs = new Map<Mapping, readonly Pair[]>()

  constructor(float: (value: number) => RegoValue) {
    this.#float = float
  }

  document(root: Node): RegoValue {
    this.#count()
    return this.#value(root)
  }

  #count(): void {
    this.#decoded += 1
    if (this.#aliasDepth > 0) this.#fromAliases += 1
    const isMuch = this.#fromAliases > 100 && this.#decoded > 1_000
    if (isMuch && this.#fromAliases / this.#decoded > allowedShare(this.#decoded))
      refuse('too many nodes come from aliases')
  }

  /** What a node is, aliases followed, while it is being decoded. */
  #inside<A>(node: Node, decode: (node: Exclude<Node, { readonly type: 'alias' }>) => A): A {
    this.#count()
    if (node.type !== 'alias') return decode(node)
    if (this.#openAliases.has(node)) refuse('an alias stands inside of its anchor')
    this.#openAliases.add(node)
    this.#aliasDepth += 1
    const decoded = this.#inside(node.target, decode)
    this.#aliasDepth -= 1
    this.#openAliases.delete(node)
    return decoded
  }

  #value(node: Node): RegoValue {
    return this.#inside(node, (inner) => {
      if (inner.type === 'scalar') return this.#scalar(inner)
      if (inner.type === 'sequence') return inner.items.map((item) => this.#value(item))
      const entries: Entries = new Map()
      this.#mapping(inner, entries, this.#hasTextKeys(inner), undefined)
      return objectOf([...entries.values()].map(({ key, value }) => [key.name ?? refuse('a key is no text'), value]))
    })
  }

  #scalar(scalar: Scalar): RegoValue {
    if (isInstant(scalar)) return scalar.text
    const resolved = resolve(scalar)
    switch (resolved.type) {
      case 'null':
        return null
      case 'merge':
        return '<<'
      case 'int': {
        const double = Number(resolved.value)
        return Number.isSafeInteger(double) ? double : resolved.value
      }
      case 'float':
        return this.#float(resolved.value)
      case 'timestamp':
        return resolved.value === 'unprintable' ? refuse('an instant has no text') : resolved.value
      default:
        return resolved.value
    }
  }

  /** The pairs as OPA prepares them, once for each mapping. */
  #prepared(mapping: Mapping): readonly Pair[] {
    const known = this.#pairs.get(mapping)
    if (known !== undefined) return known
    const pairs = dropDuplicates(collapseMerges(mapping.pairs))
    if (new Set(pairs.map(([key]) => writtenKey(key))).size < pairs.length) refuse('a mapping has a key twice')
    this.#pairs.set(mapping, pairs)
    return pairs
  }

  #hasTextKeys(mapping: Mapping): boolean {
    return this.#prepared(mapping).every(([key]) => isTextKey(key))
  }

  /** Puts the entries of a mapping where they belong; `merged` holds the keys that a merge may not set again. */
  #mapping(mapping: Mapping, entries: Entries, textKeys: boolean, merged: Set<string> | undefined): void {
    const pairs = this.#prepared(mapping)
    let merge: Node | undefined
    for (const [keyNode, valueNode] of pairs) {
      if (keyNode.type === 'scalar' && isPlainMerge(keyNode)) {
        merge = valueNode
        continue
      }
      const key = this.#key(keyNode, textKeys)
      if (key === undefined || merged?.has(key.id)) continue
      merged?.add(key.id)
      entries.set(key.id, { key: entries.get(key.id)?.key ?? key, value: this.#value(valueNode) })
    }
    if (merge !== undefined) this.#merge(pairs, merge, entries, textKeys, merged)
  }

  /** Undefined for null where keys are texts: such a pair is left out. */
  #key(node: Node, asText: boolean): Key | undefined {
    return this.#inside(node, (inner): Key | undefined => {
      if (inner.type !== 'scalar') return refuse('a key is a list or a mapping')
      const resolved: Resolved = isInstant(inner) ? { type: 'str', value: inner.text } : resolve(inner)
      if (!asText)
        return {
          id: `${resolved.type === 'binary' || resolved.type === 'merge' ? 'str' : resolved.type} ${nameOf(resolved)}`,
          name: nameOf(resolved),
        }
      if (resolved.type === 'null') return undefined
      const name = resolved.type === 'binary' ? resolved.value : inner.text
      return { id: `str ${name}`, name }
    })
  }

  #merge(
    pairs: readonly Pair[],
    merge: Node,
    entries: Entries,
    textKeys: boolean,
    merged: Set<string> | undefined,
  ): void {
    const known = merged ?? new Set(pairs.flatMap(([key]) => this.#key(key, false)?.id ?? []))
    const take = (node: Node): void => {
      const target = node.type === 'alias' ? node.target : node
      if (target.type !== 'mapping') refuse('only mappings can be merged')
      this.#inside(node, (inner) => {
        if (inner.type === 'mapping') this.#mapping(inner, entries, textKeys, known)
      })
    }
    if (merge.type === 'sequence') for (const item of merge.items) take(item)
    else take(merge)
  }
}
