import { isArray, isObject, type Json, type JsonObject, member, type Path } from '../json'
import { typeOfId } from './azure-id'
import {
  besideSubProperties,
  canonicalType,
  hasFreeKeys,
  hiddenName,
  isSubResourceList,
  propertyName,
  topLevelName,
} from './azure-names'

/** A resource of Azure Resource Manager in the shape that its REST interface gives. */
export interface AzureResource {
  /** In canonical letters: `Microsoft.ContainerService/managedClusters`. */
  readonly type: string
  readonly id?: string
  readonly name: string
  /** `{id, name, type, location, sku, ..., properties: {...}}`, names in canonical letters. */
  readonly resource: JsonObject
  /** Where the resource stands inside the value it was read from. */
  readonly path: Path
}

/**
 * The Azure resources that a value holds, whichever tool printed it: the REST interface, `az ... show`, a Resource
 * Graph row, a list of these, or a collector's wrapper around one. Undefined when it holds none.
 */
export const readAzure = (value: JsonObject): readonly AzureResource[] | undefined => {
  const found = readAt(value, [])
  return found.length === 0 ? undefined : found
}

const readAt = (value: Json | undefined, path: Path): readonly AzureResource[] => {
  if (!isObject(value)) return []
  const type = typeOf(value)
  if (type !== undefined) return [read(value, type, path), ...children(value, type, path)]
  const held = heldBy(value)
  if (held === undefined) return []
  const inside = value[held]
  return isArray(inside)
    ? inside.flatMap((item, position) => readAt(item, [...path, held, position]))
    : readAt(inside, [...path, held])
}

/** The key under which a list of the REST interface, a Resource Graph answer or a collector keeps its resources. */
const heldBy = (value: JsonObject): string | undefined => {
  if (looksLikeKubernetes(value))
    return textAt(value, 'apiVersion')?.startsWith('management.azure.com/') ? 'data' : undefined
  return ['value', 'data'].find((key) => isArray(member(value, key)))
}

// A deployment's resource has an apiVersion too, a date, and some have a kind.
const looksLikeKubernetes = (value: JsonObject): boolean => {
  const apiVersion = textAt(value, 'apiVersion')
  return apiVersion !== undefined && !/^\d{4}-\d\d-\d\d/.test(apiVersion) && textAt(value, 'kind') !== undefined
}

const TYPE = /^[a-z][a-z0-9]*(\.[a-z0-9]+)+(\/[^/\s]+)+$/i

const typeOf = (value: JsonObject): string | undefined => {
  if (looksLikeKubernetes(value)) return undefined
  const type = textAt(value, 'type')
  const id = textAt(value, 'id')
  const typeFromId = id === undefined ? undefined : typeOfId(id)
  // Other things have a type with a slash too: a Secret's is `kubernetes.io/tls`.
  const isKnown = type?.toLowerCase().startsWith('microsoft.') === true || typeFromId !== undefined
  if (isKnown && type !== undefined && TYPE.test(type)) return canonicalType(type)
  // A bare {id: ...} is a reference to a resource, not the resource.
  return Object.keys(value).length > 1 ? typeFromId : undefined
}

const read = (value: JsonObject, type: string, path: Path, knownId?: string): AzureResource => {
  const id = textAt(value, 'id') ?? knownId
  const name = textAt(value, 'name') ?? id?.split('/').at(-1) ?? ''
  const resource = { ...normalised(value, type), type, name, ...(id === undefined ? {} : { id }) }
  return { type, name, resource, path, ...(id === undefined ? {} : { id }) }
}

/** Child resources of a deployment stand inside their parent and name the last part of their type only. */
const children = (value: JsonObject, type: string, path: Path): readonly AzureResource[] => {
  const key = keyOf(value, 'resources')
  const items = key === undefined ? undefined : value[key]
  if (key === undefined || !isArray(items)) return []
  const parent = textAt(value, 'id')
  return items.flatMap((item, position) => {
    const at = [...path, key, position]
    const childType = textAt(item, 'type')
    if (!isObject(item) || childType === undefined || TYPE.test(childType)) return readAt(item, at)
    const id = parent === undefined ? undefined : `${parent}/${childType}/${textAt(item, 'name') ?? ''}`
    return [read(item, canonicalType(`${type}/${childType}`), at, id)]
  })
}

