import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import type { JsonObject } from '../../json'
import { type Problem, problem } from '../../problem'
import { compileRego } from '../compile-rego'
import { compilerOptions, DEFAULT_ITEM, type ForeignPack, type ForeignPackOptions } from '../foreign-pack'
import { codeOf, dataRead, neededLibraries, packageOf } from '../foreign-rego'
import { type InspectedModule, inspectRego } from '../inspect-rego'
import { ENTRYPOINT, packModule, reservedIn } from '../pack-module'
import type { RegoSource } from '../source'
import { type ConftestControl, conftestControl } from './control'
import { conftestRules, packagesWithRules } from './rules'

export interface BuildConftestPackOptions extends ForeignPackOptions {
  /** The packages whose rules are asked, which Conftest calls namespaces. Default: `main`, or every one where it has no rules. */
  readonly packages?: readonly string[] | 'all'
  /** How texts are read that say nothing about it. Default: v1, and v0 where a text is not v1. */
  readonly regoVersion?: 'v0' | 'v1'
  /** What the Rego reads as `data`: the content of the files given to Conftest with `--data`. */
  readonly data?: JsonObject
}

/** The controls, and the packages that hold rules which nobody asks. */
interface Asked {
  readonly controls: readonly ConftestControl[]
  readonly unasked: readonly string[]
}

/** A source as it is compiled, and what it declares. */
interface Module {
  readonly source: RegoSource
  readonly inspected: InspectedModule
}

/**
 * Makes a pack of policies written for Conftest: each `deny`, `violation` or `warn` rule of the packages is a control over every
 * Kubernetes object; exceptions count. Files named `_test.rego` are passed over. Errors: Rego that does not compile, no rule at all,
 * and what only Conftest has: combined input, and `data.conftest`.
 */
export const buildConftestPack = (
  sources: readonly RegoSource[],
  options: BuildConftestPackOptions,
): TE.TaskEither<readonly Problem[], ForeignPack> =>
  pipe(
    sources.filter(({ name }) => !name.endsWith('_test.rego')),
    TE.traverseSeqArray((source) => read(source, options)),
    TE.chainEitherKW((modules) =>
      pipe(
        controlsOf(modules, options),
        E.map((asked) => ({ modules, asked })),
      ),
    ),
    TE.chain(({ modules, asked }) => compileControls(modules, asked, options)),
  )

const read = (source: RegoSource, options: BuildConftestPackOptions): TE.TaskEither<readonly Problem[], Module> => {
  const as = (regoVersion: 'v0' | 'v1'): TE.TaskEither<readonly Problem[], Module> => {
    const versioned: RegoSource = { ...source, regoVersion }
    return pipe(
      inspectRego([versioned], compilerOptions(options)),
      TE.map(([inspected]) => ({ source: versioned, inspected })),
      TE.filterOrElse(
        (module): module is Module => module.inspected !== undefined,
        (): readonly Problem[] => [problem('pack-invalid', { reason: `${source.name} holds no Rego` })],
      ),
    )
  }
  if (options.regoVersion !== undefined) return as(options.regoVersion)
  return pipe(
    as('v1'),
    // A text that is neither is most likely meant as v1.
    TE.orElse((problems) =>
      pipe(
        as('v0'),
        TE.mapLeft(() => problems),
      ),
    ),
  )
}

const controlsOf = (
  modules: readonly Module[],
  options: BuildConftestPackOptions,
): E.Either<readonly Problem[], Asked> => {
  const foreign = modules.flatMap(({ source }) => unsupportedIn(source))
  const inspected = modules.map((module) => module.inspected)
  const holding = packagesWithRules(inspected)
  const { packages = holding.includes('main') ? ['main'] : 'all', data } = options
  const rules = conftestRules(inspected, (name) => packages === 'all' || packages.includes(name))
  const made = rules.map((rule) => conftestControl(rule, options.item ?? DEFAULT_ITEM))
  const problems = [
    ...foreign,
    ...(rules.length === 0 ? [withoutRules(packages, holding)] : []),
    ...made.flatMap((each) => (E.isLeft(each) ? [each.left] : [])),
    ...reservedIn(data).map((key) =>
      problem('pack-invalid', { reason: `its data has ${key}, which is the engine's own` }),
    ),
  ]
  if (problems.length > 0) return E.left(problems)
  const asked = rules.map((rule) => rule.package.join('.'))
  return E.right({
    controls: made.flatMap((each) => (E.isRight(each) ? [each.right] : [])),
    unasked: holding.filter((name) => !asked.includes(name)),
  })
}

const withoutRules = (packages: readonly string[] | 'all', holding: readonly string[]): Problem =>
  problem('pack-invalid', {
    reason: `no rule deny, violation or warn in ${packages === 'all' ? 'any package' : `package ${packages.join(', ')}`}; packages that have one: ${holding.join(', ') || 'none'}`,
  })

const unsupportedIn = ({ text }: RegoSource): readonly Problem[] => {
  const code = codeOf(text)
  const name = packageOf(text) ?? ''
  const combined = /\.\s*contents\b/.test(code) && /\binput\s*\[\s*\w+\s*\]|\bin\s+input\s*$/m.test(code)
  return [
    ...(combined ? [problem('conftest-unsupported', { package: name, feature: 'combined input (--combine)' })] : []),
    ...(dataRead(text).includes('conftest')
      ? [problem('conftest-unsupported', { package: name, feature: 'data.conftest, the file of the input,' })]
      : []),
  ]
}

const compileControls = (
  modules: readonly Module[],
  { controls, unasked }: Asked,
  options: BuildConftestPackOptions,
): TE.TaskEither<readonly Problem[], ForeignPack> =>
  pipe(
    compileRego(
      [
        ...neededLibraries(options.libraries),
        ...modules.map(({ source }) => source),
        ...controls.map(({ source }) => source),
      ],
      {
        ...compilerOptions(options),
        entrypoints: [ENTRYPOINT],
        ...(options.data === undefined ? {} : { data: options.data }),
      },
    ),
    TE.mapLeft((found) => told(found, controls)),
    TE.map(({ module }) => ({
      ...packModule(
        module,
        { schemaVersion: 1, frameworks: {}, controls: controls.map(({ control }) => control) },
        options.data,
      ),
      problems: unasked.length === 0 ? [] : [problem('conftest-packages-unasked', { packages: unasked })],
    })),
  )

/**
 * A wrapper is refused where its rule gives nothing that could be gone through: true for one, which Conftest refuses as well. Nobody but
 * this module knows the wrapper, so the rule is named.
 */
const told = (found: readonly Problem[], controls: readonly ConftestControl[]): readonly Problem[] => {
  const blamed = controls.filter(({ source }) => found.some(({ location }) => location?.source === source.name))
  const wrappers = blamed.map(({ source }) => source.name)
  return [
    ...found.filter(({ location }) => location === undefined || !wrappers.includes(location.source)),
    ...blamed.map(({ rule }) =>
      problem('conftest-unsupported', {
        package: rule.package.join('.'),
        feature: `${rule.name}, which gives neither a set nor a list of results,`,
      }),
    ),
  ]
}
