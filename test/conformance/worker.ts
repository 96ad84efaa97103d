import { readFileSync } from 'node:fs'
import { parentPort, workerData } from 'node:worker_threads'
import * as TE from 'fp-ts/TaskEither'
import type { RegoCompiler } from '../../src/compiler/compiler'
import { type Case, type CaseFile, readCases } from './case'
import { compileCase } from './compile'
import { compilerFrom } from './compiler'
import { evaluate } from './evaluate'
import { failed, type Verdict, verdictOf } from './verdict'

/** What became of the cases of a file, and the milliseconds of each stage. */
export interface Judged {
  readonly verdicts: readonly Verdict[]
  readonly times: Readonly<Record<Stage, number>>
}

type Stage = 'read' | 'compile' | 'evaluate'

const judgeFile = async (compiler: RegoCompiler, { version, path }: CaseFile): Promise<Judged> => {
  const times = { read: 0, compile: 0, evaluate: 0 }
  const timed = async <A>(stage: Stage, run: () => A | Promise<A>): Promise<A> => {
    const started = performance.now()
    try {
      return await run()
    } finally {
      times[stage] += performance.now() - started
    }
  }
  const judgeCase = async (given: Case): Promise<Verdict> => {
    try {
      const wasm = await timed('compile', () => compileCase(compiler, given))
      const outcome = await timed('evaluate', () => evaluate(TE.right(compiler), given, Buffer.from(wasm, 'base64')))
      return verdictOf(given, outcome)
    } catch (error) {
      return failed(given, error)
    }
  }
  const verdicts: Verdict[] = []
  const cases = await timed('read', () => readCases(compiler, version, readFileSync(path, 'utf8')))
  for (const given of cases) verdicts.push(await judgeCase(given))
  return { verdicts, times }
}

const compiler = await compilerFrom(String(workerData))

parentPort?.on('message', (file: CaseFile) => {
  // A file that cannot be read is thrown outside of any promise: it ends the worker, and with it the run.
  const stop = (error: unknown): void =>
    void setImmediate(() => {
      throw new Error(`${file.path}: ${String(error)}`)
    })
  judgeFile(compiler, file).then((judged) => parentPort?.postMessage(judged), stop)
})
