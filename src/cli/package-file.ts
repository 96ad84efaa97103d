import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The closest folder above this code that holds a package.json: the package, built or not. */
const root = (folder: string): string => (existsSync(join(folder, 'package.json')) ? folder : root(dirname(folder)))

/** A file that ships with the package. */
export const packageFile = (...path: readonly string[]): string =>
  join(root(dirname(fileURLToPath(import.meta.url))), ...path)
