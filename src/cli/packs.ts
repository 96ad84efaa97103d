import * as E from 'fp-ts/Either'
import type { Checklist } from '../check'
import { type BuiltPack, buildConftestPack, buildGatekeeperPack, buildPack } from '../compiler/index'
import { loadChecklist } from '../node'
import { loadPack, type Pack } from '../pack/pack'
import { type Problem, problem } from '../problem'
import { printProblem } from './output'
import { type PackSource, packSources } from './pack-sources'
import { aksNamespaces, shippedLibraries } from './policy/libraries'

/** The shipped checklist with packs beside it: compiled ones, and whatever policies are compiled now. */
export const openChecklist = async (paths: readonly string[]): Promise<E.Either<Problem, Checklist>> => {
  let checklist = await loadChecklist()()
  for (const path of paths) {
    if (E.isLeft(checklist)) return checklist
    const packs = await openPacks(path)
    if (E.isLeft(packs)) return packs
    for (const pack of packs.right) {
      if (E.isRight(checklist)) checklist = checklist.right.with(pack)
    }
  }
  return checklist
}

/** The packs that a path holds: a compiled one, or whatever policies are compiled now. Of several problems all but the last are printed here. */
export const openPacks = async (path: string): Promise<E.Either<Problem, readonly Pack[]>> => {
  const sources = await packSources(path)
  if (E.isLeft(sources)) return sources
  const packs: Pack[] = []
  for (const source of sources.right) {
    const module = await moduleOf(source)
    if (E.isLeft(module)) return E.left(lastOf(module.left, path))
    const name = sources.right.length === 1 ? path : `${path} (${source.is})`
    const pack = await loadPack({ module: module.right, name })()
    if (E.isLeft(pack)) return pack
    packs.push(pack.right)
  }
  return E.right(packs)
}

const lastOf = (problems: readonly Problem[], path: string): Problem => {
  for (const each of problems.slice(0, -1)) printProblem(each)
  return problems.at(-1) ?? problem('pack-invalid', { reason: `${path} does not compile` })
}

const moduleOf = async (source: PackSource): Promise<E.Either<readonly Problem[], Uint8Array>> => {
  if (source.is === 'module') return E.right(source.bytes)
  const built = await builtFrom(source)
  if (E.isLeft(built)) return built
  for (const each of built.right.problems ?? []) printProblem(each)
  return E.right(built.right.module)
}

type Built = BuiltPack & { readonly problems?: readonly Problem[] }

const builtFrom = async (
  source: Exclude<PackSource, { readonly is: 'module' }>,
): Promise<E.Either<readonly Problem[], Built>> => {
  const libraries = await shippedLibraries()
  switch (source.is) {
    case 'gatekeeper':
      return buildGatekeeperPack(source.documents, { libraries })()
    case 'conftest':
      return buildConftestPack(source.rego, { libraries, data: source.data })()
    case 'controls': {
      const { rego, data, checklist, frameworks } = source
      const brought = { data, frameworks, ...(checklist === undefined ? {} : { checklist }) }
      return buildPack([...rego, ...libraries], { aksNamespaces: await aksNamespaces(), ...brought })()
    }
  }
}
