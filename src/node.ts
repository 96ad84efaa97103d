import { readdir, readFile } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import * as TE from 'fp-ts/TaskEither'
import { type Checklist, type CheckOptions, loadChecklist as loadFrom } from './check'
import type { RegoSource } from './compiler/source'
import { loadOnce } from './load-once'
import type { Source } from './manifest/index'
import { type LoadPackOptions, loadPack as loadPackFrom, type Pack } from './pack/pack'
import { type PolicyProblem, type Problem, problem } from './problem'
import type { BundleSource } from './rego/bundle/archive-bytes'
import { type BundledPolicy, type LoadBundleOptions, loadBundle as loadBundleFrom } from './rego/bundle/load-bundle'
import { type BuiltinProvider, type LoadPolicyOptions, loadPolicy as loadUniversal, type Policy } from './rego/policy'
import type { Report } from './report/build'
import {
  loadPolicyInWorkers as loadInWorkers,
  type PolicyWorkers,
  type PolicyWorkersOptions,
  type WorkerPort,
} from './worker/index'

export * from './index'

/** A file that ships with the package; `dist` and `src` both stand one level below its root. */
const shipped = (file: string): string => fileURLToPath(new URL(`../${file}`, import.meta.url))

/** The bytes of a file as a module. */
const readModule = (file: string): TE.TaskEither<Problem, Uint8Array> =>
  TE.tryCatch(
    async () => new Uint8Array(await readFile(file)),
    (reason): Problem => problem('source-unreadable', { source: file, reason: reasonOf(reason) }),
  )

const reasonOf = (reason: unknown): string => (reason instanceof Error ? reason.message : String(reason))

/** OPA's own code for the builtins that the engine does not have. Imported, with the compiler, only when it is asked. */
const fromOpa: BuiltinProvider = (names) =>
  pipe(
    TE.fromTask<typeof import('./compiler/builtins'), PolicyProblem>(() => import('./compiler/builtins')),
    TE.chain(({ opaBuiltinProvider }) => opaBuiltinProvider()(names)),
  )

/** Loads a compiled policy; builtins that only OPA has are answered by the compiler that ships with the package. */
export const loadPolicy = (options: LoadPolicyOptions): TE.TaskEither<PolicyProblem, Policy> =>
  loadUniversal({ provider: fromOpa, ...options })

/** Loads the compiled policy of an OPA bundle; builtins that only OPA has are answered as for `loadPolicy`. */
export const loadBundle = (
  source: BundleSource,
  options: LoadBundleOptions = {},
): TE.TaskEither<PolicyProblem, BundledPolicy> => loadBundleFrom(source, { provider: fromOpa, ...options })

/** Loads a pack from its module; builtins that only OPA has are answered as for `loadPolicy`. */
export const loadPack = (options: LoadPackOptions): TE.TaskEither<Problem, Pack> =>
  loadPackFrom({ provider: fromOpa, ...options })

const startThread = (): WorkerPort => {
  const worker = new Worker(shipped('dist/policy-thread.js'))
  return {
    post: (message) => worker.postMessage(message),
    listen: (receive, fail) => {
      worker.on('message', receive)
      worker.on('messageerror', () => fail('a message could not be read'))
      worker.on('error', (error: unknown) => fail(reasonOf(error)))
      worker.on('exit', (code) => fail(`the thread ended with code ${code}`))
    },
    terminate: () => void worker.terminate(),
  }
}

/**
 * Loads a policy in threads, by default as many as the machine can run at a time. Builtins of your own need a script of your own that
 * calls `servePolicies`: give `start`. The threads keep the process until `close` is called.
 */
export const loadPolicyInWorkers = (
  options: Omit<PolicyWorkersOptions, 'start'> & Partial<Pick<PolicyWorkersOptions, 'start'>>,
): TE.TaskEither<PolicyProblem, PolicyWorkers> =>
  loadInWorkers({ start: startThread, size: availableParallelism(), ...options })

/** Loads the checklist from the shipped module, unless another is given. */
export const loadChecklist = (options: Partial<LoadPackOptions> = {}): TE.TaskEither<Problem, Checklist> => {
  const { module, ...rest } = options
  return module === undefined
    ? pipe(
        readModule(shipped('wasm/checklist.wasm')),
        TE.chain((bytes) => loadFrom({ ...rest, module: bytes })),
      )
    : loadFrom({ ...rest, module })
}

/** Loads a pack from its module file. */
export const loadPackFile = (file: string): TE.TaskEither<Problem, Pack> =>
  pipe(
    readModule(file),
    TE.chain((module) => loadPack({ module, name: file })),
  )

/**
 * The Rego that ships with the package: the libraries of `data.lib`, and the entrypoint of packs. What `buildPack`, `buildGatekeeperPack` and
 * `buildConftestPack` take beside policies of your own, and `testRego` and `checkRego` where those import a library.
 *
 * @example
 * const libraries = await shippedLibraries()()
 */
export const shippedLibraries = (): TE.TaskEither<Problem, readonly RegoSource[]> =>
  pipe(
    ['policies/lib', 'policies/report'],
    TE.traverseArray(regoBelow),
    TE.map((folders) => folders.flat()),
  )

/** Named as in the package, not by where it stands: names are in what is compiled of them, which is the same on every machine. */
const regoBelow = (folder: string): TE.TaskEither<Problem, readonly RegoSource[]> =>
  TE.tryCatch(
    async () => {
      const files = (await readdir(shipped(folder), { recursive: true }))
        .filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego'))
        .map((file) => `${folder}/${file.replaceAll('\\', '/')}`)
      return Promise.all(
        files.sort().map(async (file): Promise<RegoSource> => {
          const text = await readFile(shipped(file), 'utf8')
          return { name: `aks-checklist/${file}`, text, regoVersion: 'v1' }
        }),
      )
    },
    (reason): Problem => problem('source-unreadable', { source: shipped(folder), reason: reasonOf(reason) }),
  )

/** A problem as a rejection of the promise façade. */
export class CheckError extends Error {
  override readonly name = 'CheckError'
  constructor(readonly problem: Problem) {
    super(problem.message)
  }
}

/** The shipped checklist. */
const shippedChecklist: TE.TaskEither<Problem, Checklist> = loadOnce(() => loadChecklist()())

/** Checks with the shipped checklist, loaded once. Rejects with a `CheckError`, which carries the typed problem. */
export const check = async (sources: readonly Source[], options: CheckOptions = {}): Promise<Report> => {
  const result = pipe(
    await shippedChecklist(),
    E.chain((checklist) => checklist.check(sources, options)),
  )
  if (E.isLeft(result)) throw new CheckError(result.left)
  return result.right
}
