import * as opaWasm from '@open-policy-agent/opa-wasm'
import * as E from 'fp-ts/Either'
import { type PolicyProblem, problem } from '../problem'
import { guarded } from './fault'
import { Host, type KnownLayout } from './host'
import { layoutOf } from './layout'
import { PAGE } from './memory'
import { JSON_READING } from './term'
import { KnownTexts } from './value-reader'

// Its types declare LoadedPolicy as a named export; as ESM it stands only on the default one.
const { LoadedPolicy } = (opaWasm as unknown as { readonly default: typeof opaWasm }).default

/** What a small module and a small input need. */
const FIRST_PAGES = 3
/** The most that WebAssembly can address. */
const ALL_PAGES = PAGE
const SUPPORTED_ABI = '1.2 or 1.3'

/** A module and what it says of itself, read once, from a throw-away instance. The only file that knows opa-wasm. */
export interface LoadedModule {
  readonly module: WebAssembly.Module
  /** The numbers of the builtins that it asks of its host, by name. */
  readonly builtins: Readonly<Record<string, number>>
  /** The numbers of its entrypoints, by name. */
  readonly entrypoints: Readonly<Record<string, number>>
  /** The pages of memory that it links with. */
  readonly pages: number
  /** How its values stand in memory. */
  readonly layout: KnownLayout
  /** What its instances read of it. */
  readonly known: KnownTexts
}

/** Errors: a module of an ABI that this host does not speak; a fault of the module. */
export const loadModule = (module: WebAssembly.Module): E.Either<PolicyProblem, LoadedModule> => {
  const looked = guarded(ALL_PAGES, () => {
    const known = new KnownTexts()
    const { host, instance, pages } = link(module, known)
    const abi = abiOf(instance)
    const policy = new LoadedPolicy({ instance, module }, host.text.memory, abi.minor)
    const builtins = host.dumps.read(host.exports.builtins(), JSON_READING) as Readonly<Record<string, number>>
    return { abi, module, builtins, entrypoints: policy.entrypoints, pages, layout: layoutOf(host), known }
  })
  if (E.isLeft(looked)) return looked
  const { abi, ...loaded } = looked.right
  return abi.major === 1 && (abi.minor === 2 || abi.minor === 3)
    ? E.right(loaded)
    : E.left(
        problem('policy-abi', { found: `${abi.major ?? 'none'}.${abi.minor ?? 'none'}`, supported: SUPPORTED_ABI }),
      )
}

const isTooSmall = (error: unknown): boolean => error instanceof WebAssembly.LinkError

/** The module's least memory stands only in its binary, so the start is doubled until the module links. */
const link = (
  module: WebAssembly.Module,
  known: KnownTexts,
): { readonly host: Host; readonly instance: WebAssembly.Instance; readonly pages: number } => {
  for (let pages = FIRST_PAGES; ; pages = Math.min(pages * 2, ALL_PAGES)) {
    const host = new Host({ initial: pages, maximum: ALL_PAGES }, known, BARE)
    try {
      const instance = new WebAssembly.Instance(module, host.imports())
      host.attach(instance)
      return { host, instance, pages }
    } catch (error) {
      if (!isTooSmall(error) || pages === ALL_PAGES) throw error
    }
  }
}

/** For a look at a module that evaluates nothing. */
const BARE = { supplied: {}, own: {}, seed: 0 } as const

const abiOf = (instance: WebAssembly.Instance): { readonly major?: number; readonly minor?: number } => {
  const value = (name: string): number | undefined => {
    const global = instance.exports[name]
    return global instanceof WebAssembly.Global && typeof global.value === 'number' ? global.value : undefined
  }
  const [major, minor] = [value('opa_wasm_abi_version'), value('opa_wasm_abi_minor_version')]
  return { ...(major === undefined ? {} : { major }), ...(minor === undefined ? {} : { minor }) }
}