const normalised = (value: JsonObject, type: string): JsonObject => {
  const flattened = keyOf(value, 'properties') === undefined
  const beside: [string, Json][] = []
  const inside: [string, Json][] = []
  for (const [key, item] of membersOf(value)) {
    const top = hiddenName(key) === undefined ? topLevelName(type, key) : undefined
    if (top === 'resources' && isArray(item)) continue
    // `type` is the resource's own unless it holds something else, which then was a property.
    const taken = top === 'type' && !(typeof item === 'string' && TYPE.test(item))
    if (flattened && (top === undefined || taken)) inside.push(renamed(key, item, type))
    else beside.push([top ?? key, contentOf(top ?? key, item, type)])
  }
  return Object.fromEntries(inside.length > 0 ? [...beside, ['properties', Object.fromEntries(inside)]] : beside)
}

const renamed = (key: string, item: Json, type: string): [string, Json] => {
  const name = propertyName(hiddenName(key) ?? key)
  return [name, contentOf(name, item, type)]
}

const contentOf = (name: string, item: Json, type: string): Json => {
  if (isArray(item)) {
    const each = isSubResourceList(type, name) ? subResource : nested
    return item.map((one) => each(one, type))
  }
  return hasFreeKeys(name) ? item : nested(item, type)
}

const nested = (item: Json, type: string): Json => {
  if (isArray(item)) return item.map((one) => nested(one, type))
  return isObject(item) ? Object.fromEntries(membersOf(item).map(([key, one]) => renamed(key, one, type))) : item
}

const subResource = (item: Json, type: string): Json => {
  if (!isObject(item) || keyOf(item, 'properties') !== undefined) return nested(item, type)
  const isBeside = (key: string): boolean => hiddenName(key) === undefined && besideSubProperties(key)
  const members = membersOf(item)
  const beside = members.filter(([key]) => isBeside(key)).map(([key, one]) => renamed(key, one, type))
  const inside = members.filter(([key]) => !isBeside(key)).map(([key, one]) => renamed(key, one, type))
  // Nothing but an id is a reference.
  return Object.fromEntries(inside.length > 0 ? [...beside, ['properties', Object.fromEntries(inside)]] : beside)
}

/**
 * From a path in a normalised resource to the path in the value it was read from (that at `AzureResource.path`):
 * letters as they stand there, `properties` left out where a tool left it out. Where the path leaves the value, that
 * of the closest existing parent.
 */
export const sourcePath = (raw: Json, path: Path): Path => {
  const found: (string | number)[] = []
  let at: Json | undefined = raw
  let skipped = false
  for (const segment of path) {
    const key: string | number | undefined =
      typeof segment === 'number' ? positionIn(at, segment) : keyOf(at, segment, skipped)
    if (key === undefined && segment === 'properties' && isObject(at)) {
      skipped = true
      continue
    }
    if (key === undefined) break
    skipped = false
    found.push(key)
    at = typeof key === 'number' ? (isArray(at) ? at[key] : undefined) : member(at, key)
  }
  return found
}

const positionIn = (value: Json | undefined, position: number): number | undefined =>
  isArray(value) && position >= 0 && position < value.length ? position : undefined

/** The key of an object that stands for a name: exact letters first, else any letters; after a flattened level the hidden name before both. */
const keyOf = (value: Json | undefined, name: string, flattened = false): string | undefined => {
  if (!isObject(value)) return undefined
  const keys = Object.keys(value)
  const same = (key: string): boolean => key.toLowerCase() === name.toLowerCase()
  const hidden = (key: string): boolean => same(hiddenName(key) ?? '')
  const plain = keys.includes(name) ? name : keys.find(same)
  return flattened ? (keys.find(hidden) ?? plain) : (plain ?? keys.find(hidden))
}

/** The members of an object without those that differ in letters only from the one that `keyOf` finds. */
const membersOf = (value: JsonObject): readonly (readonly [string, Json])[] =>
  Object.entries(value).filter(([key]) => {
    const name = propertyName(key)
    return name === key || keyOf(value, name) === key
  })

const textAt = (value: Json | undefined, name: string): string | undefined => {
  const key = keyOf(value, name)
  const text = key === undefined ? undefined : member(value, key)
  return typeof text === 'string' ? text : undefined
}
