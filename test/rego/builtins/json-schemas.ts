import fc from 'fast-check'
import { compareNumbers, Decimal, isNumber, type RegoNumber } from '../../../src/rego/number'
import { writeTerm } from '../../../src/rego/term'
import { RegoMap, RegoSet, type RegoValue } from '../../../src/rego/value'
import { anyValue } from './against-opa'
import { mutated } from './texts'

type Values = fc.Arbitrary<RegoValue>
type Entry = readonly [key: string, value: RegoValue]

/** How a schema is made. */
export interface Making {
  /** How many members an object has that OPA goes through in random order: of one, the order is known. */
  readonly width: number
  /** Keywords may say what they cannot. */
  readonly faulty: boolean
}

const url = (draft: number): string => `http://json-schema.org/draft-0${draft}/schema`

const name = fc.constantFrom('a', 'b', 'c', 'é', 'a.b', '$ref', 'id')
const pattern = fc.constantFrom('^a', 'b$', '.', '^.{2,}$', '[0-9]+', '\\pL', '^$', '(?i)A')
const noPattern = fc.constantFrom('a**', '[', '(?=a)', 'a{1001}')
const small = fc.constantFrom<RegoNumber>(0, 1, 2, 3, 10, -1, 1.5, 0.1, 100, 1234567)
const written = fc.constantFrom<RegoNumber>(
  ...['1.0', '1e2', '0.30', '-0.0', '2.50', '1e-7', '1e21', '123456789012345678901234567890.5', '0.1e400', '1e401'].map(
    (text) => new Decimal(text),
  ),
  ...[2n ** 64n, 10n ** 30n, 2n ** 53n + 1n],
)
/** Powers of a half, and decimals as long as they come. */
const long = fc.oneof(
  fc.integer({ min: 20, max: 130 }).map((power) => {
    const digits = String(5n ** BigInt(power))
    return new Decimal(`0.${digits.padStart(power, '0')}`)
  }),
  fc
    .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: -40, max: 40 }))
    .map(([digits, power]) => new Decimal(`${digits}e${power}`)),
  fc
    .tuple(fc.bigInt({ min: 0n, max: 1000n }), fc.bigInt({ min: 1n, max: 10n ** 40n }))
    .map(([whole, fraction]) => new Decimal(`${whole}.${fraction}`)),
)
export const number: fc.Arbitrary<RegoNumber> = fc.oneof(
  { weight: 6, arbitrary: small },
  { weight: 2, arbitrary: written },
  { weight: 1, arbitrary: long },
)

export const positive = number.filter((value) => compareNumbers(value, 0) > 0)

const text = fc.constantFrom('', 'a', 'b', 'ab', 'é', '😀😀', '<&>', 'a.b', '12', '2026-05-01', 'a@b.c', '10.0.0.1')

/** A document of few names and few values, so that it meets the schemas. */
export const instance = (width: number): Values =>
  fc.letrec<{ value: RegoValue }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 2, arbitrary: fc.constantFrom<RegoValue>(null, true, false) },
      { weight: 3, arbitrary: number },
      { weight: 3, arbitrary: text },
      { weight: 3, arbitrary: fc.array(tie('value'), { maxLength: 4 }) },
      { weight: 5, arbitrary: fc.dictionary(name, tie('value'), { maxKeys: width, noNullPrototype: true }) },
    ),
  })).value

/** A text that equal values have in common, and now and then others too. */
const canonical = (value: RegoValue): string =>
  writeTerm(value).replace(/-?\d[\d.eE+-]*/g, (digits) => String(Number(digits)))

const FORMATS = ['date', 'time', 'date-time', 'hostname', 'email', 'ipv4', 'ipv6', 'uri', 'regex', 'uuid', 'nope', '']
const TYPES = ['array', 'boolean', 'integer', 'number', 'null', 'object', 'string']

