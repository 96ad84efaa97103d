import type { RegoObject } from '../../../value'
import { accepts } from '../../accepts'
import { compile } from '../../regex/re2'
import type { ArrayKeywords, ObjectKeywords, StringKeywords } from '../schema'
import { refuseGreater, refuseNotA, refusePattern, refuseRepetition, refuseType } from './invalid-schema'
import { anyKeyword, countKeyword, listKeyword, stringKeyword } from './keyword'

type Range = readonly [least: bigint | undefined, most: bigint | undefined]

const rangeOf = (schema: RegoObject, least: string, most: string): Range => {
  const range: Range = [countKeyword(schema, least), countKeyword(schema, most)]
  return range[0] !== undefined && range[1] !== undefined && range[0] > range[1] ? refuseGreater(least, most) : range
}

export const stringKeywords = (schema: RegoObject): StringKeywords => {
  const [minLength, maxLength] = rangeOf(schema, 'minLength', 'maxLength')
  const written = stringKeyword(schema, 'pattern')
  if (written !== undefined && !accepts(() => compile(written))) refusePattern('pattern')
  return { minLength, maxLength, pattern: written === undefined ? undefined : { written, compiled: compile(written) } }
}

const requiredIn = (schema: RegoObject): readonly string[] => {
  const required: string[] = []
  for (const name of listKeyword(schema, 'required') ?? []) {
    if (typeof name !== 'string') return refuseType('string', 'required')
    if (required.includes(name)) refuseRepetition('required')
    required.push(name)
  }
  return required
}

export const objectKeywords = (schema: RegoObject): ObjectKeywords => {
  const [minProperties, maxProperties] = rangeOf(schema, 'minProperties', 'maxProperties')
  return { minProperties, maxProperties, required: requiredIn(schema) }
}

/** The keywords for arrays but those with schemas. */
export const arrayKeywords = (schema: RegoObject): Omit<ArrayKeywords, 'contains'> => {
  // Unlike the others, these may contradict each other.
  const [minItems, maxItems] = [countKeyword(schema, 'minItems'), countKeyword(schema, 'maxItems')]
  const uniqueItems = anyKeyword(schema, 'uniqueItems', false)
  return {
    minItems,
    maxItems,
    uniqueItems: typeof uniqueItems === 'boolean' ? uniqueItems : refuseNotA('uniqueItems', 'boolean'),
  }
}
