import * as E from 'fp-ts/Either'
import { type BuiltPack, buildPack, inspectRego, type PackData, type RegoOptions } from '../../compiler/index'
import { catalogueOf } from '../../compiler/pack-catalogue'
import { type Problem, problem } from '../../problem'
import { merged, type PackContent, packContent } from '../pack-sources'
import { isTest, type PolicyFiles } from './files'
import { aksNamespaces, librariesFor } from './libraries'

export interface BuildSettings extends RegoOptions {
  readonly optimization?: 0 | 1 | 2
}

/** Compiles controls, beside the shipped libraries that they import, to a pack: the one that `--pack` makes of the same folders. */
export const buildControls = async (
  { names, rego }: PolicyFiles,
  settings: BuildSettings,
): Promise<E.Either<readonly Problem[], BuiltPack>> => {
  const policies = rego.filter((source) => !isTest(source))
  const libraries = await librariesFor(policies, { report: true })
  const content = await contentOf(names)
  return E.isLeft(content) ? content : buildPack([...policies, ...libraries], { ...settings, ...content.right })()
}

/** What is wrong with the METADATA of controls; nothing where there are none. */
export const checkMetadata = async (
  { names, rego }: PolicyFiles,
  settings: RegoOptions,
): Promise<readonly Problem[]> => {
  const modules = await inspectRego(
    rego.filter((source) => !isTest(source)),
    settings,
  )()
  // What does not parse has been told by who compiled it.
  if (E.isLeft(modules)) return []
  const content = await contentOf(names)
  if (E.isLeft(content)) return content.left
  const catalogue = catalogueOf(modules.right, content.right)
  return E.isLeft(catalogue) ? catalogue.left : []
}

/** What the folders bring together beside their Rego. */
const contentOf = async (
  names: readonly string[],
): Promise<E.Either<readonly Problem[], PackContent & Pick<PackData, 'aksNamespaces'>>> => {
  let whole: PackContent = { data: {}, frameworks: {} }
  let bringer: string | undefined
  for (const name of names) {
    const content = await packContent(name)
    if (E.isLeft(content)) return E.left([content.left])
    const { data, checklist, frameworks } = content.right
    if (checklist !== undefined) {
      if (bringer !== undefined)
        return E.left([problem('pack-invalid', { reason: `both ${bringer} and ${name} bring a checklist` })])
      bringer = name
    }
    whole = {
      ...whole,
      data: merged(whole.data, data),
      frameworks: { ...whole.frameworks, ...frameworks },
      ...(checklist === undefined ? {} : { checklist }),
    }
  }
  return E.right({ ...whole, aksNamespaces: await aksNamespaces() })
}
