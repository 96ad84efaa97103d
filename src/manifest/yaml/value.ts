import type { Json } from '../../json'
import type { Limits } from '../document'
import { type Refusal, Refused, syntax, tooMuch } from '../refusal'
import { isMerge, mergeSources } from './merge'
import { isCollectionTag, keyName, type Resolved, resolvePlain, resolveTagged } from './scalar'
import type { List, Mapping, Node, Scalar } from './syntax-tree'

/** The value of a document, and its duplicate keys; throws `Refused` where kubectl would refuse it. */
export const readValue = (
  root: Node,
  source: string,
  limits: Limits,
): { readonly value: Json; readonly duplicates: readonly Refusal[] } => {
  const reader = new ValueReader(source, limits)
  return { value: reader.read(root, 0), duplicates: reader.duplicates }
}

type Members = Record<string, Json>
interface Size {
  readonly values: number
  readonly height: number
}

class ValueReader {
  readonly duplicates: Refusal[] = []
  /** What each anchor stands for so far; `undefined` while it is being read. */
  private readonly anchors = new Map<string, Json | undefined>()
  private readonly sizes = new WeakMap<object, Size>()
  private aliased = 0

  constructor(
    private readonly source: string,
    private readonly limits: Limits,
  ) {}

  read(node: Node, level: number): Json {
    if (node.type === 'alias') return this.follow(node.anchor, node, level)
    if (level > this.limits.depth) throw new Refused(tooMuch(this.source, this.limits, 'depth', node.start))
    if (node.anchor !== undefined) this.anchors.set(node.anchor, undefined)
    const value = this.content(node, level)
    if (node.anchor !== undefined) this.anchors.set(node.anchor, value)
    return value
  }

  private content(node: Scalar | List | Mapping, level: number): Json {
    if (node.type === 'scalar') return finite(resolve(node), node).value
    if (node.tag !== undefined && !isCollectionTag(node.tag)) throw new Refused(unknownTag(node.tag, node))
    if (node.type === 'list') return node.items.map((item) => this.read(item, level + 1))
    return this.mapping(node, level)
  }

  /** Values are shared, not copied; what is counted is what they would be when written out. */
  private follow(anchor: string, at: Node, level: number): Json {
    const value = this.anchors.get(anchor)
    if (value === undefined) {
      const reason = this.anchors.has(anchor)
        ? `The anchor ${anchor} stands for a value that contains itself`
        : `The alias ${anchor} has no anchor before it`
      throw new Refused(syntax(reason, at.start, at.end))
    }
    const { values, height } = this.size(value)
    this.aliased += values
    if (this.aliased > this.limits.aliases) throw new Refused(tooMuch(this.source, this.limits, 'aliases', at.start))
    if (level + height > this.limits.depth) throw new Refused(tooMuch(this.source, this.limits, 'depth', at.start))
    return value
  }

  private size(value: Json): Size {
    if (typeof value !== 'object' || value === null) return { values: 1, height: 0 }
    const known = this.sizes.get(value)
    if (known !== undefined) return known
    const parts = Object.values(value).map((part) => this.size(part))
    const size = {
      values: parts.reduce((sum, part) => sum + part.values, 1),
      height: 1 + parts.reduce((most, part) => Math.max(most, part.height), 0),
    }
    this.sizes.set(value, size)
    return size
  }

  private mapping(node: Mapping, level: number): Json {
    const members: Members = {}
    const written = new Set<string>()
    for (const { key, value } of node.pairs) {
      if (isMerge(key)) {
        this.merge(members, value, level)
        continue
      }
      const name = this.name(key)
      if (written.has(name))
        this.duplicates.push({ code: 'duplicate-key', data: { key: name }, start: key.start, end: key.end })
      written.add(name)
      setMember(members, name, this.read(value, level + 1))
    }
    return members
  }

  /** go-yaml lets a merge override the keys that stand before it; of several sources the first one wins. */
  private merge(members: Members, value: Node, level: number): void {
    const merged = this.read(value, level)
    const sources = mergeSources(merged)
    if (sources === undefined)
      throw new Refused(syntax('A merge (<<) needs a mapping or a list of mappings', value.start, value.end))
    for (const source of sources.toReversed())
      for (const [name, member] of Object.entries(source)) setMember(members, name, member)
  }

  private name(key: Node): string {
    if (key.type === 'alias') return nameOfValue(this.follow(key.anchor, key, 0), key)
    if (key.type !== 'scalar') throw new Refused(badKey(key))
    const name = keyName(resolve(key))
    if (name === undefined) throw new Refused(badKey(key))
    if (key.anchor !== undefined) this.anchors.set(key.anchor, resolve(key).value)
    return name
  }
}

const nameOfValue = (value: Json, key: Node): string => {
  if (value === null || typeof value === 'object') throw new Refused(badKey(key))
  return String(value)
}

const badKey = (key: Node): Refusal =>
  syntax('A key must be a text, a number or a boolean', key.start, Math.max(key.end, key.start + 1))

const resolve = (node: Scalar): Resolved => {
  if (node.tag === undefined) return node.plain ? resolvePlain(node.text) : { kind: 'str', value: node.text }
  const resolved = resolveTagged(node.tag, node.text)
  if (resolved === undefined) throw new Refused(unknownTag(node.tag, node))
  if (resolved === 'mismatch')
    throw new Refused(syntax(`This text is not what the tag ${shortTag(node.tag)} says`, node.start, node.end))
  return resolved
}

const finite = (resolved: Resolved, node: Scalar): Resolved => {
  if (resolved.kind === 'float' && !Number.isFinite(resolved.value))
    throw new Refused(syntax(`Infinity and not-a-number are no numbers of JSON`, node.start, node.end))
  return resolved
}

const unknownTag = (tag: string, node: Node): Refusal => ({
  code: 'unknown-tag',
  data: { tag: shortTag(tag) },
  start: node.start,
  end: node.end,
})

const shortTag = (tag: string): string => tag.replace(/^tag:yaml\.org,2002:/, '!!')

/** Assignment to `__proto__` would set the prototype. */
const setMember = (members: Members, name: string, value: Json): void => {
  if (name !== '__proto__') members[name] = value
  else Object.defineProperty(members, name, { value, enumerable: true, configurable: true, writable: true })
}
