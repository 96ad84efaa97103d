import type { CatalogueFile, ChecklistDocument, Control, Framework } from './control'

/** What a catalogue is made of: a checklist document, controls under its items, and other catalogues. */
export interface CatalogueContent {
  readonly document: ChecklistDocument
  readonly controls: readonly Control[]
  readonly frameworks: readonly Framework[]
}

const NONE: ChecklistDocument = { phases: [], questions: [], items: [] }

/** The first of those with one key: a phase or catalogue that two packs share stands once. */
const once = <A>(entries: readonly A[], key: (entry: A) => string): readonly A[] => {
  const seen = new Set<string>()
  return entries.filter((entry) => {
    const known = seen.has(key(entry))
    seen.add(key(entry))
    return !known
  })
}

/** Lays catalogues beside each other. The first checklist gives the title; the others add phases, questions and items to it. */
export const joinContents = (contents: readonly CatalogueContent[]): CatalogueContent => {
  const documents = contents.map(({ document }) => document)
  const [first = NONE] = documents.filter(({ items }) => items.length > 0)
  return {
    document: {
      ...first,
      phases: once(
        documents.flatMap(({ phases }) => phases),
        ({ id }) => id,
      ),
      questions: documents.flatMap(({ questions }) => questions),
      items: documents.flatMap(({ items }) => items),
    },
    controls: contents.flatMap(({ controls }) => controls),
    frameworks: once(
      contents.flatMap(({ frameworks }) => frameworks),
      ({ name }) => name,
    ),
  }
}

/** The content of one pack's catalogue. */
export const contentOf = (file: CatalogueFile): CatalogueContent => ({
  document: file.checklist ?? NONE,
  controls: file.controls,
  frameworks: Object.values(file.frameworks),
})
