import { isArray, isObject, type Json, type JsonObject } from '../json'

/** A tree of the fields to keep; an empty tree keeps the whole value. */
interface Fields {
  readonly [key: string]: Fields
}

const POD_SPEC: Readonly<Record<string, readonly string[]>> = {
  Pod: ['spec'],
  PodTemplate: ['template', 'spec'],
  CronJob: ['spec', 'jobTemplate', 'spec', 'template', 'spec'],
}
const TEMPLATE_SPEC = ['spec', 'template', 'spec']

const placeOf = (kind: string, head: string): readonly string[] => {
  const spec = POD_SPEC[kind] ?? TEMPLATE_SPEC
  if (head === 'podSpec') return spec
  return head === 'podTemplate' ? spec.slice(0, -1) : [head]
}

const SEGMENT = /\[([^\]]*)\]|([^.[\]]+)/g

/** `podSpec.containers.image` and `metadata.annotations[a.b/c]` as keys, the pod spec resolved for the kind. */
const fieldPath = (kind: string, field: string): readonly string[] => {
  const [head = '', ...rest] = [...field.matchAll(SEGMENT)].map((match) => match[1] ?? match[2] ?? '')
  return [...placeOf(kind, head), ...rest]
}

const ALWAYS = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace', 'id', 'name', 'type']

type Growing = { [key: string]: Growing }

const treeOf = (paths: readonly (readonly string[])[]): Fields => {
  const root: Growing = {}
  // Longer paths first: a shorter one then empties its subtree and keeps the whole value.
  for (const path of [...paths].sort((a, b) => b.length - a.length)) {
    let at = root
    path.forEach((key, n) => {
      if (n === path.length - 1) at[key] = {}
      else {
        at[key] ??= {}
        at = at[key]
      }
    })
  }
  return root
}

const keep = (value: Json, fields: Fields): Json => {
  const keys = Object.keys(fields)
  if (keys.length === 0) return value
  if (isArray(value)) return value.map((entry) => keep(entry, fields))
  // A value of the wrong type is kept as it is, for the control to see.
  if (!isObject(value)) return value
  const made: Record<string, Json> = {}
  for (const key of keys) {
    const found = value[key]
    const inner = fields[key]
    if (found !== undefined && inner !== undefined && Object.hasOwn(value, key)) made[key] = keep(found, inner)
  }
  return made
}

/** Projects resources of a kind to the fields named; without any, the whole resource but its status. */
export const projectionOf = (kind: string, reads: readonly string[] | undefined): ((value: JsonObject) => Json) => {
  if (reads === undefined) {
    return ({ status: _, ...rest }) => rest
  }
  const fields = treeOf([...ALWAYS, ...reads].map((field) => fieldPath(kind, field)))
  return (value) => keep(value, fields)
}
