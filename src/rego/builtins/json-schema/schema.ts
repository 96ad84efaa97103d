import type { RegoNumber } from '../../number'
import type { Pattern } from '../regex/re2'

/** What a JSON document is, by the names that schemas have for it. */
export const TYPES = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string'] as const

export type TypeName = (typeof TYPES)[number]

/** A schema ready for validation. Schemas may refer to each other in a circle, so a reference is looked up when it is followed. */
export interface Schema {
  readonly root: Subschema
  readonly references: ReadonlyMap<string, Subschema>
}

/** A schema that all instances or none match, one that stands elsewhere, or keywords. */
export type Subschema = boolean | Elsewhere | Keywords

export interface Elsewhere {
  readonly reference: string
}

/** The keywords of one schema, by what they apply to; one that the schema has not is undefined or an empty list. */
export interface Keywords {
  readonly types: readonly TypeName[]
  readonly properties: PropertyKeywords
  readonly dependencies: readonly Dependency[]
  readonly items: ItemKeywords
  readonly number: NumberKeywords
  readonly string: StringKeywords
  readonly format: string | undefined
  readonly object: ObjectKeywords
  readonly array: ArrayKeywords
  readonly values: ValueKeywords
  readonly combined: CombinedKeywords
}

export interface PropertyKeywords {
  readonly properties: ReadonlyMap<string, Subschema>
  readonly additional: Subschema | undefined
  readonly patterns: readonly PatternProperty[]
  readonly names: Subschema | undefined
}

export interface PatternProperty {
  readonly pattern: Pattern
  readonly schema: Subschema
}

/** What the presence of a property asks for: other properties, or a schema that the object matches. */
export interface Dependency {
  readonly property: string
  readonly asks: readonly string[] | { readonly schema: Subschema }
}

export interface ItemKeywords {
  /** One schema for all items, or one for each of the first. */
  readonly items: readonly Subschema[] | { readonly each: Subschema }
  readonly additional: Subschema | undefined
}

export interface NumberKeywords {
  readonly multipleOf: RegoNumber | undefined
  readonly minimum: RegoNumber | undefined
  readonly exclusiveMinimum: RegoNumber | undefined
  readonly maximum: RegoNumber | undefined
  readonly exclusiveMaximum: RegoNumber | undefined
}

export interface StringKeywords {
  readonly minLength: bigint | undefined
  readonly maxLength: bigint | undefined
  readonly pattern: { readonly written: string; readonly compiled: Pattern } | undefined
}

export interface ObjectKeywords {
  readonly minProperties: bigint | undefined
  readonly maxProperties: bigint | undefined
  readonly required: readonly string[]
}

export interface ArrayKeywords {
  readonly minItems: bigint | undefined
  readonly maxItems: bigint | undefined
  readonly uniqueItems: boolean
  readonly contains: Subschema | undefined
}

/** Values that an instance must be, as texts that equal values share. */
export interface ValueKeywords {
  readonly only: string | undefined
  readonly oneOf: readonly string[] | undefined
}

export interface CombinedKeywords {
  readonly oneOf: readonly Subschema[]
  readonly anyOf: readonly Subschema[]
  readonly allOf: readonly Subschema[]
  readonly not: Subschema | undefined
  readonly if: Subschema | undefined
  readonly ifValid: Subschema | undefined
  readonly ifNot: Subschema | undefined
}
