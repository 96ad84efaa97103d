import { dirname } from 'node:path'
import * as E from 'fp-ts/Either'
import type { Control } from '../../catalogue/control'
import { type Checklist, checklistOf } from '../../check'
import type { RegoOptions, RegoSource, RegoTestResult } from '../../compiler/index'
import { type PlacedExample, readExamples } from '../../examples/example'
import { faultsOf } from '../../examples/run-example'
import type { Source } from '../../manifest/index'
import { loadPack } from '../../node'
import type { Pack } from '../../pack/pack'
import { type Problem, problem } from '../../problem'
import { loadShipped } from '../packs'
import { buildControls } from './build-controls'
import { isTest, type PolicyFiles } from './files'
import { packageOf } from './libraries'
import { recorded, replayOf } from './recorded-pack'

/** What came of the cases in `examples.yaml`. */
export interface ExamplesRun {
  readonly results: readonly RegoTestResult[]
  /** Tests that evaluate the same again, for coverage. */
  readonly replay: RegoSource
  /** Controls that have no cases. */
  readonly without: readonly string[]
}

/** A control and its cases. */
interface Exemplified {
  readonly control: Control
  readonly placed: readonly PlacedExample[]
}

/** Builds the controls and runs their cases through the pack. `isWanted` says by name which. */
export const runExamples = async (
  files: PolicyFiles,
  options: RegoOptions,
  isWanted: (name: string) => boolean,
): Promise<E.Either<readonly Problem[], ExamplesRun>> => {
  const built = await buildControls(files, options)
  if (E.isLeft(built)) return built
  const loaded = await loadPack({ module: built.right.module })()
  if (E.isLeft(loaded)) return E.left([loaded.left])
  const { pack, calls } = recorded(loaded.right)
  const read = files.examples.map((file) => exemplified(pack, files.rego, file))
  const problems = read.flatMap((each) => (E.isLeft(each) ? [each.left] : []))
  if (problems.length > 0) return E.left(problems)
  const checklist = await besideShipped(pack)
  if (E.isLeft(checklist)) return E.left([checklist.left])
  const all = read.flatMap((each) => (E.isRight(each) ? [each.right] : []))
  const results = all.flatMap(({ control, placed }) =>
    placed.filter(({ example }) => isWanted(nameOf(control, example.case))).map(resultOf(checklist.right, control)),
  )
  const shown = new Set(all.map(({ control }) => control.id))
  return E.right({
    results,
    replay: replayOf(calls),
    without: pack.catalogue.controls.filter(({ id }) => !shown.has(id)).map(({ id }) => id),
  })
}

/** Beside the shipped controls, which cases may name too; in their place, under the same items, where it holds them itself. */
const besideShipped = async (pack: Pack): Promise<E.Either<Problem, Checklist>> => {
  const shipped = await loadShipped()
  if (E.isLeft(shipped)) return shipped
  const joined = checklistOf([shipped.right, pack])
  return E.isLeft(joined) && joined.left.code === 'pack-clash'
    ? checklistOf([{ ...pack, catalogue: { ...shipped.right.catalogue, ...pack.catalogue } }])
    : joined
}

/** The cases of a file, and the control whose Rego stands beside it. */
const exemplified = (pack: Pack, rego: readonly RegoSource[], file: Source): E.Either<Problem, Exemplified> => {
  const beside = rego.filter((source) => dirname(source.name) === dirname(file.name) && !isTest(source))
  const packages = new Set(beside.map(({ text }) => packageOf(text)))
  const controls = pack.catalogue.controls.filter((control) => packages.has(packageOfControl(control)))
  const [control] = controls
  if (control === undefined || controls.length > 1) {
    const start = { line: 1, column: 1 }
    return E.left(
      problem(
        'example-invalid',
        { path: '', expected: `one control in the folder of the examples, found ${controls.length}` },
        { source: file.name, start, end: start },
      ),
    )
  }
  const read = readExamples(file)
  return E.isLeft(read) ? read : E.right({ control, placed: read.right })
}

const packageOfControl = ({ item, name }: Control): string => `controls.${item.toLowerCase()}.${name}`

/** As tests are named, with the sentence of the case. */
const nameOf = (control: Control, sentence: string): string => `data.${packageOfControl(control)} / ${sentence}`

const resultOf =
  (checklist: Checklist, control: Control) =>
  ({ example, location }: PlacedExample): RegoTestResult => {
    const started = performance.now()
    const faults = faultsOf(checklist, control, example)
    return {
      name: nameOf(control, example.case),
      outcome: faults.length === 0 ? 'pass' : 'fail',
      milliseconds: Math.round((performance.now() - started) * 1000) / 1000,
      location,
      ...(faults.length === 0 ? {} : { failedAt: { text: faults.join('\n'), values: {} } }),
    }
  }
