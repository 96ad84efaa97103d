import { isArray, isObject, type Json, type JsonObject, member, type Path } from '../json'

/** One candidate for a resource: a value and where in its document it stands. */
export interface Entry {
  readonly value: JsonObject
  readonly path: Path
}

/** `PodList` of `v1`: the kind of entries that do not repeat it. */
const listedKind = (kind: string): string => (kind === 'List' ? '' : kind.slice(0, -'List'.length))

const inherit = (entry: JsonObject, apiVersion: Json | undefined, kind: string): JsonObject =>
  kind === '' || entry['kind'] !== undefined || apiVersion === undefined ? entry : { apiVersion, kind, ...entry }

const ofArray = (entries: readonly Json[], path: Path): readonly Entry[] =>
  entries.flatMap((value, at) => (isObject(value) ? entriesOf(value, [...path, at]) : []))

/**
 * The single resources of a value: the entries of a Kubernetes list, of an array (`az ... list`), of an ARM list
 * response (`value`) or a Resource Graph answer (`data`); otherwise the value itself.
 */
export const entriesOf = (value: Json, path: Path = []): readonly Entry[] => {
  if (isArray(value)) return ofArray(value, path)
  if (!isObject(value)) return []
  const kind = value['kind']
  const items = value['items']
  if (typeof kind === 'string' && kind.endsWith('List') && (isArray(items) || items === null || items === undefined)) {
    const inherited = listedKind(kind)
    return (items ?? []).flatMap((entry, at) =>
      isObject(entry) ? entriesOf(inherit(entry, value['apiVersion'], inherited), [...path, 'items', at]) : [],
    )
  }
  if (kind === undefined) {
    for (const key of ['value', 'data'] as const) {
      const listed = member(value, key)
      if (isArray(listed) && value['id'] === undefined && value['type'] === undefined)
        return ofArray(listed, [...path, key])
    }
  }
  return [{ value, path }]
}

/** True for a list that holds nothing; it is understood, and there is nothing in it. */
export const isEmptyList = (value: Json): boolean =>
  (isArray(value) && value.length === 0) ||
  (isObject(value) &&
    typeof value['kind'] === 'string' &&
    value['kind'].endsWith('List') &&
    entriesOf(value).length === 0)
