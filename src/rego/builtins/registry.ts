import type { Family } from '../builtin'

/**
 * Which file supplies a builtin, by the part of its name before the first dot or, for names without one, the whole name.
 * A family is imported only when a loaded policy calls one of its builtins.
 */
const FAMILIES: Readonly<Record<string, () => Promise<Family>>> = {
  net: async () => (await import('./net')).net,
  time: async () => (await import('./time')).time,
  'crypto.x509': async () => (await import('./x509')).x509,
  sprintf: async () => (await import('./sprintf')).sprintf,
}

/** What needs a network, and so an answer that is no function of the input. Refused when a policy is loaded. */
const NETWORK: readonly string[] = ['http.send', 'net.lookup_ip_addr']

/** True for a builtin that OPA could answer without a network. */
export const isOffline = (name: string): boolean => !NETWORK.includes(name)

const familyOf = (name: string): string | undefined =>
  Object.keys(FAMILIES).find((f) => name === f || name.startsWith(`${f}.`))

/** Imports the families of the named builtins; names that none supplies are simply absent from the answer. */
export const importBuiltins = async (names: readonly string[]): Promise<Family> => {
  const families = new Set(names.map(familyOf))
  const loaded = await Promise.all([...families].map((f) => (f === undefined ? undefined : FAMILIES[f]?.())))
  return Object.assign({}, ...loaded.filter((family) => family !== undefined)) as Family
}
