import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { jsonSchema } from '../../../src/rego/builtins/json-schema'
import { Decimal } from '../../../src/rego/number'
import { RegoSet, type RegoValue } from '../../../src/rego/value'
import { mostly, opa, ours, RUNS, type Said, theirs } from './against-opa'
import { FORMATS, references } from './format-texts'
import { asDocument, instance, type Making, number, odd, positive, schema } from './json-schemas'

// A call of OPA takes some ten milliseconds.
vi.setConfig({ testTimeout: 60_000 + RUNS * 60 })

const said = (name: string, ...args: readonly RegoValue[]): unknown => {
  const answer = ours(jsonSchema, name, args)
  return answer === 'undefined' ? answer : JSON.parse(answer.result)
}

/** `type field: description` of each error. */
const errors = (document: RegoValue, given: RegoValue): unknown => {
  const answer = said('json.match_schema', document, given)
  if (answer === 'undefined') return answer
  const [matches, found] = answer as [boolean, readonly Readonly<Record<'type' | 'error' | 'field' | 'desc', string>>[]]
  expect(matches).toBe(found.length === 0)
  for (const { error, field, desc } of found) expect(error).toBe(`${field}: ${desc}`)
  return found.map(({ type, error }) => `${type} ${error}`)
}

const verified = (given: RegoValue): unknown => said('json.verify_schema', given)

/** Why a call is refused. */
const refusal = (...args: readonly RegoValue[]): string => {
  try {
    jsonSchema['json.match_schema']?.({ random: () => new Uint8Array(), memo: new Map() }, ...args)
    return ''
  } catch (error) {
    return error instanceof Error ? error.message : ''
  }
}

const ENDLESS = 'a reference of the schema leads back to itself'

/** OPA without a network says how the network failed, with the number of a port; here it is always the same. */
const withoutNetwork = (one: Said): Said =>
  one === 'undefined'
    ? one
    : { result: one.result.replace(/"jsonschema: (?:Get |open |remote reference).*"/s, '"jsonschema: no network"') }

