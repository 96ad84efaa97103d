import { isRegoObject, memberOf, type RegoValue } from '../../../value'
import draft04 from './draft-04.json'
import draft06 from './draft-06.json'
import draft07 from './draft-07.json'
import { refuseNot, refuseRoot } from './invalid-schema'
import { parseReference } from './reference'

/** Where a schema names no draft: the keywords of all of them. */
export const HYBRID = 8

export type Draft = 4 | 6 | 7 | typeof HYBRID

const DRAFTS: Readonly<Record<string, Exclude<Draft, typeof HYBRID>>> = {
  'http://json-schema.org/draft-04/schema': 4,
  'http://json-schema.org/draft-06/schema': 6,
  'http://json-schema.org/draft-07/schema': 7,
}

const META_SCHEMAS: Readonly<Record<Exclude<Draft, typeof HYBRID>, RegoValue>> = { 4: draft04, 6: draft06, 7: draft07 }

const draftAt = (url: string): Exclude<Draft, typeof HYBRID> | undefined =>
  Object.hasOwn(DRAFTS, url) ? DRAFTS[url] : undefined

/** The schema of the schemas of a draft, by its address. */
export const metaSchemaAt = (url: string): RegoValue | undefined => {
  const draft = draftAt(url)
  return draft === undefined ? undefined : META_SCHEMAS[draft]
}

/**
 * The draft that a schema names, if it names one of the three.
 *
 * @throws `InvalidSchema` where the document is no schema.
 */
export const draftOf = (document: RegoValue): Draft | undefined => {
  if (typeof document === 'boolean') return undefined
  if (!isRegoObject(document)) return refuseRoot()
  const named = memberOf(document, '$schema')
  if (named === undefined) return undefined
  return typeof named === 'string' ? draftAt(parseReference(named).text) : refuseNot('$schema', 'string')
}
