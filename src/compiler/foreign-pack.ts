import type { Problem } from '../problem'
import type { RegoOptions } from './call'
import type { BuiltPack } from './pack-module'
import type { RegoSource } from './source'

/** What packs made from rules of other programs take. */
export interface ForeignPackOptions extends Pick<RegoOptions, 'compiler' | 'capabilities'> {
  /** The libraries that ship with the package, and `report/report.rego`: `shippedLibraries` of the entry `./node`. */
  readonly libraries: readonly RegoSource[]
  /** The item that controls stand under which name none. Default: `O1`, governance policies. */
  readonly item?: string
}

/** Of these options, what the compiler takes. */
export const compilerOptions = ({ compiler, capabilities }: ForeignPackOptions): RegoOptions => ({
  ...(compiler === undefined ? {} : { compiler }),
  ...(capabilities === undefined ? {} : { capabilities }),
})

/** Governance policies: what Gatekeeper, as Azure Policy runs it, is there for. */
export const DEFAULT_ITEM = 'O1'

/** A pack, and what of the input it could not take as given. */
export interface ForeignPack extends BuiltPack {
  readonly problems: readonly Problem[]
}
