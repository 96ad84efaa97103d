import * as E from 'fp-ts/Either'
import {
  type BuildConftestPackOptions,
  type BuiltPack,
  buildConftestPack,
  buildGatekeeperPack,
  buildPack,
} from '../compiler/index'
import { loadPack } from '../node'
import type { Pack } from '../pack/pack'
import { type Problem, problem } from '../problem'
import type { BundleVerification } from '../rego/bundle/verification'
import { printProblem } from './output'
import { type PackSource, packSources } from './pack-sources'
import { aksNamespaces, shippedLibraries } from './policy/libraries'

/** How packs are opened. */
export interface PackOptions {
  /** The item that controls made of Gatekeeper and Conftest policies stand under which name none. */
  readonly item?: string
  /** The packages of Conftest policies whose rules are asked. */
  readonly packages?: NonNullable<BuildConftestPackOptions['packages']>
  /** The key that has to vouch for every pack: only signed bundles are taken then. */
  readonly verification?: BundleVerification
}

/** A pack, and what it was made of. */
export interface OpenedPack {
  readonly pack: Pack
  readonly madeOf: PackSource['is']
  /** Packages of Conftest rules that were not asked. */
  readonly unasked: readonly string[]
}

/** The packs that a path holds: a compiled one, or whatever policies are compiled now. Of several problems all but the last are printed here. */
export const openPacks = async (
  path: string,
  options: PackOptions = {},
): Promise<E.Either<Problem, readonly OpenedPack[]>> => {
  const sources = await packSources(path, options.verification)
  if (E.isLeft(sources)) return E.left(placed(sources.left, path))
  const opened: OpenedPack[] = []
  for (const source of sources.right) {
    const built = await moduleOf(source, options)
    if (E.isLeft(built)) return E.left(placed(lastOf(built.left), path))
    const name = sources.right.length === 1 ? path : `${path} (${source.is})`
    const pack = await loadPack({ module: built.right.module, name })()
    if (E.isLeft(pack)) return E.left(placed(pack.left, path))
    opened.push({ pack: pack.right, madeOf: source.is, unasked: reported(built.right.problems, options) })
  }
  return E.right(opened)
}

/** A problem that has no place says at least in which pack it is. */
const placed = (found: Problem, pack: string): Problem =>
  found.location === undefined && (found.code === 'pack-invalid' || found.code.startsWith('policy-'))
    ? problem('pack-refused', { pack, cause: found })
    : found

const lastOf = (problems: readonly Problem[]): Problem => {
  for (const each of problems.slice(0, -1)) printProblem(each)
  return problems.at(-1) ?? problem('pack-invalid', { reason: 'it does not compile' })
}

/** Prints doubts about a pack. Gives the packages that nobody asks; who chose packages knows that there are others. */
const reported = (problems: readonly Problem[], { packages }: PackOptions): readonly string[] => {
  const unasked = problems.flatMap((each) => (each.code === 'conftest-packages-unasked' ? each.data.packages : []))
  for (const each of problems) {
    if (packages === undefined || each.code !== 'conftest-packages-unasked') printProblem(each)
  }
  return unasked
}

interface Built extends Pick<BuiltPack, 'module'> {
  readonly problems: readonly Problem[]
}

const moduleOf = async (source: PackSource, options: PackOptions): Promise<E.Either<readonly Problem[], Built>> => {
  if (source.is === 'module') return E.right({ module: new Uint8Array(source.bytes), problems: [] })
  const libraries = await shippedLibraries()
  const foreign = { libraries, ...(options.item === undefined ? {} : { item: options.item }) }
  switch (source.is) {
    case 'gatekeeper':
      return buildGatekeeperPack(source.documents, foreign)()
    case 'conftest': {
      const packages = options.packages === undefined ? {} : { packages: options.packages }
      return buildConftestPack(source.rego, { ...foreign, ...packages, data: source.data })()
    }
    case 'controls': {
      const { rego, data, checklist, frameworks } = source
      const brought = { data, frameworks, ...(checklist === undefined ? {} : { checklist }) }
      const built = await buildPack([...rego, ...libraries], { aksNamespaces: await aksNamespaces(), ...brought })()
      return E.isLeft(built) ? built : E.right({ module: built.right.module, problems: [] })
    }
  }
}
