import type { Annotation, InspectedModule } from '../inspect-rego'

/** A rule that Conftest asks for, over all the files that define it. */
export interface ConftestRule {
  readonly package: readonly string[]
  readonly name: string
  /** METADATA of the rule, where it has one of its own, and of its package. */
  readonly own?: Annotation
  readonly shared?: Annotation
  /** Whether the package has other rules, so that what is said of it is not said of this one alone. */
  readonly alone: boolean
}

const RULE = /^(?:deny|violation|warn)(?:_[a-zA-Z0-9]+)*$/

/** The name by which an exception speaks of a rule: `run_as_root` for `deny_run_as_root`, `` for `deny`. */
export const exceptionOf = (name: string): string => name.replace(/^(?:deny|violation|warn)_?/, '')

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((segment, at) => segment === b[at])

/** The rules of the packages that are asked for, in the order of their names. */
export const conftestRules = (
  modules: readonly InspectedModule[],
  isAsked: (name: string) => boolean,
): readonly ConftestRule[] => {
  const packages = new Map(modules.map((module) => [module.package.join('.'), module.package]))
  return [...packages]
    .filter(([name]) => isAsked(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, path]) => rulesOf(modules, path))
}

const rulesOf = (modules: readonly InspectedModule[], path: readonly string[]): readonly ConftestRule[] => {
  const own = modules.filter((module) => same(module.package, path))
  const annotations = own.flatMap((module) => module.annotations)
  const names = [...new Set(own.flatMap(({ rules }) => rules))].filter((name) => RULE.test(name)).sort()
  const shared = annotations.find(({ scope }) => scope === 'package')
  return names.map((name) => {
    const said = saidOf(annotations, [...path, name])
    return {
      package: path,
      name,
      ...(said === undefined ? {} : { own: said }),
      ...(shared === undefined ? {} : { shared }),
      alone: names.length === 1,
    }
  })
}

/** Where several bodies of one rule have METADATA, none speaks for the rule. */
const saidOf = (annotations: readonly Annotation[], path: readonly string[]): Annotation | undefined => {
  const here = annotations.filter((annotation) => same(annotation.path, path))
  return here.find(({ scope }) => scope === 'document') ?? (here.length === 1 ? here[0] : undefined)
}

/** The packages that hold any such rule. */
export const packagesWithRules = (modules: readonly InspectedModule[]): readonly string[] => [
  ...new Set(
    modules.filter(({ rules }) => rules.some((name) => RULE.test(name))).map((module) => module.package.join('.')),
  ),
]
