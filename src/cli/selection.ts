import * as E from 'fp-ts/Either'
import { pipe } from 'fp-ts/function'
import type { Checklist } from '../check'
import { type Problem, problem } from '../problem'

/** The options of `check` about the part of the checklist that is meant. */
export interface SelectionFlags {
  readonly item?: readonly string[]
  readonly control?: readonly string[]
  readonly framework?: readonly string[]
  readonly withoutItem?: readonly string[]
  readonly withoutControl?: readonly string[]
}

/** The problem as one of the option that caused it. */
export const ofOption = (option: string) =>
  E.mapLeft(
    (found: Problem): Problem =>
      found.code === 'option-invalid' ? problem('option-invalid', { ...found.data, option }) : found,
  )

/** The checklist without what is left out, and of that what is mapped to a framework. Left: an id that is not in the checklist, or no longer. */
export const selected = (whole: Checklist, flags: SelectionFlags): E.Either<Problem, Checklist> => {
  const { framework: frameworks, withoutItem: items, withoutControl: controls } = flags
  return pipe(
    items === undefined ? E.right(whole) : ofOption('--without-item')(whole.without({ items })),
    E.chain((rest) =>
      controls === undefined
        ? E.right(rest)
        : ofOption('--without-control')(
            rest.without({ controls: controls.filter((id) => !goneFrom(whole, rest, id)) }),
          ),
    ),
    E.chain((rest) => (frameworks === undefined ? E.right(rest) : ofOption('--framework')(rest.only({ frameworks })))),
    E.filterOrElse(
      (rest) => leftOut(whole, rest, flags) === undefined,
      (rest) => leftOut(whole, rest, flags) ?? problem('nothing-selected', {}),
    ),
  )
}

const goneFrom = (whole: Checklist, rest: Checklist, id: string): boolean =>
  whole.catalogue.control(id) !== undefined && rest.catalogue.control(id) === undefined

/** An item or control that exists, is asked for, and is left out by another option. */
const leftOut = (
  whole: Checklist,
  rest: Checklist,
  { item = [], control = [] }: SelectionFlags,
): Problem | undefined => {
  const expected = 'in what --framework, --without-item and --without-control leave'
  const lostItem = item.find((id) => whole.catalogue.item(id) !== undefined && rest.catalogue.item(id) === undefined)
  if (lostItem !== undefined) return problem('option-invalid', { option: '--item', given: lostItem, expected })
  const lost = control.find((id) => goneFrom(whole, rest, id))
  return lost === undefined ? undefined : problem('option-invalid', { option: '--control', given: lost, expected })
}
