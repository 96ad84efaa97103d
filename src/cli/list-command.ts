import * as E from 'fp-ts/Either'
import type { Catalogue } from '../catalogue/catalogue'
import type { Control } from '../catalogue/control'
import { problem } from '../problem'
import { type ExitCode, print, printProblem } from './output'
import { checklistFor, type PackFlags } from './pack-flags'

/** The options of `list`. */
export interface ListFlags extends PackFlags {
  readonly item?: string
  readonly framework?: string
  readonly format: string
}

/** `aks-checklist list`: what is checked and why, with mappings. */
export const listCommand = async (flags: ListFlags): Promise<ExitCode> => {
  const checklist = await checklistFor(flags)
  if (E.isLeft(checklist)) {
    printProblem(checklist.left)
    return 2
  }
  const { catalogue } = checklist.right
  const refusal = refused(catalogue, flags)
  if (refusal !== undefined) {
    printProblem(refusal)
    return 2
  }
  const controls = catalogue.controls.filter(
    ({ item, mappings }) =>
      (flags.item === undefined || item === flags.item) &&
      (flags.framework === undefined || mappings[flags.framework] !== undefined),
  )
  await print(
    flags.format === 'json' ? `${JSON.stringify(controls, null, 2)}\n` : table(catalogue, controls, flags.framework),
  )
  return 0
}

const refused = (catalogue: Catalogue, { item, framework, format }: ListFlags) => {
  if (item !== undefined && catalogue.item(item) === undefined) {
    return problem('option-invalid', {
      option: '--item',
      given: item,
      expected: `one of ${catalogue.items.map(({ id }) => id).join(', ')}`,
    })
  }
  const known = [...new Set(catalogue.controls.flatMap(({ mappings }) => Object.keys(mappings)))].sort()
  if (framework !== undefined && !known.includes(framework)) {
    return problem('option-invalid', {
      option: '--framework',
      given: framework,
      expected: known.length === 0 ? 'of use here: no control is mapped to a catalogue' : `one of ${known.join(', ')}`,
    })
  }
  return format === 'json' || format === 'text'
    ? undefined
    : problem('option-invalid', { option: '--format', given: format, expected: 'one of text, json' })
}

const table = (catalogue: Catalogue, controls: readonly Control[], framework: string | undefined): string => {
  const width = Math.max(...controls.map(({ id }) => id.length), 0)
  const line = ({ id, severity, title, tier, mappings }: Control): string => {
    const ids = framework === undefined ? '' : `  [${framework} ${mappings[framework]?.join(', ')}]`
    return `  ${id.padEnd(width)}  ${severity.padEnd(8)}  ${title}${tier === 'extended' ? ' (extended)' : ''}${ids}`
  }
  const groups = catalogue.items.flatMap((item) => {
    const own = controls.filter((control) => control.item === item.id)
    return own.length === 0 ? [] : [`${item.id}  ${item.title}\n${own.map(line).join('\n')}`]
  })
  const items = new Set(catalogue.items.map(({ id }) => id))
  const others = controls.filter(({ item }) => !items.has(item))
  return `${[...groups, ...(others.length === 0 ? [] : [others.map(line).join('\n')])].join('\n\n')}\n`
}
