import { entriesOf, isRegoArray, isRegoObject, memberOf, type RegoObject, type RegoValue } from '../../../value'
import { accepts } from '../../accepts'
import { compile } from '../../regex/re2'
import { canonicalText } from '../canonical-text'
import {
  type CombinedKeywords,
  type Dependency,
  type ItemKeywords,
  type Keywords,
  type PatternProperty,
  type PropertyKeywords,
  type Schema,
  type Subschema,
  TYPES,
  type TypeName,
  type ValueKeywords,
} from '../schema'
import { type Draft, draftOf, HYBRID } from './draft'
import {
  refuseNoSchema,
  refuseNot,
  refuseNotAn,
  refusePropertyPattern,
  refuseRepetition,
  refuseType,
  refuseTypeTwice,
  refuseUnknownType,
} from './invalid-schema'
import { anyKeyword, listKeyword, stringKeyword } from './keyword'
import { numberKeywords } from './number-keywords'
import { Pool } from './pool'
import { parseReference, ROOT } from './reference'
import { arrayKeywords, objectKeywords, stringKeywords } from './size-keywords'

/**
 * Reads a schema. Keywords are looked at in OPA's order, since the first that is wrong is the one that is told; where that order is
 * random, in the order of keys. Source: OPA's `gojsonschema`, schema.go.
 *
 * @throws `InvalidSchema` where the document is none.
 */
export const compileSchema = (document: RegoValue): Schema => {
  const pool = new Pool()
  const whole = pool.add(document, ROOT)
  const compiler = new Compiler(pool)
  return { root: compiler.subschema(whole, draftOf(whole) ?? HYBRID), references: compiler.references }
}

const idKeyword = (schema: RegoObject, draft: Draft): string =>
  draft === 4 || (draft === HYBRID && Object.hasOwn(schema, 'id')) ? 'id' : '$id'

const isTypeName = (name: string): name is TypeName => (TYPES as readonly string[]).includes(name)

const typesOf = (schema: RegoObject): readonly TypeName[] => {
  const written = anyKeyword(schema, 'type', [])
  const types: TypeName[] = []
  for (const name of isRegoArray(written) ? written : [written]) {
    if (typeof name !== 'string') return refuseType('type', 'string/Array Of Strings')
    if (!isTypeName(name)) return refuseUnknownType(name, TYPES)
    if (types.includes(name)) refuseTypeTwice(name)
    types.push(name)
  }
  return types
}

const valueKeywords = (schema: RegoObject, draft: Draft): ValueKeywords => {
  const only = draft >= 6 ? memberOf(schema, 'const') : undefined
  const onlyText = only === undefined ? undefined : canonicalText(only)
  const texts: string[] = []
  const values = listKeyword(schema, 'enum')
  for (const value of values ?? []) {
    const text = canonicalText(value)
    if (texts.includes(text)) refuseRepetition('enum')
    texts.push(text)
  }
  return { only: onlyText, oneOf: values === undefined ? undefined : texts }
}

const isSchema = (value: RegoValue): value is boolean | RegoObject => typeof value === 'boolean' || isRegoObject(value)

class Compiler {
  /** What was referred to, by reference; a schema that refers to itself is true until it is read. */
  readonly references = new Map<string, Subschema>()

  constructor(private readonly pool: Pool) {}

  subschema(document: RegoValue, draft: Draft): Subschema {
    if (draft >= 6 && typeof document === 'boolean') return document
    if (!isRegoObject(document)) return refuseNoSchema()
    const id = stringKeyword(document, idKeyword(document, draft))
    if (id !== undefined) parseReference(id)
    this.#definitions(document, draft)
    stringKeyword(document, 'title')
    stringKeyword(document, 'description')
    const reference = stringKeyword(document, '$ref')
    if (reference === undefined) return this.#keywords(document, draft)
    const { text } = parseReference(reference)
    // Keywords beside a reference count for nothing; but OPA reads them where the reference is known.
    if (this.references.has(text)) this.#keywords(document, draft)
    else this.#follow(reference, draft)
    return { reference: text }
  }

