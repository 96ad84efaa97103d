import { type Either, isLeft, isRight } from 'fp-ts/Either'
import { shippedLibraries } from '../../src/cli/policy/libraries'
import {
  type BuildConftestPackOptions,
  buildConftestPack,
  buildGatekeeperPack,
  type ForeignPack,
  type ForeignPackOptions,
} from '../../src/compiler/index'
import { readSource } from '../../src/manifest/index'
import { loadPack, type Pack } from '../../src/pack/pack'
import type { Problem } from '../../src/problem'
import type { Builtins } from '../../src/rego/builtin'
import type { Report } from '../../src/report/build'
import { right, shipped } from '../checklist'
import { loaded } from '../compiler/loaded'

/** Lines further to the right. */
export const indented = (rego: string, by: number): string =>
  rego
    .trim()
    .split('\n')
    .map((line) => (line === '' ? '' : `${' '.repeat(by)}${line}`))
    .join('\n')

/** The older shape: Rego directly under the target, in v0. */
export const template = (
  kind: string,
  rego: string,
  annotations = '',
): string => `apiVersion: templates.gatekeeper.sh/v1beta1
kind: ConstraintTemplate
metadata:
  name: ${kind.toLowerCase()}${annotations}
spec:
  crd: {spec: {names: {kind: ${kind}}}}
  targets:
    - target: admission.k8s.gatekeeper.sh
      rego: |
${indented(rego, 8)}
---
`

/** A constraint of a template. */
export const constraint = (
  kind: string,
  name: string,
  spec = '',
  annotations = '',
): string => `apiVersion: constraints.gatekeeper.sh/v1beta1
kind: ${kind}
metadata:
  name: ${name}${annotations}
spec:
  enforcementAction: deny${spec}
---
`

/** Builds what a YAML text holds of Gatekeeper. */
export const gatekeeper = async (
  text: string,
  options: Partial<ForeignPackOptions> = {},
): Promise<Either<readonly Problem[], ForeignPack>> =>
  buildGatekeeperPack(readSource({ name: 'policies.yaml', text }).documents, {
    libraries: await shippedLibraries(),
    compiler: await loaded(),
    ...options,
  })()

/** Builds Conftest policies, given by file. */
export const conftest = async (
  files: Readonly<Record<string, string>>,
  options: Partial<BuildConftestPackOptions> = {},
): Promise<Either<readonly Problem[], ForeignPack>> =>
  buildConftestPack(
    Object.entries(files).map(([name, text]) => ({ name, text })),
    { libraries: await shippedLibraries(), compiler: await loaded(), ...options },
  )()

/** The problems of a build that failed: code, source, line. */
export const refused = (built: Either<readonly Problem[], ForeignPack>): readonly (readonly (string | number)[])[] => {
  if (isRight(built)) throw new Error('it was built')
  return built.left.map(({ code, location }) => [
    code,
    ...(location === undefined ? [] : [location.source, location.start.line, location.start.column]),
  ])
}

export const packOf = async (
  building: Promise<Either<readonly Problem[], ForeignPack>>,
  name = 'theirs',
  builtins: Builtins = {},
): Promise<Pack> => {
  const built = await building
  if (isLeft(built)) throw new Error(built.left.map(({ message }) => message).join('\n'))
  return right(await loadPack({ module: built.right.module, name, builtins })())
}

/** Checks a text with the pack beside the shipped checklist, of which only the pack's controls are run. */
export const judged = async (pack: Pack, text: string, options = {}): Promise<Report> => {
  const checklist = right((await shipped()).with(pack))
  const controls = pack.catalogue.controls.map(({ id }) => id)
  return right(checklist.check([{ name: 'input.yaml', text }], { controls, ...options }))
}

/** Findings as rows: control, name, path, line. */
export const findings = (report: Report): readonly (readonly (string | number)[])[] =>
  report.findings.map(({ controlId, resource, path, location }) => [
    controlId,
    'name' in resource ? resource.name : 'Cluster',
    path.join('.'),
    location?.start.line ?? 0,
  ])

/** A control's verdict, how many it judged, and what was missing. */
export const verdict = (report: Report, id: string): readonly unknown[] => {
  const control = report.controls.find((each) => each.id === id)
  return [control?.verdict, control?.checked, control?.missing]
}
