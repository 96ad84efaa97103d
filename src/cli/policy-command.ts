import { writeFile } from 'node:fs/promises'
import * as E from 'fp-ts/Either'
import { checkRego, formatRego, type RegoSource, testRego } from '../compiler/index'
import type { Problem } from '../problem'
import { type ExitCode, print, printProblem, writeWhole } from './output'
import { buildPolicyFolder, readPolicyFolder, shippedLibraries } from './policy-folder'

const refuse = (problems: readonly Problem[]): ExitCode => {
  for (const problem of problems) printProblem(problem)
  return 2
}

const withSources = async (
  folder: string,
  run: (sources: readonly RegoSource[]) => Promise<ExitCode>,
): Promise<ExitCode> => {
  const sources = await readPolicyFolder(folder)
  return E.isLeft(sources) ? refuse([sources.left]) : run(sources.right)
}

/** The shipped libraries, unless the folder holds them itself. */
const beside = async (sources: readonly RegoSource[]): Promise<readonly RegoSource[]> => {
  const packages = new Set(sources.map(({ text }) => packageOf(text)))
  return (await shippedLibraries()).filter(({ text }) => !packages.has(packageOf(text)))
}

const packageOf = (text: string): string => /^package (\S+)/m.exec(text)?.[1] ?? ''

/** `aks-checklist policy build`. */
export const policyBuild = async (folder: string, output: string): Promise<ExitCode> => {
  const built = await buildPolicyFolder(folder)
  if (E.isLeft(built)) return refuse(built.left)
  const { module, catalogue } = built.right
  await writeWhole(output, module)
  const controls = catalogue['controls']
  await print(`${output}: ${Array.isArray(controls) ? controls.length : 0} controls, ${module.length} bytes\n`)
  return 0
}

/** `aks-checklist policy check`. */
export const policyCheck = (folder: string): Promise<ExitCode> =>
  withSources(folder, async (sources) => {
    const checked = await checkRego([...sources, ...(await beside(sources))], { strict: true })()
    if (E.isLeft(checked)) return refuse(checked.left)
    await print(`${sources.length} files are well-formed\n`)
    return 0
  })

/** `aks-checklist policy test`. */
export const policyTest = (folder: string): Promise<ExitCode> =>
  withSources(folder, async (sources) => {
    const tested = await testRego([...sources, ...(await beside(sources))], {})()
    if (E.isLeft(tested)) return refuse(tested.left)
    const { results } = tested.right
    const bad = results.filter(({ outcome }) => outcome === 'fail' || outcome === 'error')
    for (const { name, location, error } of bad) {
      const place = location === undefined ? '' : `${location.source}:${location.start.line}: `
      await print(`not ok: ${place}${name}${error === undefined ? '' : `: ${error.message}`}\n`)
    }
    await print(`${results.length - bad.length} passed, ${bad.length} failed\n`)
    return bad.length > 0 ? 1 : results.length === 0 ? 2 : 0
  })

/** `aks-checklist policy fmt`. */
export const policyFormat = (folder: string, write: boolean): Promise<ExitCode> =>
  withSources(folder, async (sources) => {
    const formatted = await formatRego(sources)()
    if (E.isLeft(formatted)) return refuse(formatted.left)
    const changed = formatted.right.filter(({ text }, at) => text !== sources[at]?.text)
    for (const { name, text } of changed) {
      if (write) await writeFile(name, text)
      await print(`${name}\n`)
    }
    return changed.length > 0 && !write ? 1 : 0
  })