  #follow(written: string, draft: Draft): void {
    const reference = parseReference(written)
    this.references.set(reference.text, true)
    const found = this.pool.find(reference)
    if (!isSchema(found.document)) refuseNot('Valid Schema', 'object')
    this.references.set(reference.text, this.subschema(found.document, found.draft ?? draft))
  }

  #definitions(schema: RegoObject, draft: Draft): void {
    const definitions = memberOf(schema, 'definitions')
    if (definitions === undefined) return
    const named = isRegoObject(definitions) ? definitions : refuseType('Array Of Schemas', 'definitions')
    for (const [, definition] of entriesOf(named)) {
      if (!isSchema(definition)) refuseType('Array Of Schemas', 'definitions')
      this.subschema(definition, draft)
    }
  }

  #keywords(schema: RegoObject, draft: Draft): Keywords {
    // The order is OPA's.
    return {
      types: typesOf(schema),
      properties: this.#properties(schema, draft),
      dependencies: this.#dependencies(schema, draft),
      items: this.#items(schema, draft),
      number: numberKeywords(schema, draft),
      string: stringKeywords(schema),
      format: stringKeyword(schema, 'format'),
      object: objectKeywords(schema),
      array: { ...arrayKeywords(schema), contains: draft >= 6 ? this.#any(schema, draft, 'contains') : undefined },
      values: valueKeywords(schema, draft),
      combined: this.#combined(schema, draft),
    }
  }

  #properties(schema: RegoObject, draft: Draft): PropertyKeywords {
    const properties = anyKeyword(schema, 'properties', {})
    if (!isRegoObject(properties)) return refuseNot('Properties', 'object')
    return {
      properties: new Map(
        entriesOf(properties).map(([name, property]) => [String(name), this.subschema(property, draft)]),
      ),
      additional: this.#additional(schema, draft, 'additionalProperties'),
      patterns: this.#patterns(schema, draft),
      names: draft >= 6 ? this.#names(schema, draft) : undefined,
    }
  }

  #additional(schema: RegoObject, draft: Draft, keyword: string): Subschema | undefined {
    const written = memberOf(schema, keyword)
    if (written === undefined || typeof written === 'boolean') return written
    return isRegoObject(written) ? this.subschema(written, draft) : refuseType('boolean/Valid Schema', keyword)
  }

  #patterns(schema: RegoObject, draft: Draft): readonly PatternProperty[] {
    const written = anyKeyword(schema, 'patternProperties', {})
    if (!isRegoObject(written)) return refuseType('Valid Schema', 'patternProperties')
    return entriesOf(written).map(([key, property]) => {
      const pattern = String(key)
      if (!accepts(() => compile(pattern))) refusePropertyPattern(pattern)
      return { pattern: compile(pattern), schema: this.subschema(property, draft) }
    })
  }

  #names(schema: RegoObject, draft: Draft): Subschema | undefined {
    const written = memberOf(schema, 'propertyNames')
    if (written === undefined) return undefined
    return isSchema(written) ? this.subschema(written, draft) : refuseType('Valid Schema', 'patternProperties')
  }

  #dependencies(schema: RegoObject, draft: Draft): readonly Dependency[] {
    const written = anyKeyword(schema, 'dependencies', {})
    if (!isRegoObject(written)) return refuseNot('dependencies', 'object')
    return entriesOf(written).map(([property, asked]): Dependency => {
      if (isSchema(asked)) return { property: String(property), asks: { schema: this.subschema(asked, draft) } }
      const names = isRegoArray(asked) ? asked.filter((name) => typeof name === 'string') : []
      const isList = isRegoArray(asked) && names.length === asked.length
      return isList
        ? { property: String(property), asks: names }
        : refuseNot('Dependency', 'Schema Or Array Of Strings')
    })
  }

  #items(schema: RegoObject, draft: Draft): ItemKeywords {
    const written = anyKeyword(schema, 'items', [])
    const item = (value: RegoValue): Subschema =>
      isSchema(value) ? this.subschema(value, draft) : refuseType('Valid Schema/Array Of Schemas', 'items')
    return {
      items: isRegoArray(written) ? written.map(item) : { each: item(written) },
      additional: this.#additional(schema, draft, 'additionalItems'),
    }
  }

  #combined(schema: RegoObject, draft: Draft): CombinedKeywords {
    const condition = (keyword: string): Subschema | undefined =>
      draft >= 7 ? this.#one(schema, draft, keyword) : undefined
    return {
      oneOf: this.#list(schema, draft, 'oneOf'),
      anyOf: this.#list(schema, draft, 'anyOf'),
      allOf: this.#list(schema, draft, 'allOf'),
      not: this.#one(schema, draft, 'not'),
      if: condition('if'),
      ifValid: condition('then'),
      ifNot: condition('else'),
    }
  }

  #list(schema: RegoObject, draft: Draft, keyword: string): readonly Subschema[] {
    return (listKeyword(schema, keyword) ?? []).map((one) => this.subschema(one, draft))
  }

  #one(schema: RegoObject, draft: Draft, keyword: string): Subschema | undefined {
    const written = memberOf(schema, keyword)
    if (written !== undefined && !isSchema(written)) return refuseNotAn(keyword, 'object')
    return this.#any(schema, draft, keyword)
  }

  #any(schema: RegoObject, draft: Draft, keyword: string): Subschema | undefined {
    const written = memberOf(schema, keyword)
    return written === undefined ? undefined : this.subschema(written, draft)
  }
}