/** Where several ids are given twice, which of them OPA tells is random. */
const anyRepeated = (one: Said): Said =>
  one === 'undefined' ? one : { result: one.result.replace(/(Reference already exists): .*"/s, '$1"') }

const inOneOrder = (one: Said): Said =>
  one === 'undefined'
    ? one
    : {
        result: one.result
          .split(/(?=\{"desc")/)
          .map((error) => error.replace(/[\], ]+$/, ''))
          .sort()
          .join('\n'),
      }

/** Expects the same of both sides. OPA's process ends at a schema without end, so it is not asked about one. */
const agrees = async (
  name: string,
  args: fc.Arbitrary<readonly RegoValue[]>,
  seen: (one: Said) => Said = (one) => one,
  numRuns = RUNS / 2,
): Promise<void> => {
  const compiler = await opa()
  const answers = new Map<string, number>()
  fc.assert(
    fc.property(args, (given) => {
      fc.pre(name === 'json.verify_schema' || refusal(...given) !== ENDLESS)
      const mine = seen(withoutNetwork(ours(jsonSchema, name, given)))
      expect({ given, said: mine }).toEqual({ given, said: seen(withoutNetwork(theirs(compiler, name, given))) })
      const kind = mine === 'undefined' ? mine : mine.result.slice(1, 5)
      answers.set(kind, (answers.get(kind) ?? 0) + 1)
    }),
    { numRuns },
  )
  if (process.env['ANSWERS'] !== undefined) process.stderr.write(`${name}: ${JSON.stringify([...answers])}\n`)
}

const narrow: Making = { width: 1, faulty: true }
const valid: Making = { width: 1, faulty: false }
const wide: Making = { width: 3, faulty: false }

describe('json.match_schema', () => {
  it('gives what OPA gives', () => {
    expect(said('json.match_schema', { a: 1 }, { properties: { a: { type: 'integer' } } })).toEqual([true, []])
    expect(said('json.match_schema', { a: 1 }, { properties: { a: { type: 'string' } } })).toEqual([
      false,
      [
        {
          desc: 'Invalid type. Expected: string, given: integer',
          error: 'a: Invalid type. Expected: string, given: integer',
          field: 'a',
          type: 'invalid_type',
        },
      ],
    ])
  })

  it.each<[RegoValue, RegoValue, readonly string[]]>([
    [{ a: 1 }, { properties: { a: false } }, ['false a: False always fails validation']],
    [{}, { required: ['a', 'b'] }, ['required (Root): a is required', 'required (Root): b is required']],
    [
      { a: 'x' },
      { properties: { a: { type: ['integer', 'null'] } } },
      ['invalid_type a: Invalid type. Expected: [integer,null], given: string'],
    ],
    [
      [1],
      { items: { anyOf: [{ type: 'string' }, { minimum: 2 }] } },
      [
        'number_any_of 0: Must validate at least one schema (anyOf)',
        'number_gte 0: Must be greater than or equal to 2',
      ],
    ],
    [
      [1],
      { items: { oneOf: [{ type: 'integer' }, { minimum: 0 }] } },
      ['number_one_of 0: Must validate one and only one schema (oneOf)'],
    ],
    [
      [1],
      { items: { oneOf: [{ type: 'string' }, { minimum: 2 }] } },
      [
        'number_one_of 0: Must validate one and only one schema (oneOf)',
        'number_gte 0: Must be greater than or equal to 2',
      ],
    ],
    [
      [1],
      { items: { allOf: [{ type: 'integer' }, { maximum: 0 }] } },
      ['number_lte 0: Must be less than or equal to 0', 'number_all_of 0: Must validate all the schemas (allOf)'],
    ],
    [[1], { items: { not: { type: 'integer' } } }, ['number_not 0: Must not validate the schema (not)']],
    [{ a: 1 }, { dependencies: { a: ['b'] } }, ['missing_dependency (Root): Has a dependency on b']],
    [{ a: 1 }, { dependencies: { a: { required: ['b'] } } }, ['required (Root): b is required']],
    [{ a: 1 }, { properties: { a: { const: '<x>' } } }, ['const a: a does not match: "\\u003cx\\u003e"']],
    [
      { a: 'y' },
      '{"properties": {"a": {"enum": ["x", 1.50, {"b": []}]}}}',
      ['enum a: a must be one of the following: "x", 1.5, {"b":[]}'],
    ],
    [
      [1, 2],
      { items: [{}], additionalItems: false },
      ['array_no_additional_items (Root): No additional items allowed on array'],
    ],
    [[1], { minItems: 2 }, ['array_min_items (Root): Array must have at least 2 items']],
    [[1, 2, 3], { maxItems: 2 }, ['array_max_items (Root): Array must have at most 2 items']],
    [
      '[1, 2, 1.0, 1]',
      { uniqueItems: true },
      ['unique (Root): array items[0,2] must be unique', 'unique (Root): array items[2,3] must be unique'],
    ],
    [
      [1, 2],
      { contains: { type: 'string' } },
      [
        'contains (Root): At least one of the items must match',
        'invalid_type 0: Invalid type. Expected: string, given: integer',
      ],
    ],
    [{ a: 1 }, { minProperties: 2 }, ['array_min_properties (Root): Must have at least 2 properties']],
    [{ a: 1, b: 2 }, { maxProperties: 1 }, ['array_max_properties (Root): Must have at most 1 properties']],
    [
      { a: 1 },
      { additionalProperties: false },
      ['additional_property_not_allowed (Root): Additional property a is not allowed'],
    ],
    [
      { a: 1 },
      { propertyNames: { pattern: '^b' } },
      [
        'invalid_property_name (Root): Property name of "a" does not match',
        "pattern (Root): Does not match pattern '^b'",
      ],
    ],
    [['😀'], { items: { minLength: 2 } }, ['string_gte 0: String length must be greater than or equal to 2']],
    [['😀a'], { items: { maxLength: 1 } }, ['string_lte 0: String length must be less than or equal to 1']],
    [['a'], { items: { format: 'ipv4' } }, ["format 0: Does not match format 'ipv4'"]],
    [[1.05], { items: { multipleOf: 0.1 } }, ['multiple_of 0: Must be a multiple of 0.1']],
    [[1], { items: { exclusiveMinimum: 1 } }, ['number_gt 0: Must be greater than 1']],
    [[1], { items: { maximum: 1, exclusiveMaximum: true } }, ['number_lt 0: Must be less than 1']],
    [
      [1],
      '{"if": {"type": "array"}, "then": {"maxItems": 0}}',
      [
        'condition_then (Root): Must validate "then" as "if" was valid',
        'array_max_items (Root): Array must have at most 0 items',
      ],
    ],
    [
      [1],
      { if: { type: 'object' }, else: { maxItems: 0 } },
      [
        'condition_else (Root): Must validate "else" as "if" was not valid',
        'array_max_items (Root): Array must have at most 0 items',
      ],
    ],
    [
      { next: { next: { value: 1 } } },
      { properties: { value: { type: 'string' }, next: { $ref: '#' } } },
      ['invalid_type next.next.value: Invalid type. Expected: string, given: integer'],
    ],
    ['1', '{"type": "string"}', ['invalid_type (Root): Invalid type. Expected: string, given: integer']],
  ])('of %j by %j', (document, given, expected) => {
    expect(errors(document, given)).toEqual(expected)
  })

  it('calculates with every digit, and prints bounds as Go does', () => {
    const bound = (text: string) => ({ items: { exclusiveMinimum: new Decimal(text) } })
    expect(errors([2n ** 64n], { items: { maximum: 2n ** 64n - 1n } })).toEqual([
      'number_lte 0: Must be less than or equal to 1.8446744073709551615e+19',
    ])
    expect(errors([0.3], { items: { multipleOf: 0.1 } })).toEqual([])
    expect(errors([0], bound('0.1000000000000000000001'))).toEqual([
      'number_gt 0: Must be greater than 0.1000000000000000000001',
    ])
    expect(errors([0], bound('0.000001'))).toEqual(['number_gt 0: Must be greater than 1e-06'])
    expect(errors([0], bound('1234567.0'))).toEqual(['number_gt 0: Must be greater than 1.234567e+06'])
  })

  it('holds a schema against the schema of its draft', () => {
    expect(errors({ type: 'string' }, { $ref: 'http://json-schema.org/draft-07/schema#' })).toEqual([])
    expect(errors({ minLength: -1 }, { $ref: 'http://json-schema.org/draft-04/schema' })).toEqual([
      'number_gte minLength: Must be greater than or equal to 0',
      'number_all_of minLength: Must validate all the schemas (allOf)',
    ])
  })

  it('knows a keyword only in the drafts that have it', () => {
    const draft = (version: number) => ({
      $schema: `http://json-schema.org/draft-0${version}/schema#`,
      contains: false,
    })
    expect(errors([], draft(4))).toEqual([])
    expect(errors([], draft(6))).toEqual(['contains (Root): At least one of the items must match'])
    expect(errors({}, { ...draft(6), if: false, else: false })).toEqual([])
    expect(errors({}, { ...draft(7), if: false, else: false })).toHaveLength(2)
  })

  it.each<[string, RegoValue, RegoValue]>([
    ['invalid JSON string', '{', {}],
    ['wrong type, expected string or object', 1, {}],
    ['wrong type, expected string or object', {}, new RegoSet([])],
    ['string type is duplicated', {}, { type: ['string', 'string'] }],
    ['remote reference loading disabled: http://example.com/x#/a', {}, { $ref: 'http://example.com/x#/a' }],
    ['a number is too large', '1e1000001', { minimum: 1 }],
    [ENDLESS, {}, { $ref: '#' }],
    [ENDLESS, {}, { allOf: [{ $ref: '#/definitions/a' }], definitions: { a: { not: { $ref: '#' } } } }],
    [
      'the document or the schema is nested too deeply',
      `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
      { items: { $ref: '#' } },
    ],
  ])('refuses: %s', (reason, document, given) => {
    expect(refusal(document, given)).toBe(reason)
    expect(said('json.match_schema', document, given)).toBe('undefined')
  })

  it('agrees with OPA to the letter where OPA has one order', () =>
    agrees('json.match_schema', fc.tuple(asDocument(instance(1)), asDocument(schema(valid)))))

  it('agrees with OPA on schemas that are wrong here and there', () =>
    agrees('json.match_schema', fc.tuple(asDocument(instance(1)), asDocument(schema(narrow)))))

  it('agrees with OPA on all errors where their order is random', () =>
    agrees('json.match_schema', fc.tuple(asDocument(instance(3)), asDocument(schema(wide))), inOneOrder))

  it('agrees with OPA on arguments of all kinds', () =>
    agrees(
      'json.match_schema',
      mostly(fc.oneof(odd, instance(1)), fc.oneof(odd, schema(narrow))),
      inOneOrder,
      RUNS / 4,
    ))

  it('agrees with OPA on numbers', () => {
    const bounds = fc.record(
      { multipleOf: positive, exclusiveMinimum: number, maximum: number },
      { requiredKeys: [], noNullPrototype: true },
    )
    const numbers = fc.array(number, { maxLength: 10 })
    return agrees(
      'json.match_schema',
      fc.tuple(
        numbers,
        bounds.map((items) => ({ items })),
      ),
    )
  })

  it('takes an encoded word for a name of mail only where it says something', () => {
    const addresses = ['=?us-ascii?Q??=', '=?us-ascii?Q?a?=', '=?utf-8?b??= a', '=?utf-8?b?YQ==?=', '=?x?q?a?='].map(
      (name) => `${name} <ann@b.c>`,
    )
    expect(errors(addresses, { items: { format: 'email' } })).toEqual([
      "format 0: Does not match format 'email'",
      "format 4: Does not match format 'email'",
    ])
  })

  it.each(Object.entries(FORMATS))('takes for %s what OPA takes for it', (format, texts) =>
    agrees(
      'json.match_schema',
      fc.tuple(fc.array(texts, { minLength: 20, maxLength: 20 }), fc.constant({ items: { format } })),
      undefined,
      RUNS / 20,
    ),
  )
})

describe('json.verify_schema', () => {
  it('takes what can be read as a schema, also as text', () => {
    expect(verified({ type: 'object', properties: { a: { $ref: '#' } } })).toEqual([true, null])
    expect(verified('{"enum": [1, 2]}')).toEqual([true, null])
    expect(verified('true')).toEqual([true, null])
  })

  it('says of a number that JSON has not what Go says', () => {
    expect(verified({ minimum: new Decimal('.5') })).toEqual([false, 'jsonschema: json: invalid number literal ".5"'])
  })

  it.each<[RegoValue, string]>([
    ['{', 'invalid JSON string'],
    [null, 'wrong type, expected string or object'],
    [[], 'schema is invalid'],
    [{ $schema: 1 }, '$schema must be of type string'],
    [{ $id: 1 }, 'Invalid type. Expected: string, given: $id'],
    [{ title: 1 }, 'Invalid type. Expected: string, given: title'],
    [{ definitions: [] }, 'Invalid type. Expected: Array Of Schemas, given: definitions'],
    [{ allOf: [1] }, 'Expected: Valid Schema, given: Invalid JSON'],
    [{ type: 1 }, 'Invalid type. Expected: type, given: string/Array Of Strings'],
    [{ type: ['null', 'null'] }, 'null type is duplicated'],
    [
      { type: 'text' },
      'has a primitive type that is NOT VALID -- given: /text/ Expected valid values are:[array boolean integer number null object string]',
    ],
    [{ properties: 1 }, 'Properties must be of type object'],
    [{ additionalProperties: 1 }, 'Invalid type. Expected: boolean/Valid Schema, given: additionalProperties'],
    [{ patternProperties: 1 }, 'Invalid type. Expected: Valid Schema, given: patternProperties'],
    [{ patternProperties: { '(': {} } }, "Invalid regex pattern '('"],
    [{ propertyNames: 1 }, 'Invalid type. Expected: Valid Schema, given: patternProperties'],
    [{ dependencies: 1 }, 'dependencies must be of type object'],
    [{ dependencies: { a: [1] } }, 'Dependency must be of type Schema Or Array Of Strings'],
    [{ items: null }, 'Invalid type. Expected: Valid Schema/Array Of Schemas, given: items'],
    [{ multipleOf: '1' }, 'Invalid type. Expected: Number, given: multipleOf'],
    [{ multipleOf: 0 }, 'multipleOf must be strictly greater than 0'],
    [{ minimum: '1' }, 'minimum must be of a Number'],
    [{ exclusiveMinimum: true }, 'exclusiveMinimum cannot be used without minimum'],
    [{ exclusiveMaximum: '1' }, 'Invalid type. Expected: boolean/number, given: exclusiveMaximum'],
    ['{"minLength": 1.0}', 'minLength must be of an integer'],
    [{ maxItems: -1 }, 'maxItems must be greater than or equal to 0'],
    [{ minLength: 2, maxLength: 1 }, 'minLength cannot be greater than maxLength'],
    [{ pattern: '(' }, 'pattern must be a valid regex'],
    [{ required: 'a' }, 'required must be of an array'],
    [{ required: ['a', 'a'] }, 'required items must be unique'],
    [{ uniqueItems: 1 }, 'uniqueItems must be of a boolean'],
    ['{"enum": [1, 1.0]}', 'enum items must be unique'],
    ['{"const": 1e400}', 'json: cannot unmarshal number 1e400 into Go value of type float64'],
    [{ not: 1 }, 'not must be of an object'],
    [{ $ref: '::' }, 'parse "::": missing protocol scheme'],
    [
      { $ref: 'http://[1::2::3]/' },
      'parse "http://[1::2::3]/": invalid host: ParseAddr("1::2::3"): multiple :: in address (at ":3")',
    ],
    [{ $ref: 'a.json' }, 'Reference /a.json must be canonical'],
    [{ $ref: '#/a' }, "Object has no key 'a'"],
    [{ $ref: '#/enum/x', enum: [] }, "Invalid array index 'x'"],
    [{ $ref: '#/enum/1', enum: [{}] }, "Out of bound array[0,1] index '1'"],
    [{ $ref: '#/title/x', title: '' }, "Invalid token reference 'x'"],
    [{ $ref: '#/title', title: '' }, 'Valid Schema must be of type object'],
    [{ items: [{ $id: 'a' }, { $id: 'a' }] }, 'Reference already exists: "/a"'],
    [{ $id: 'file:///a', items: { $ref: '/?%zz#' } }, 'invalid URL escape "%zz"'],
    [{ $ref: 'file:///a?%41' }, 'remote reference loading disabled: file:///a?%41'],
    [{ $ref: 'https://example.com/a b' }, 'remote reference loading disabled: https://example.com/a%20b'],
  ])('says of %j: %s', (given, expected) => {
    expect(verified(given)).toEqual([false, `jsonschema: ${expected}`])
  })

  it('agrees with OPA', () => agrees('json.verify_schema', mostly(asDocument(schema(narrow))), anyRepeated))

  it('agrees with OPA on arguments of all kinds', () => agrees('json.verify_schema', mostly(odd), undefined, RUNS / 4))

  it('agrees with OPA on references', () => {
    const parts = fc.record({ base: references, id: references, to: references }, { requiredKeys: [] })
    const keyword = fc.constantFrom('$id', 'id', '$schema')
    return agrees(
      'json.verify_schema',
      fc.tuple(parts, keyword, fc.boolean()).map(([{ base, id, to }, key, toId]) => [
        {
          ...(base === undefined ? {} : { [key]: base }),
          definitions: { a: { ...(id === undefined ? {} : { $id: id }), not: { type: 'string' } } },
          not: { $ref: (toId ? id : to) ?? '#/definitions/a' },
        },
      ]),
    )
  })
})
