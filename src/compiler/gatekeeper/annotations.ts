import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, exact } from '../../codec'
import { isObject, type JsonObject, valueAt } from '../../json'
import { type Problem, problem } from '../../problem'
import { type Entry, locationOf } from '../parsed-document'

const PREFIX = 'aks-checklist/'

const own = exact(
  'annotations',
  {},
  {
    id: t.string,
    item: t.string,
    title: t.string,
    description: t.string,
    remediation: t.string,
    severity: t.keyof({ critical: null, high: null, medium: null, low: null }, 'critical, high, medium or low'),
    tier: t.keyof({ core: null, extended: null }, 'core or extended'),
    /** Kinds, with commas. */
    needs: t.string,
  },
)

/** What annotations say of a control: `aks-checklist/item` and the like, and those of Gatekeeper's library. */
export interface Annotations extends t.TypeOf<typeof own> {
  /** Groups and kinds that a template reads from the inventory; absent where it does not say. */
  readonly synced?: readonly { readonly groups: readonly string[]; readonly kinds: readonly string[] }[]
}

/** Reads the annotations of a template or constraint. Left: one of this project's that it does not know. */
export const annotationsOf = (entry: Entry, kind: string, name: string): E.Either<Problem, Annotations> => {
  const found = valueAt(entry.value, ['metadata', 'annotations'])
  const all: JsonObject = isObject(found) ? found : {}
  const named = Object.entries(all).filter(([key]) => key.startsWith(PREFIX))
  const read = decode(own, Object.fromEntries(named.map(([key, value]) => [key.slice(PREFIX.length), value])))
  if (E.isLeft(read)) {
    const key = `${PREFIX}${read.left.path[0] ?? ''}`
    return E.left(
      problem(
        'gatekeeper-invalid',
        { kind, name, path: `metadata.annotations["${key}"]`, expected: read.left.expected },
        locationOf(entry, ['metadata', 'annotations', key]),
      ),
    )
  }
  const title = all['metadata.gatekeeper.sh/title']
  const description = all['description']
  const synced = syncedIn(all['metadata.gatekeeper.sh/requires-sync-data'])
  return E.right({
    ...(typeof title === 'string' ? { title: title.trim() } : {}),
    ...(typeof description === 'string' ? { description: description.trim() } : {}),
    ...read.right,
    ...(synced === undefined ? {} : { synced }),
  })
}

const requirement = t.type({ groups: t.readonlyArray(t.string), kinds: t.readonlyArray(t.string) })
const requirements = t.readonlyArray(t.readonlyArray(requirement))

/** JSON, which the library writes with quotation marks around it. Each inner list holds equivalents. */
const syncedIn = (text: unknown): Annotations['synced'] => {
  if (typeof text !== 'string') return undefined
  const json = E.tryCatch(
    (): unknown => JSON.parse(text.slice(text.indexOf('['), text.lastIndexOf(']') + 1)),
    () => undefined,
  )
  const read = E.isRight(json) ? decode(requirements, json.right) : json
  return E.isRight(read) ? read.right.flat() : undefined
}
