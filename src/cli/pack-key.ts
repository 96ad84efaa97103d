import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../problem'
import type { BundleVerification, SignatureAlgorithm } from '../rego/bundle/verification'
import { oneOf } from './options'

/** The options about the key that vouches for packs. */
export interface PackKeyFlags {
  readonly packKey?: string
  readonly packKeyId?: string
  readonly packAlgorithm?: string
  readonly packScope?: string
}

const ALGORITHMS: readonly SignatureAlgorithm[] = [
  ...(['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'] as const),
  ...(['ES256', 'ES384', 'ES512', 'HS256', 'HS384', 'HS512'] as const),
]
/** OPA's default too. */
const DEFAULT_ALGORITHM: SignatureAlgorithm = 'RS256'

/** Adds them to a command. */
export const addPackKeyOptions = (command: Command): Command =>
  command
    .option('--pack-key <file>', 'the public key (PEM) or secret that has to vouch for every pack: a signed bundle')
    .option('--pack-key-id <id>', 'the id by which the signature has to name the key (default: any)')
    .option('--pack-algorithm <name>', `how the key signs, ES256 for one (default: ${DEFAULT_ALGORITHM})`)
    .option('--pack-scope <scope>', 'the scope that the signature has to have (default: none)')

/** Reads the key. Right: nothing where none is given. Left: an option about a key without one, an unknown algorithm, an unreadable file. */
export const readPackKey = async (flags: PackKeyFlags): Promise<E.Either<Problem, BundleVerification | undefined>> => {
  const { packKey: file, packKeyId, packAlgorithm, packScope: scope } = flags
  if (file === undefined) return withoutKey(flags)
  const algorithm = oneOf('--pack-algorithm', packAlgorithm ?? DEFAULT_ALGORITHM, ALGORITHMS)
  if (E.isLeft(algorithm)) return algorithm
  try {
    // A secret is every byte of its file, as for OPA.
    const key = await readFile(file, 'utf8')
    const id = packKeyId ?? file
    return E.right({
      keys: [{ id, key, algorithm: algorithm.right, ...(scope === undefined ? {} : { scope }) }],
      ...(packKeyId === undefined ? { keyId: id } : {}),
    })
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return E.left(problem('source-unreadable', { source: file, reason }))
  }
}

const withoutKey = ({ packKeyId, packAlgorithm, packScope }: PackKeyFlags): E.Either<Problem, undefined> => {
  const given = [
    ['--pack-key-id', packKeyId],
    ['--pack-algorithm', packAlgorithm],
    ['--pack-scope', packScope],
  ].find(([, value]) => value !== undefined)
  return given?.[0] === undefined
    ? E.right(undefined)
    : E.left(problem('option-needs', { option: given[0], needs: '--pack-key' }))
}
