import { inPackage, requireBuilt, run } from '../package/built'

const OPTIONS = [
  ...['--noEmit', '--strict', '--skipLibCheck', '--ignoreConfig'],
  ...['--target', 'es2022', '--lib', 'es2022,dom,dom.iterable', '--types', 'node'],
  ...['--module', 'esnext', '--moduleResolution', 'bundler'],
]

/** What TypeScript says of files that import the package by its name, as a user's project has it. */
export const typeErrors = (files: readonly string[]): string => {
  requireBuilt()
  const { out, err } = run(process.execPath, [inPackage('node_modules/typescript/bin/tsc'), ...OPTIONS, ...files])
  return out + err
}
