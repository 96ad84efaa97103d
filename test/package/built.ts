import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of the package's root folder. */
export const inPackage = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

/** These tests run what is shipped; says so where it has not been built. */
export const requireBuilt = (): void => {
  if (!existsSync(inPackage('dist/cli.js'))) {
    throw new Error('dist/ is missing: `npm ci` builds it (its prepare script), and `npm run build` builds it again')
  }
}

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface RunOptions {
  readonly folder?: string
  readonly input?: string | Uint8Array
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs a program to its end. */
export const run = (program: string, args: readonly string[], options: RunOptions = {}): Ran => {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd: options.folder ?? inPackage('.'),
    input: options.input ?? '',
    env: { ...process.env, ...options.environment },
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  if (error !== undefined) throw error
  return { code: status, out: stdout, err: stderr }
}

/** The same for a program that must succeed; gives its standard output. */
export const succeed = (program: string, args: readonly string[], options: RunOptions = {}): string => {
  const { code, out, err } = run(program, args, options)
  if (code !== 0) throw new Error(`${program} ${args.join(' ')} ended with ${code}\n${out}\n${err}`)
  return out
}

/** Runs the built command. */
export const cli = (args: readonly string[], options: RunOptions = {}): Ran =>
  run(process.execPath, [inPackage('dist/cli.js'), ...args], options)
