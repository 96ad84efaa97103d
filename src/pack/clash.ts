import { type Problem, problem } from '../problem'
import type { Pack } from './pack'

type What = 'control' | 'item' | 'question' | 'phase' | 'framework'

interface Entry {
  readonly what: What
  readonly id: string
  readonly pack: string
  /** What it says, where the same may stand in two packs: a phase, another catalogue. */
  readonly shared?: string
}

const entriesOf = ({ name: pack, catalogue }: Pack): readonly Entry[] => {
  const { phases = [], questions = [], items = [] } = catalogue.checklist ?? {}
  return [
    ...catalogue.controls.map(({ id }): Entry => ({ what: 'control', id, pack })),
    ...items.map(({ id }): Entry => ({ what: 'item', id, pack })),
    ...questions.map(({ id }): Entry => ({ what: 'question', id, pack })),
    ...phases.map((phase): Entry => ({ what: 'phase', id: phase.id, pack, shared: JSON.stringify(phase) })),
    ...Object.entries(catalogue.frameworks).map(
      ([id, framework]): Entry => ({ what: 'framework', id, pack, shared: JSON.stringify(framework) }),
    ),
  ]
}

/** The first id that stands in two packs, or twice in one, with another meaning. */
const clashIn = (packs: readonly Pack[]): Problem | undefined => {
  const seen = new Map<string, Entry>()
  for (const entry of packs.flatMap(entriesOf)) {
    const key = `${entry.what} ${entry.id}`
    const first = seen.get(key)
    if (first === undefined) seen.set(key, entry)
    else if (first.shared === undefined || first.shared !== entry.shared) {
      const { what, id } = entry
      return problem('pack-clash', { what, id, packs: [first.pack, entry.pack] })
    }
  }
  return undefined
}

/** The first control whose item, or question, is in no pack: its findings would answer nothing. */
const strayIn = (packs: readonly Pack[]): Problem | undefined => {
  const documents = packs.flatMap(({ catalogue }) => catalogue.checklist ?? [])
  const items = documents.flatMap((document) => document.items.map(({ id }) => id))
  const questions = documents.flatMap((document) => document.questions.map(({ id }) => id))
  for (const { name: pack, catalogue } of packs) {
    for (const { id: control, item, questions: own = [] } of catalogue.controls) {
      if (!items.includes(item))
        return problem('pack-unknown-id', { pack, control, what: 'item', id: item, known: items })
      const id = own.find((question) => !questions.includes(question))
      if (id !== undefined) return problem('pack-unknown-id', { pack, control, what: 'question', id, known: questions })
    }
  }
  return undefined
}

/** Why these packs cannot stand beside each other, if they cannot. */
export const misfit = (packs: readonly Pack[]): Problem | undefined => clashIn(packs) ?? strayIn(packs)
