import { BuiltinRefusal } from '../../../builtin'
import { entriesOf, isRegoArray, isRegoObject, memberOf, type RegoObject, type RegoValue } from '../../../value'
import { accepts } from '../../accepts'
import { malformedEscape } from '../../percent'
import { quoteBytes } from '../../quote-bytes'
import { fromByteString } from '../../utf8'
import { type Draft, draftOf, metaSchemaAt } from './draft'
import { refuseFileName, refuseRelative, refuseRemote, refuseSecond } from './invalid-schema'
import { pointed } from './pointer'
import { isCanonical, parseReference, type Reference, resolved, withoutFragment } from './reference'

/** A document or a part of one, and the draft that its root names. */
export interface Pooled {
  readonly document: RegoValue
  readonly draft: Draft | undefined
}

/** Objects whose keys are names that the author chose, not keywords. */
const NAMED = new Set(['properties', 'dependencies', 'patternProperties'])
/** Values that are no schemas. */
const LITERAL = new Set(['const', 'enum'])

/** The documents that references may lead into, by reference. Source: OPA's `gojsonschema`, schemaPool.go. */
export class Pool {
  readonly #documents = new Map<string, Pooled>()

  /**
   * Takes a document in, with each of its parts that has an id, and gives it back with all references whole.
   *
   * @throws `InvalidSchema` where two parts have the same id.
   */
  add(document: RegoValue, reference: Reference): RegoValue {
    const draft = draftOf(document)
    const whole = this.#withWholeReferences(document, reference, draft)
    this.#documents.set(reference.text, { document: whole, draft })
    return whole
  }

  /** @throws `InvalidSchema` where a reference leads nowhere, or to where only a network leads. */
  find(reference: Reference): Pooled {
    const known = this.#documents.get(reference.text)
    if (known !== undefined) return known
    const whole = withoutFragment(reference)
    const { document, draft } = this.#documents.get(whole.text) ?? this.#metaSchema(reference, whole)
    const part = { document: pointed(document, reference.uri.fragment), draft }
    this.#documents.set(reference.text, part)
    return part
  }

  #metaSchema(reference: Reference, whole: Reference): Pooled {
    if (!isCanonical(reference)) return refuseRelative(fromByteString(reference.text))
    // A name of a file has its escapes taken out, those behind a question mark too, before it is found that there are no files.
    const malformed = reference.uri.scheme === 'file' ? malformedEscape(whole.text) : undefined
    if (malformed !== undefined) return refuseFileName(quoteBytes(malformed))
    const document = metaSchemaAt(whole.text) ?? refuseRemote(fromByteString(reference.text))
    return { document: this.add(document, whole), draft: draftOf(document) }
  }

  #withWholeReferences(value: RegoValue, base: Reference, draft: Draft | undefined): RegoValue {
    if (isRegoArray(value)) return value.map((element) => this.#withWholeReferences(element, base, draft))
    return isRegoObject(value) ? this.#withWholeReference(value, base, draft) : value
  }

  #withWholeReference(schema: RegoObject, outer: Reference, draft: Draft | undefined): RegoObject {
    const id = idIn(schema, outer)
    if (id !== undefined && this.#documents.has(id.text)) refuseSecond(fromByteString(id.text))
    // Two parts of one id are found out before the first of them is ready.
    if (id !== undefined) this.#documents.set(id.text, { document: schema, draft })
    const base = id ?? outer
    const reference = targetIn(schema, base)
    const whole = Object.fromEntries(
      entriesOf(schema).map(([key, member]): [string, RegoValue] => {
        const keyword = String(key)
        if (keyword === '$ref' && reference !== undefined) return [keyword, fromByteString(reference.text)]
        return [keyword, this.#withWholeMember(keyword, member, base, draft)]
      }),
    )
    if (id !== undefined) this.#documents.set(id.text, { document: whole, draft })
    return whole
  }

  #withWholeMember(keyword: string, member: RegoValue, base: Reference, draft: Draft | undefined): RegoValue {
    if (LITERAL.has(keyword)) return member
    if (!NAMED.has(keyword)) return this.#withWholeReferences(member, base, draft)
    if (!isRegoObject(member)) return member
    return Object.fromEntries(
      entriesOf(member).map(([name, part]) => [String(name), this.#withWholeReferences(part, base, draft)]),
    )
  }
}

/** The reference that a keyword gives. What is none is found out when the schema is compiled, if it comes to that. */
const referenceIn = (schema: RegoObject, keyword: string): Reference | undefined => {
  const written = memberOf(schema, keyword)
  return typeof written === 'string' && accepts(() => parseReference(written)) ? parseReference(written) : undefined
}

/** The id of a schema as seen from the schema around it. OPA ends where the two make no reference. */
const idIn = (schema: RegoObject, base: Reference): Reference | undefined => {
  const id = referenceIn(schema, Object.hasOwn(schema, 'id') ? 'id' : '$id')
  if (id !== undefined && !accepts(() => resolved(base, id)))
    throw new BuiltinRefusal('an id has no place in its schema')
  return id === undefined ? undefined : resolved(base, id)
}

/** Where a schema refers to; where the two make no reference, the keyword stays as it is. */
const targetIn = (schema: RegoObject, base: Reference): Reference | undefined => {
  const target = referenceIn(schema, '$ref')
  return target !== undefined && accepts(() => resolved(base, target)) ? resolved(base, target) : undefined
}