const ELSEWHERE = [
  ...['#a', '#/properties/a', '#/items', '#/allOf/0', '#/not', '#/definitions'],
  ...[
    'other',
    'other#/definitions/a',
    'http://h/s',
    '/x/../y',
    '#/definitions/a/0',
    '#/enum/0',
    '#/allOf/7',
    '#/title/a',
  ],
  ...['#/allOf/-1', '#/allOf/x', '#/definitions/~0~1', '#/%zz', '::', 'http://[::1', 'urn:a', '?q', '//h/x', ''],
  ...[4, 6, 7].flatMap((draft) => [`${url(draft)}#`, `${url(draft)}#/definitions/nonNegativeInteger`]),
]

type Entries = fc.Arbitrary<readonly Entry[]>

const entry = (key: string, value: Values): Entries => value.map((one) => [[key, one]])

const entries = (members: Readonly<Record<string, Values>>): Entries =>
  fc
    .record(members, { requiredKeys: [], noNullPrototype: true })
    .map((made) =>
      Object.entries(made).flatMap(([key, value]): readonly Entry[] => (value === undefined ? [] : [[key, value]])),
    )

const objectOf = (...parts: readonly (readonly Entry[])[]): RegoValue => Object.fromEntries(parts.flat())

/** A bound, and whether it is exclusive in the way of the draft; without a draft in either way. */
const bounds = (draft: number | undefined, keyword: string, exclusive: string): Entries => {
  const inOwn = entries({ [keyword]: number, [exclusive]: number })
  const beside = fc.tuple(number, fc.boolean()).map(([bound, is]): readonly Entry[] => [
    [keyword, bound],
    [exclusive, is],
  ])
  return draft === 4 ? beside : draft === undefined ? fc.oneof(inOwn, beside) : inOwn
}

/** The keywords that hold no schemas. */
const plain = (draft: number | undefined): Entries => {
  const count = fc.constantFrom<RegoValue>(0, 1, 2)
  const most = fc.constantFrom<RegoValue>(2, 3, 4)
  const types = fc.oneof(fc.constantFrom(...TYPES), fc.uniqueArray(fc.constantFrom(...TYPES), { maxLength: 3 }))
  return fc.oneof(
    { weight: 3, arbitrary: entry('type', types) },
    bounds(draft, 'minimum', 'exclusiveMinimum'),
    bounds(draft, 'maximum', 'exclusiveMaximum'),
    entry('multipleOf', fc.oneof(fc.constantFrom<RegoValue>(1, 2, 0.5, 0.1, new Decimal('1e-3')), positive)),
    entries({ minLength: count, maxLength: most }),
    entry('pattern', pattern),
    entry('format', fc.constantFrom(...FORMATS)),
    entries({ minProperties: count, maxProperties: most }),
    entry('required', fc.uniqueArray(name, { maxLength: 2 })),
    entries({ minItems: count, maxItems: most }),
    entry('uniqueItems', fc.boolean()),
    entry('const', instance(1)),
    entry('enum', fc.uniqueArray(instance(1), { maxLength: 4, selector: canonical })),
    entries({ title: text, description: text, default: instance(1) }),
  )
}

/** What takes the place of what a keyword should say. */
const misplaced: Values = fc.oneof(small, text, noPattern, instance(1), fc.constantFrom<RegoValue>(-1, 2n ** 63n, 1e-3))

