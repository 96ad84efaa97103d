import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, exact, jsonObject, pathText } from '../codec'
import { locationIn, readSource, type Source } from '../manifest/index'
import { type Location, type Problem, problem } from '../problem'

const example = exact(
  'example',
  {
    case: t.string,
    verdict: t.union([
      t.literal('pass'),
      t.literal('fail'),
      t.literal('unknown'),
      t.literal('not-applicable'),
      t.literal('waived'),
    ]),
    manifest: t.string,
  },
  { now: t.string, complete: t.boolean, parameters: jsonObject, unlocated: t.number, kubernetesVersion: t.string },
)

/** One case of `examples.yaml`: a manifest, and what a control says of it. */
export type Example = t.TypeOf<typeof example>

/** A case and where it stands. */
export interface PlacedExample {
  readonly example: Example
  readonly location: Location
}

/** Reads `examples.yaml`, a list of cases. Errors: not one document, or a field that is missing, unknown or of another type. */
export const readExamples = (source: Source): E.Either<Problem, readonly PlacedExample[]> => {
  const { documents, problems } = readSource(source)
  const [document] = documents
  if (problems[0] !== undefined) return E.left(problems[0])
  if (document === undefined || documents.length > 1)
    return E.left(problem('example-invalid', { path: '', expected: `one document in ${source.name}` }))
  const read = decode(t.readonlyArray(example), document.value)
  if (E.isLeft(read)) {
    const { path, expected } = read.left
    return E.left(problem('example-invalid', { path: pathText(path), expected }, locationIn(document, path)))
  }
  return E.right(read.right.map((each, at) => ({ example: each, location: locationIn(document, [at]) })))
}

/** A finding that a manifest says it has. */
export interface Marker {
  readonly id: string
  readonly line: number
}

/** The marker comments of a manifest, found by scanning its lines: YAML libraries move comments. */
export const markersIn = (manifest: string): readonly Marker[] =>
  manifest.split('\n').flatMap((text, at) => {
    const ids = /# finding (\S+(?:, *\S+)*)\s*$/.exec(text)?.[1]
    return (ids?.split(',') ?? []).map((id) => ({ id: id.trim(), line: at + 1 }))
  })
