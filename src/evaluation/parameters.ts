import * as E from 'fp-ts/Either'
import type { Control, ParameterType } from '../catalogue/control'
import { isArray, isObject, type Json, type JsonObject } from '../json'
import { type Problem, problem } from '../problem'

/** Parameters by control id, then by name. */
export type ParameterOverrides = Readonly<Record<string, JsonObject>>

const FITS: Readonly<Record<ParameterType, (value: Json) => boolean>> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  strings: (value) => isArray(value) && value.every((entry) => typeof entry === 'string'),
  object: isObject,
  list: isArray,
}

/** `data.parameters`: each control's defaults with the overrides laid over them. */
export const resolveParameters = (
  controls: readonly Control[],
  overrides: ParameterOverrides,
): E.Either<Problem, Readonly<Record<string, JsonObject>>> => {
  const byId = new Map(controls.map((control) => [control.id, control]))
  for (const [id, given] of Object.entries(overrides)) {
    const control = byId.get(id)
    if (control === undefined) {
      return E.left(
        problem('option-invalid', { option: `parameters.${id}`, given: id, expected: 'the id of a control' }),
      )
    }
    for (const [name, value] of Object.entries(given)) {
      const parameter = control.parameters[name]
      const option = `parameters.${id}.${name}`
      if (parameter === undefined) {
        const known = Object.keys(control.parameters).join(', ') || 'none'
        return E.left(problem('option-invalid', { option, given: name, expected: `a parameter of ${id} (${known})` }))
      }
      const isDefault = value === null && parameter.default === null
      if (!isDefault && !FITS[parameter.type](value)) {
        return E.left(
          problem('option-invalid', { option, given: JSON.stringify(value), expected: `of type ${parameter.type}` }),
        )
      }
    }
  }
  return E.right(
    Object.fromEntries(
      controls.map((control) => [
        control.id,
        {
          ...Object.fromEntries(
            Object.entries(control.parameters).map(([name, parameter]) => [name, parameter.default]),
          ),
          ...overrides[control.id],
        },
      ]),
    ),
  )
}

/** The namespaces a control leaves out. */
export const excludedNamespaces = (parameters: JsonObject | undefined): ReadonlySet<string> => {
  const list = parameters?.['excludedNamespaces']
  return new Set(isArray(list) ? list.filter((name) => typeof name === 'string') : [])
}
