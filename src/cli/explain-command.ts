import { readFile } from 'node:fs/promises'
import * as E from 'fp-ts/Either'
import type { Catalogue } from '../catalogue/catalogue'
import type { Control } from '../catalogue/control'
import { isArray, isObject, type Json, member } from '../json'
import { readSource } from '../manifest/index'
import { problem } from '../problem'
import { type ExitCode, print, printProblem } from './output'
import { checklistFor, type PackFlags } from './pack-flags'
import { packageFile } from './package-file'

/** `aks-checklist explain ID`: one control: why, how to fix, examples, mappings. */
export const explainCommand = async (id: string, flags: PackFlags): Promise<ExitCode> => {
  const checklist = await checklistFor(flags)
  if (E.isLeft(checklist)) {
    printProblem(checklist.left)
    return 2
  }
  const { catalogue } = checklist.right
  const control = catalogue.control(id) ?? catalogue.control(id.toUpperCase())
  if (control === undefined) {
    printProblem(
      problem('option-invalid', {
        option: 'explain',
        given: id,
        expected: 'the id of a control; aks-checklist list has them, those of your own with --pack',
      }),
    )
    return 2
  }
  await print(explanation(catalogue, control, await examplesOf(control)))
  return 0
}

/** The examples of a shipped control; other packs do not carry theirs. */
const examplesOf = async ({ item, name }: Control): Promise<Json> => {
  const file = packageFile('policies', 'controls', item.toLowerCase(), name, 'examples.yaml')
  const text = await readFile(file, 'utf8').catch(() => '')
  return readSource({ name: file, text }).documents[0]?.value ?? []
}

const section = (title: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : [`${title}\n${lines.map((line) => `  ${line}`).join('\n')}`]

/** A template read by itself: what a finding fills in stands in angle brackets. */
const spelledOut = (template: string): string => template.replace(/\{([A-Za-z]\w*)\}/g, '<$1>')

const paragraph = (text: string): readonly string[] => text.trim().split('\n')

const explanation = (catalogue: Catalogue, control: Control, examples: Json): string => {
  const item = catalogue.itemOf(control.id)
  const questions = catalogue.questions.filter(({ id }) => catalogue.questionsOf(control.id).includes(id))
  return `${[
    `${control.id}  ${control.title}`,
    `  ${control.severity}, ${control.tier}, judged per ${control.unit}; item ${control.item}${item === undefined ? '' : ` (${item.title})`}`,
    ...section('Why', paragraph(control.description)),
    ...section('How to fix', paragraph(spelledOut(control.remediation))),
    ...section('Looks at', [control.kinds.map((kind) => (kind === '*' ? 'every kind' : kind)).join(', ')]),
    ...section('Needs the complete list of', control.needs),
    ...section(
      'Answers',
      questions.map(({ id, text }) => `${id} ${text}`),
    ),
    ...section(
      'Parameters',
      Object.entries(control.parameters).map(([name, parameter]) => `${name}: ${JSON.stringify(parameter.default)}`),
    ),
    ...section('Examples', exampleLines(examples)),
    ...section(
      'Mappings',
      Object.entries(control.mappings).map(([framework, ids]) => `${framework}: ${ids.join(', ')}`),
    ),
    ...section('Read more', control.relatedResources),
  ].join('\n\n')}\n`
}

const exampleLines = (examples: Json): readonly string[] =>
  (isArray(examples) ? examples.filter(isObject) : []).flatMap((example, at) => {
    const [title, verdict, manifest] = ['case', 'verdict', 'manifest'].map((key) => member(example, key))
    const heading = `${String(verdict)}: ${String(title)}`
    // One of each is enough to see the shape; the rest are named.
    return at < 2 && typeof manifest === 'string'
      ? [
          heading,
          ...manifest
            .trimEnd()
            .split('\n')
            .map((line) => `    ${line}`),
        ]
      : [heading]
  })
