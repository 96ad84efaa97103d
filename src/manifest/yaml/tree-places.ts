import type { Place } from '../place'
import { isMerge } from './merge'
import { keyName, resolvePlain, resolveTagged } from './scalar'
import type { Mapping, Node } from './syntax-tree'

/** The places of a document that was read without a refusal. */
export const placesOf = (root: Node): Place => new PlaceReader().read(root, root.start)

class PlaceReader {
  private readonly anchors = new Map<string, { readonly place: Place; readonly name: string | undefined }>()

  /** A field starts at its key: what a path leads into through an alias is the anchor's content. */
  read(node: Node, start: number): Place {
    const place: Place = { start, end: node.end, ...this.inside(node) }
    if (node.type !== 'alias' && node.anchor !== undefined) this.anchors.set(node.anchor, { place, name: nameOf(node) })
    return place
  }

  private inside(node: Node): Pick<Place, 'members' | 'items'> {
    if (node.type === 'scalar') return {}
    if (node.type === 'list') return { items: node.items.map((item) => this.read(item, item.start)) }
    if (node.type === 'mapping') return { members: this.members(node) }
    const target = this.anchors.get(node.anchor)?.place
    return {
      ...(target?.members === undefined ? {} : { members: target.members }),
      ...(target?.items === undefined ? {} : { items: target.items }),
    }
  }

  private members(node: Mapping): ReadonlyMap<string, Place> {
    const members = new Map<string, Place>()
    for (const { key, value } of node.pairs) {
      if (isMerge(key)) this.merge(members, this.read(value, value.start))
      else {
        const name = key.type === 'alias' ? this.anchors.get(key.anchor)?.name : nameOf(key)
        const keyPlace = this.read(key, key.start)
        const place = this.read(value, key.start)
        if (name !== undefined) members.set(name, { ...place, end: Math.max(place.end, keyPlace.end) })
      }
    }
    return members
  }

  private merge(members: Map<string, Place>, merged: Place): void {
    const sources = merged.items ?? [merged]
    for (const source of sources.toReversed())
      for (const [name, place] of source.members ?? []) members.set(name, place)
  }
}

const nameOf = (key: Node): string | undefined => {
  if (key.type !== 'scalar') return undefined
  if (key.tag === undefined) return key.plain ? keyName(resolvePlain(key.text)) : key.text
  const resolved = resolveTagged(key.tag, key.text)
  return resolved === undefined || resolved === 'mismatch' ? undefined : keyName(resolved)
}