const schemaOf = ({ width, faulty }: Making, draft: number | undefined): Values => {
  const wrong = (value: Values): Values =>
    faulty ? fc.oneof({ weight: 80, arbitrary: value }, { weight: 1, arbitrary: misplaced }) : value
  const named = (keys: fc.Arbitrary<string>, value: Values): Values =>
    fc.dictionary(keys, value, { maxKeys: width, noNullPrototype: true })
  return fc.letrec<{ root: RegoValue; schema: RegoValue }>((tie) => {
    const some = tie('schema')
    const list = fc.array(some, { minLength: 1, maxLength: 3 })
    const isOrSome = fc.oneof(fc.boolean(), some)
    const holding = fc.oneof(
      { weight: 3, arbitrary: entry('properties', wrong(named(name, some))) },
      entries({ properties: named(name, some), additionalProperties: wrong(isOrSome) }),
      entry('additionalProperties', wrong(isOrSome)),
      entry('patternProperties', wrong(named(pattern, some))),
      entry('propertyNames', wrong(some)),
      entry('dependencies', wrong(named(name, fc.oneof(fc.array(name, { maxLength: 2 }), wrong(some))))),
      entry('items', wrong(fc.oneof(some, list))),
      entries({ items: list, additionalItems: wrong(isOrSome) }),
      entry('contains', wrong(some)),
      entry('allOf', wrong(list)),
      entry('anyOf', wrong(list)),
      entry('oneOf', wrong(list)),
      entry('not', wrong(some)),
      fc
        .tuple(wrong(some), wrong(some), wrong(some))
        .map((parts): readonly Entry[] => parts.map((part, at) => [['if', 'then', 'else'][at] ?? '', part])),
    )
    const values = plain(draft)
    const replaced = fc.tuple(values, misplaced).map(([made, value]) => made.map(([key]): Entry => [key, value]))
    const keyword = fc.oneof(
      { weight: 60, arbitrary: values },
      { weight: faulty ? 1 : 0, arbitrary: replaced },
      { weight: 40, arbitrary: holding },
    )
    const keywords = fc.array(keyword, { maxLength: 3 }).map((made) => made.flat())
    const to = fc.oneof(
      { weight: 8, arbitrary: fc.constantFrom('#', '#/definitions/a') },
      { weight: faulty ? 1 : 0, arbitrary: fc.constantFrom(...ELSEWHERE) },
    )
    // What stands beside a reference is looked at or not, as the order of keys has it.
    const reference = fc
      .tuple(to, keywords)
      .map(([reference, others]) => objectOf(width === 1 ? others : [], [['$ref', reference]]))
    const named$ = fc.tuple(keywords, fc.constantFrom(draft === 4 ? 'id' : '$id'), fc.constantFrom('#a', 'b'))
    const schema = fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      { weight: 6, arbitrary: keywords.map((made) => objectOf(made)) },
      { weight: draft === 4 ? 0 : 1, arbitrary: fc.boolean() },
      { weight: 3, arbitrary: reference },
      { weight: faulty ? 1 : 0, arbitrary: named$.map(([made, key, id]) => objectOf(made, [[key, id]])) },
    )
    const head = entries({
      $schema:
        draft === undefined ? fc.constant('http://other/') : fc.constantFrom('', '#').map((end) => url(draft) + end),
      ...(draft === 4 ? { id: fc.constant('http://h/s') } : { $id: fc.constant('http://h/s') }),
    }).filter((made) => draft === undefined || made.some(([key]) => key === '$schema'))
    const definitions = wrong(
      some.chain((a) => (width === 1 ? fc.constant<RegoValue>({ a }) : some.map((b) => ({ a, b })))),
    )
    const root = fc
      .tuple(head, definitions, fc.array(keyword, { minLength: 1, maxLength: 4 }))
      .map(([start, defined, made]) => objectOf(start, [['definitions', defined]], made.flat()))
    return { root, schema }
  }).root
}

/** A schema of one of the drafts or of none. */
export const schema = (making: Making): Values =>
  fc.oneof(...[4, 6, 7, undefined, undefined].map((draft) => schemaOf(making, draft)))

const isScalar = (value: RegoValue): boolean => isNumber(value) || typeof value !== 'object' || value === null

/** An object or an array, or the JSON text of any value. */
export const asDocument = (values: Values): Values =>
  fc.tuple(values, fc.nat({ max: 3 })).map(([value, form]) => {
    const term = writeTerm(value)
    if (form === 1) return `\n ${term.replaceAll(',', ' ,\t')} `
    return form === 2 || isScalar(value) ? term : value
  })

/** Texts that are JSON, or nearly so, and values of which JSON is made. */
export const odd: Values = fc.oneof(
  mutated(
    fc.constantFrom('{"type":"string"}', '[1,2]', '"\\ud800"', '1e1000001', '{"a":1,"a":2}', '{"maximum":1E400}', '-0'),
  ),
  fc.constantFrom<RegoValue>(
    new RegoMap([[1, 2]]),
    new RegoMap([[['<'], new Decimal('.5')]]),
    new RegoMap([[new Decimal('.5'), 1]]),
    [new RegoSet([2, 1])],
    { minimum: new Decimal('.5') },
    { 'a"': new Decimal('.5') },
    [[new Decimal('.25')]],
  ),
  anyValue,
)
