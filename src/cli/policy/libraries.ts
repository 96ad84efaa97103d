import { readFile } from 'node:fs/promises'
import * as E from 'fp-ts/Either'
import { packageOf as declaredPackage } from '../../compiler/foreign-rego'
import type { RegoSource } from '../../compiler/index'
import { readSource } from '../../manifest/index'
import { shippedLibraries as readLibraries } from '../../node'
import { packageFile } from '../package-file'

/** The libraries and the entrypoint that every pack is compiled with. */
export const shippedLibraries = async (): Promise<readonly RegoSource[]> => {
  const libraries = await readLibraries()()
  if (E.isLeft(libraries)) throw new Error(libraries.left.message)
  return libraries.right
}

/** The package that a Rego text declares, with dots however it is written. */
export const packageOf = (text: string): string =>
  (declaredPackage(text) ?? '').replace(/\["(\w+)"\]/g, (_, segment: string) => `.${segment}`)

const LIBRARY = /\bdata(?:\.lib\b|\["lib"\])(?:\.(\w+))?/g

/** The packages of `data.lib` that a text speaks of; all where it does not say which. */
const mentioned = (text: string, all: readonly string[]): readonly string[] =>
  [...text.matchAll(LIBRARY)].flatMap(([, name]) => (name === undefined ? all : [`lib.${name}`]))

/**
 * The shipped libraries that the sources import, directly or through each other, and with `report` the entrypoint of
 * packs. A package that the sources hold themselves stays theirs.
 */
export const librariesFor = async (
  sources: readonly RegoSource[],
  { report }: { readonly report: boolean },
): Promise<readonly RegoSource[]> => {
  const own = new Set(sources.map(({ text }) => packageOf(text)))
  const libraries = (await shippedLibraries()).filter(({ text }) => !own.has(packageOf(text)))
  const all = [...new Set(libraries.map(({ text }) => packageOf(text)))].filter((name) => name.startsWith('lib.'))
  const wanted = new Set(report ? ['report'] : [])
  const follow = (texts: readonly string[]): void => {
    const fresh = [...new Set(texts.flatMap((text) => mentioned(text, all)))].filter((name) => !wanted.has(name))
    for (const name of fresh) wanted.add(name)
    if (fresh.length > 0) {
      follow(libraries.filter(({ text }) => fresh.includes(packageOf(text))).map(({ text }) => text))
    }
  }
  follow(sources.map(({ text }) => text))
  return libraries.filter(({ text }) => wanted.has(packageOf(text)))
}

/** What `excludedNamespaces: aks` stands for. */
export const aksNamespaces = async (): Promise<readonly string[]> => {
  const file = packageFile('policies', 'aks-namespaces.yaml')
  const [document] = readSource({ name: file, text: await readFile(file, 'utf8') }).documents
  return Array.isArray(document?.value) ? document.value.filter((name): name is string => typeof name === 'string') : []
}
