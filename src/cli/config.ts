import { readFile } from 'node:fs/promises'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as t from 'io-ts'
import { decode, exact, jsonObject, pathText } from '../codec'
import type { Path } from '../json'
import { locationIn, readSource } from '../manifest/index'
import { type Problem, type ProblemData, problem } from '../problem'

const fields = {
  /** By control id. */
  parameters: t.readonly(t.record(t.string, jsonObject)),
  tier: t.union([t.literal('core'), t.literal('all')], 'core or all'),
  failOn: t.union(
    [t.literal('critical'), t.literal('high'), t.literal('medium'), t.literal('low'), t.literal('never')],
    'a severity or never',
  ),
  failOnUnknown: t.boolean,
  kubernetesVersion: t.string,
}

/** The configuration file, YAML or JSON. */
const config = exact('configuration', {}, fields)
export type Config = t.TypeOf<typeof config>

/** Reads a configuration file. Errors: unreadable, not one YAML document, a field that is unknown or of the wrong type. */
export const readConfig = async (file: string): Promise<E.Either<Problem, Config>> => {
  let bytes: Uint8Array
  try {
    bytes = new Uint8Array(await readFile(file))
  } catch (error) {
    return E.left(
      problem('source-unreadable', { source: file, reason: error instanceof Error ? error.message : String(error) }),
    )
  }
  const { documents, problems } = readSource({ name: file, text: bytes })
  const [first] = documents
  if (problems[0] !== undefined) return E.left(problems[0])
  if (first === undefined) return E.right({})
  return pipe(
    decode(config, first.value),
    E.mapLeft(({ path, expected }) => problem('option-invalid', faultAt(path, expected), locationIn(first, path))),
  )
}

const faultAt = (path: Path, expected: string): ProblemData['option-invalid'] => {
  const [name] = path
  return path.length === 1 && typeof name === 'string' && !Object.hasOwn(fields, name)
    ? { option: 'config', given: name, expected: `one of ${Object.keys(fields).join(', ')}` }
    : { option: `config ${pathText(path)}`, given: 'this value', expected }
}
