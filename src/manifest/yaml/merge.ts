import { isArray, isObject, type Json, type JsonObject } from '../../json'
import type { Node } from './syntax-tree'

const MERGE_TAG = 'tag:yaml.org,2002:merge'

/** Only a plain `<<` merges; quoted it is a key like any other. */
export const isMerge = (key: Node): boolean =>
  key.type === 'scalar' && key.text === '<<' && (key.tag === undefined ? key.plain : key.tag === MERGE_TAG)

/** The mappings that a merged value brings, or nothing where it brings something else. */
export const mergeSources = (value: Json): readonly JsonObject[] | undefined => {
  if (isObject(value)) return [value]
  return isArray(value) && value.every(isObject) ? value : undefined
}
