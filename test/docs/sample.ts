import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** A file of the package as text. */
export const page = (file: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), 'utf8')

/** The fenced blocks of a language. */
export const blocks = (markdown: string, language: string): readonly string[] =>
  [...markdown.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map((match) => match[1] ?? '')

/** What a sample speaks of without making it. */
type Given = Readonly<Record<string, unknown>>

const isImport = (line: string): boolean => line.startsWith('import ')

/** A sample as a module: its imports, and the rest as a function of what is given that returns one of its variables. */
const moduleOf = (sample: string, variable: string, given: string): string => {
  const lines = sample.split('\n')
  return [
    ...lines.filter(isImport),
    `export const run = async (${given}) => {`,
    ...lines.filter((line) => !isImport(line)),
    `return ${variable}`,
    '}',
  ].join('\n')
}

export interface Samples {
  /** Runs a sample and gives one of its variables. */
  readonly run: (sample: string, variable: string, given: Given) => Promise<unknown>
  /** The files of the samples that were run. */
  readonly files: () => readonly string[]
  readonly remove: () => void
}

/** A place for the samples of one page. `given` is the type of what they speak of, as a parameter. */
export const openSamples = (name: string, given: string): Samples => {
  const folder = fileURLToPath(new URL(`./.samples/${name}/`, import.meta.url))
  mkdirSync(folder, { recursive: true })
  const files: string[] = []
  return {
    run: async (sample, variable, values) => {
      const file = `${folder}sample-${files.length + 1}.ts`
      files.push(file)
      writeFileSync(file, moduleOf(sample, variable, given))
      const loaded: { readonly run: (values: Given) => Promise<unknown> } = await import(/* @vite-ignore */ file)
      return loaded.run(values)
    },
    files: () => files,
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
