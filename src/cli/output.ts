import { chmod, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { levelOf, type Problem } from '../problem'

/** 0: nothing at or above the threshold; 1: something; 2: a wrong call, or an input that could not be read. */
export type ExitCode = 0 | 1 | 2

/** Writes all of the text, also into a pipe that is read slowly; a reader that has gone away is no error. */
export const print = (text: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException): void => (error.code === 'EPIPE' ? resolve() : reject(error))
    process.stdout.once('error', failed)
    process.stdout.write(text, () => {
      process.stdout.off('error', failed)
      resolve()
    })
  })

/**
 * Writes beside the file and renames, so that nobody ever sees half of it. What is there already stays what it is: a link leads on to its
 * file, which keeps its permissions, and a device or a pipe is written to, since a rename would put a file in its place.
 */
export const writeWhole = async (name: string, content: string | Uint8Array): Promise<void> => {
  const file = await realpath(name).catch(() => name)
  const known = await stat(file).catch(() => undefined)
  const temporary = `${file}.${process.pid}.part`
  try {
    if (known !== undefined && !known.isFile()) return await writeFile(file, content)
    await writeFile(temporary, content)
    if (known !== undefined) await chmod(temporary, known.mode)
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`Cannot write ${name}: ${reason.replaceAll(temporary, name)}`, { cause: error })
  }
}

/** One line a problem on standard error. */
export const printProblem = ({ code, message, location }: Problem | ProblemLine): void => {
  const place = location === undefined ? '' : `${location.source}:${location.start.line}:${location.start.column}: `
  process.stderr.write(`${levelOf(code)}: ${place}${message}\n`)
}

/** A sentence on standard error about what was passed over on purpose. */
export const printNote = (sentence: string): void => {
  process.stderr.write(`note: ${sentence}\n`)
}

/** Prints why something could not be done at all. */
export const refuse = (problems: readonly Problem[]): ExitCode => {
  for (const each of problems) printProblem(each)
  return 2
}

type ProblemLine = Pick<Problem, 'code' | 'message' | 'location'>
