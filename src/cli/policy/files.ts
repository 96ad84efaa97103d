import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, extname, join, relative, resolve } from 'node:path'
import * as E from 'fp-ts/Either'
import type { DataSource, RegoSource } from '../../compiler/index'
import type { Source } from '../../manifest/index'
import { type Problem, problem } from '../../problem'
import { utf8In } from '../utf8'

/** What policy commands read out of the files and folders they are given, each sorted by name. */
export interface PolicyFiles {
  /** The files and folders, as they were given. */
  readonly names: readonly string[]
  readonly rego: readonly RegoSource[]
  /** `data.json`, `data.yaml` and `data.yml`: each stands in `data` where its folder stands. */
  readonly data: readonly DataSource[]
  /** `examples.yaml` */
  readonly examples: readonly Source[]
}

const DATA_NAMES = ['data.json', 'data.yaml', 'data.yml']
const EXAMPLES_NAME = 'examples.yaml'

const isSkipped = (folder: string): boolean => folder === 'node_modules' || folder.startsWith('.')

const unreadable = (source: string, reason: unknown): Problem =>
  problem('source-unreadable', { source, reason: reason instanceof Error ? reason.message : String(reason) })

interface Found {
  readonly file: string
  /** The folder that was given, or of the file that was given. */
  readonly root: string
}

const filesBelow = async (folder: string, root: string): Promise<readonly Found[]> => {
  const entries = await readdir(folder, { withFileTypes: true })
  const found = await Promise.all(
    entries.map(async (entry): Promise<readonly Found[]> => {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) return isSkipped(entry.name) ? [] : filesBelow(path, root)
      return [{ file: path, root }]
    }),
  )
  return found.flat()
}

const filesAt = async (name: string): Promise<readonly Found[]> =>
  (await stat(name)).isDirectory() ? filesBelow(name, name) : [{ file: name, root: join(name, '..') }]

const byName = (a: Found, b: Found): number => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0)

const folderPath = ({ file, root }: Found): readonly string[] =>
  relative(root, join(file, '..'))
    .split(/[\\/]/)
    .filter((segment) => segment !== '')

const textAt = (file: string): Promise<E.Either<Problem, string>> =>
  readFile(file).then(
    (bytes) => utf8In(file, bytes),
    (reason: unknown) => E.left(unreadable(file, reason)),
  )

/** Reads files and folders. Errors: what cannot be read, and nothing that is Rego in all of them. */
export const readPolicyFiles = async (names: readonly string[]): Promise<E.Either<readonly Problem[], PolicyFiles>> => {
  const problems: Problem[] = []
  const listed = await Promise.all(
    names.map((name) =>
      filesAt(name).catch((reason: unknown): readonly Found[] => {
        problems.push(unreadable(name, reason))
        return []
      }),
    ),
  )
  const once = [...new Map(listed.flat().map((found) => [resolve(found.file), found])).values()].sort(byName)
  const wanted = once.filter(
    ({ file }) => extname(file) === '.rego' || DATA_NAMES.includes(basename(file)) || basename(file) === EXAMPLES_NAME,
  )
  const read = await Promise.all(
    wanted.map(async (found) => {
      const text = await textAt(found.file)
      if (E.isLeft(text)) problems.push(text.left)
      return { found, name: found.file, text: E.isRight(text) ? text.right : '' }
    }),
  )
  const named = (keep: (base: string) => boolean) => read.filter(({ name }) => keep(basename(name)))
  const rego = named((base) => extname(base) === '.rego').map(({ name, text }) => ({ name, text }))
  if (problems.length > 0) return E.left(problems)
  if (rego.length === 0) return E.left([problem('no-rego', { sources: names })])
  return E.right({
    names,
    rego,
    data: named((base) => DATA_NAMES.includes(base)).map(({ found, name, text }) => ({
      name,
      text,
      path: folderPath(found),
    })),
    examples: named((base) => base === EXAMPLES_NAME).map(({ name, text }) => ({ name, text })),
  })
}

/** True for a file of tests, which no pack holds. */
export const isTest = ({ name }: RegoSource): boolean => name.endsWith('_test.rego')
