import * as E from 'fp-ts/Either'
import { type Problem, problem } from '../problem'
import type { CatalogueContent } from './content'
import type { Control, Item, Tier } from './control'

/**
 * Which part of a checklist is meant. Each criterion that is given narrows it further; a control meets one where it is, or
 * points at, any of its entries.
 */
export interface Selection {
  readonly items?: readonly string[]
  readonly controls?: readonly string[]
  readonly tier?: Tier
  /** Names of other catalogues: the controls that are mapped to one of them. */
  readonly frameworks?: readonly string[]
}

type Criterion = (control: Control) => boolean

const criteriaOf = ({ items, controls, tier, frameworks }: Selection): readonly Criterion[] => [
  ...(items === undefined ? [] : [(control: Control) => items.includes(control.item)]),
  ...(controls === undefined ? [] : [(control: Control) => controls.includes(control.id)]),
  ...(tier === undefined ? [] : [(control: Control) => control.tier === tier]),
  ...(frameworks === undefined ? [] : [(control: Control) => frameworks.some((name) => name in control.mappings)]),
]

const unknownIn = (content: CatalogueContent, selection: Selection): Problem | undefined => {
  const known = {
    items: content.document.items.map(({ id }) => id),
    controls: content.controls.map(({ id }) => id),
    frameworks: [
      ...content.frameworks.map(({ name }) => name),
      ...content.controls.flatMap(({ mappings }) => Object.keys(mappings)),
    ],
  }
  for (const option of ['items', 'controls', 'frameworks'] as const) {
    const given = selection[option]?.find((id) => !known[option].includes(id))
    if (given !== undefined) {
      const expected =
        option === 'controls' ? 'the id of a control' : `one of ${[...new Set(known[option])].join(', ')}`
      return problem('option-invalid', { option, given, expected })
    }
  }
  return undefined
}

/** Only the controls that meet every criterion, and of the document only what they, or the items named, stand under. */
export const only = (content: CatalogueContent, selection: Selection): E.Either<Problem, CatalogueContent> => {
  const unknown = unknownIn(content, selection)
  if (unknown !== undefined) return E.left(unknown)
  const criteria = criteriaOf(selection)
  const controls = content.controls.filter((control) => criteria.every((meets) => meets(control)))
  const used = new Set([...(selection.items ?? []), ...controls.map(({ item }) => item)])
  return E.right(narrowed(content, controls, (item) => used.has(item.id)))
}

/** All but the controls that meet every criterion; an item that loses all its controls, or is named, goes with them. */
export const without = (content: CatalogueContent, selection: Selection): E.Either<Problem, CatalogueContent> => {
  const unknown = unknownIn(content, selection)
  if (unknown !== undefined) return E.left(unknown)
  const criteria = criteriaOf(selection)
  if (criteria.length === 0) return E.right(content)
  const dropped = content.controls.filter((control) => criteria.every((meets) => meets(control)))
  const controls = content.controls.filter((control) => !dropped.includes(control))
  const left = new Set(controls.map(({ item }) => item))
  const emptied = new Set(dropped.map(({ item }) => item).filter((item) => !left.has(item)))
  const named = criteria.length === 1 ? (selection.items ?? []) : []
  return E.right(narrowed(content, controls, ({ id }) => !emptied.has(id) && !named.includes(id)))
}

/** Questions and phases stay where something that stays belongs to them; an item names only questions that stay. */
const narrowed = (
  { document, frameworks }: CatalogueContent,
  controls: readonly Control[],
  stays: (item: Item) => boolean,
): CatalogueContent => {
  const items = document.items.filter(stays)
  const answered = new Set([
    ...items.flatMap((item) => item.questions),
    ...controls.flatMap((control) => control.questions ?? []),
  ])
  const questions = document.questions.filter(({ id }) => answered.has(id))
  const phases = new Set([...items, ...questions].map(({ phase }) => phase))
  return {
    document: { ...document, phases: document.phases.filter(({ id }) => phases.has(id)), questions, items },
    controls,
    frameworks,
  }
}
