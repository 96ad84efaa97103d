import type { CatalogueContent } from './content'
import type { ChecklistDocument, Control, Framework, Item, Question } from './control'

/** Controls, checklist and frameworks as typed data, with both directions of every mapping. */
export interface Catalogue {
  readonly document: ChecklistDocument
  readonly items: readonly Item[]
  readonly questions: readonly Question[]
  /** In the order of the items, then by id. */
  readonly controls: readonly Control[]
  readonly frameworks: readonly Framework[]
  readonly control: (id: string) => Control | undefined
  readonly item: (id: string) => Item | undefined
  readonly controlsOf: (item: string) => readonly Control[]
  readonly itemOf: (control: string) => Item | undefined
  /** The questions a control answers: its own list, or its item's. */
  readonly questionsOf: (control: string) => readonly string[]
  /** The controls that point at an item of another catalogue, `controlsMappedTo('cis-aks', '4.2.1')`. */
  readonly controlsMappedTo: (framework: string, item?: string) => readonly Control[]
}

const byId = <A extends { readonly id: string }>(entries: readonly A[]): ReadonlyMap<string, A> =>
  new Map(entries.map((entry) => [entry.id, entry]))

/** Builds the catalogue, with its indexes, from its content. */
export const catalogueOf = (content: CatalogueContent): Catalogue => {
  const { document } = content
  const order = new Map(document.items.map((item, at) => [item.id, at]))
  const place = (control: Control): number => order.get(control.item) ?? order.size
  const controls = [...content.controls].sort((a, b) => place(a) - place(b) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  const controlById = byId(controls)
  const itemById = byId(document.items)
  const itemOf = (id: string): Item | undefined => itemById.get(controlById.get(id)?.item ?? '')
  return {
    document,
    items: document.items,
    questions: document.questions,
    controls,
    frameworks: content.frameworks,
    control: (id) => controlById.get(id),
    item: (id) => itemById.get(id),
    controlsOf: (item) => controls.filter((control) => control.item === item),
    itemOf,
    questionsOf: (id) => controlById.get(id)?.questions ?? itemOf(id)?.questions ?? [],
    controlsMappedTo: (framework, item) =>
      controls.filter((control) => {
        const ids = control.mappings[framework]
        return ids !== undefined && (item === undefined || ids.includes(item))
      }),
  }
}
