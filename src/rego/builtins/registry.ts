import type { Family } from '../builtin'
import { HOMES } from './homes.generated'

/** The families of builtins that this package has itself. One is imported only when a loaded policy calls a builtin of it. */
export const FAMILIES = {
  base64url: async () => (await import('./base64url')).base64url,
  calendar: async () => (await import('./calendar')).calendar,
  cast: async () => (await import('./cast')).cast,
  crypto: async () => (await import('./crypto')).crypto,
  evaluation: async () => (await import('./evaluation')).evaluation,
  glob: async () => (await import('./glob')).glob,
  graph: async () => (await import('./graph')).graph,
  hex: async () => (await import('./hex')).hex,
  json: async () => (await import('./json')).json,
  'json-schema': async () => (await import('./json-schema')).jsonSchema,
  jwt: async () => (await import('./jwt')).jwt,
  net: async () => (await import('./net')).net,
  numbers: async () => (await import('./numbers')).numbers,
  object: async () => (await import('./object')).object,
  rand: async () => (await import('./rand')).rand,
  regex: async () => (await import('./regex')).regex,
  semver: async () => (await import('./semver')).semver,
  sprintf: async () => (await import('./sprintf')).sprintf,
  strings: async () => (await import('./strings')).strings,
  time: async () => (await import('./time')).time,
  units: async () => (await import('./units')).units,
  uri: async () => (await import('./uri')).uri,
  urlquery: async () => (await import('./urlquery')).urlquery,
  uuid: async () => (await import('./uuid')).uuid,
  x509: async () => (await import('./x509')).x509,
  yaml: async () => (await import('./yaml')).yaml,
} as const satisfies Readonly<Record<string, () => Promise<Family>>>

/**
 * What needs a network, and so an answer that is no function of the input. Refused by name when a policy is loaded, unless the caller
 * brings one.
 */
export const NETWORK: readonly string[] = ['http.send', 'net.lookup_ip_addr']

/** True for a builtin that OPA could answer without a network. */
export const isOffline = (name: string): boolean => !NETWORK.includes(name)

const isKnown = (name: string): name is keyof typeof HOMES => Object.hasOwn(HOMES, name)

/** Imports the families of the named builtins; names that none supplies are simply absent from the answer. */
export const importBuiltins = async (names: readonly string[]): Promise<Family> => {
  const families = new Set(names.filter(isKnown).map((name) => HOMES[name]))
  const loaded = await Promise.all([...families].map((family) => FAMILIES[family]()))
  return Object.assign({}, ...loaded) as Family
}
