import type { JsonObject } from '../json'

/** A pack as one file: the module with its catalogue inside, and the catalogue for itself. */
export interface BuiltPack {
  readonly module: Uint8Array<ArrayBuffer>
  readonly catalogue: JsonObject
}

/** The entrypoint of every pack; `policies/report/report.rego` defines it. */
export const ENTRYPOINT = 'report/outcomes'

/** The custom sections of the module that hold the catalogue, and what the Rego reads as `data`. */
const CATALOGUE_SECTION = 'aks-checklist.catalogue'
const DATA_SECTION = 'aks-checklist.data'

/** What of a pack's data would hide what the engine gives, or the pack's own rules. */
export const reservedIn = (data: JsonObject = {}): readonly string[] =>
  ['parameters', 'snapshot', 'controls', 'report'].filter((key) => Object.hasOwn(data, key))

/** Puts a compiled module and what travels with it into one file. */
export const packModule = (
  module: Uint8Array<ArrayBuffer>,
  catalogue: JsonObject,
  data: JsonObject = {},
): BuiltPack => {
  const catalogued = withSection(module, CATALOGUE_SECTION, JSON.stringify(catalogue))
  return {
    module: Object.keys(data).length === 0 ? catalogued : withSection(catalogued, DATA_SECTION, JSON.stringify(data)),
    catalogue,
  }
}

/** Unsigned LEB128, WebAssembly's integers. */
const leb128 = (value: number): readonly number[] => {
  const low = value & 0x7f
  const rest = value >>> 7
  return rest === 0 ? [low] : [low | 0x80, ...leb128(rest)]
}

/** A custom section at the end of a module: id 0, size, name, content. Source: WebAssembly core specification 5.5.3. */
const withSection = (module: Uint8Array, section: string, content: string): Uint8Array<ArrayBuffer> => {
  const name = new TextEncoder().encode(section)
  const bytes = new TextEncoder().encode(content)
  const title = [...leb128(name.length), ...name]
  const head = [0, ...leb128(title.length + bytes.length), ...title]
  const joined = new Uint8Array(module.length + head.length + bytes.length)
  joined.set(module)
  joined.set(head, module.length)
  joined.set(bytes, module.length + head.length)
  return joined
}
