import fc from 'fast-check'
import { isLeft } from 'fp-ts/Either'
import { describe, expect, it } from 'vitest'
import { compileRego } from '../../../src/compiler/index'
import { loadPolicy, type Policy } from '../../../src/node'
import { formatTerm } from '../../../src/rego/format-term'
import { EXACT, NotTerm, readTerm } from '../../../src/rego/term'
import { RegoSet, type RegoValue } from '../../../src/rego/value'
import { done, loaded } from '../../compiler/loaded'
import { anyValue, opa, RUNS, type Said, theirs } from './against-opa'

// -- arguments ----------------------------------------------------------------------------------------------------

const text = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '',
      'a',
      'b',
      'ab',
      'aba',
      ' a ',
      'a.b',
      'A',
      'é',
      'ß',
      'İ',
      '\u{1f600}',
      '\t',
      '<&>',
      '/',
      '.',
      ',',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.string({ unit: fc.constantFrom('a', 'b', 'A', ' ', '.', 'é', '\u{1f600}', '\n', '"'), maxLength: 6 }),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 4 }) },
)
// Both count with as many digits as they please, OPA with 64 bits: of numbers that need few they say the same.
const whole: fc.Arbitrary<RegoValue> = fc.oneof(fc.integer({ min: -5, max: 20 }), fc.integer())
const number: fc.Arbitrary<RegoValue> = fc.oneof(whole, fc.constantFrom(0.5, -0.5, 1.5, 2.5, -1.5))
const integer: fc.Arbitrary<RegoValue> = fc.oneof(
  { weight: 5, arbitrary: fc.integer({ min: -9, max: 40 }) },
  { weight: 1, arbitrary: number },
)
/** What may be counted up to. */
const small: fc.Arbitrary<RegoValue> = fc.oneof(fc.integer({ min: -9, max: 70 }), fc.constantFrom(0.5, 1.5))
const scalar = fc.oneof(text, number, fc.boolean(), fc.constant(null))
const array = (of: fc.Arbitrary<RegoValue>): fc.Arbitrary<RegoValue> => fc.array(of, { maxLength: 4 })
const set = (of: fc.Arbitrary<RegoValue>): fc.Arbitrary<RegoValue> =>
  fc.array(of, { maxLength: 4 }).map((members) => new RegoSet(members))
const collection = (of: fc.Arbitrary<RegoValue>): fc.Arbitrary<RegoValue> => fc.oneof(array(of), set(of))
const key = fc.constantFrom('a', 'b', 'c', 'd')
const object = (of: fc.Arbitrary<RegoValue>): fc.Arbitrary<RegoValue> =>
  fc.dictionary(key, of, { maxKeys: 4, noNullPrototype: true })
const nested: fc.Arbitrary<RegoValue> = object(
  fc.oneof(scalar, object(fc.oneof(scalar, array(scalar), object(scalar))), array(fc.oneof(scalar, object(scalar)))),
)
const path: fc.Arbitrary<RegoValue> = fc.oneof(
  fc.array(fc.oneof(key, fc.constantFrom('0', '1')), { maxLength: 3 }).map((parts) => parts.join('/')),
  fc.array(fc.oneof(key, fc.constantFrom<RegoValue>('0', 0, 1)), { maxLength: 3 }),
)
const pattern = fc.oneof(
  fc.constantFrom(
    'a',
    'a+',
    '[a-b]*',
    '^a',
    'b$',
    '(a)(b)?',
    '.',
    '',
    '\\w+',
    '(?i)A',
    'é',
    '[',
    'a{2}',
    '(?P<x>a)',
    '\\d',
    '\\s',
    'a|b',
  ),
  text,
)
const cidr = fc.oneof(
  fc.tuple(fc.ipV4(), fc.integer({ min: 0, max: 33 })).map(([ip, bits]) => `${ip}/${bits}`),
  fc.tuple(fc.ipV6(), fc.integer({ min: 0, max: 129 })).map(([ip, bits]) => `${ip}/${bits}`),
  fc.ipV4(),
  fc.constantFrom(
    '10.0.0.0/8',
    '10.1.0.0/16',
    '10.1.2.3',
    '::1/128',
    'fe80::/10',
    '0.0.0.0/0',
    '::/0',
    '10.0.0.0/08',
    '1.2.3/8',
    '',
  ),
)
// Half a character ends the evaluation.
const jsonText = fc.oneof(
  fc.json({ maxDepth: 2 }),
  fc.constantFrom(
    '',
    ' 1 ',
    '01',
    '1.',
    '.5',
    '-',
    '-0',
    '1.0',
    '1e5',
    '1E+2',
    '{"a":1,"a":2}',
    '[1,]',
    '"\\u00e9\\n"',
    'nul',
    '{"a" : [ ] }',
    '"\t"',
    '1 2',
    '\ufeff1',
  ),
)
const encoded = fc.oneof(
  fc.base64String({ maxLength: 12 }),
  text,
  fc.constantFrom('YQ', 'YQ==', 'Y Q==', 'YQ\n==', '_-8=', '+/8=', '_-8', '=', 'YR=='),
)
// The module takes a point for 0.
const digits = fc.oneof(
  text.filter((given) => !/^[.\s]*$/.test(given)),
  number.map((n) => formatTerm(n)),
  fc.constantFrom('0x1', '1e3', '-1', ' 1', '1 ', 'Infinity', '0.10'),
)
const word = fc.string({ unit: fc.constantFrom('a', 'b', '.', '/', ':', 'é'), maxLength: 5 })
// Patterns that are none, and ends of lines, are another matter to the module.
const glob = fc.oneof(
  fc.constantFrom('*', '**', 'a*', '*.b', '?', '{a,b}', '[ab]', '[!a]', 'a.*', '**.b', '[a-c]', '\\*', '*/*'),
  word,
)

const ARGUMENTS: Readonly<Record<string, readonly fc.Arbitrary<RegoValue>[]>> = {
  abs: [number],
  all: [collection(fc.boolean())],
  and: [set(scalar), set(scalar)],
  any: [collection(fc.boolean())],
  'array.concat': [array(scalar), array(scalar)],
  'array.flatten': [array(fc.oneof(scalar, array(fc.oneof(scalar, array(scalar)))))],
  'array.reverse': [array(scalar)],
  'array.slice': [array(scalar), integer, integer],
  'base64.decode': [
    fc.oneof(
      text.map((plain) => Buffer.from(plain).toString('base64')),
      fc.constantFrom('YQ', 'YQ==', 'YQ\n==', '_-8=', '=', 'a', 'ab=c', 'é'),
    ),
  ],
  'base64.encode': [text],
  'base64.is_valid': [encoded],
  'base64url.decode': [text.map((plain) => Buffer.from(plain).toString('base64url'))],
  'base64url.encode': [text],
  'bits.and': [integer, integer],
  'bits.lsh': [integer, small],
  'bits.negate': [integer],
  'bits.or': [integer, integer],
  'bits.rsh': [integer, small],
  'bits.xor': [integer, integer],
  // OPA's own rounds what is below zero to the other side.
  ceil: [fc.oneof(whole, fc.constantFrom(0.5, 1.5, 2.5))],
  concat: [text, collection(text)],
  contains: [text, text],
  count: [fc.oneof(text, collection(scalar), object(scalar))],
  div: [number, fc.constantFrom(1, -1, 2, 4, 0.5, 0)],
  endswith: [text, text],
  equal: [anyValue, anyValue],
  floor: [fc.oneof(whole, fc.constantFrom(0.5, 1.5, 2.5))],
  // The module gives twenty characters.
  format_int: [number, fc.constantFrom(8, 10, 16)],
  'glob.match': [glob, fc.oneof(fc.constant(null), array(fc.constantFrom('.', '/', ':'))), word],
  'graph.reachable': [object(collection(key)), collection(key)],
  gt: [anyValue, anyValue],
  gte: [anyValue, anyValue],
  indexof: [text, text],
  intersection: [set(set(key))],
  is_array: [anyValue],
  is_boolean: [anyValue],
  is_null: [anyValue],
  is_number: [anyValue],
  is_object: [anyValue],
  is_set: [anyValue],
  is_string: [anyValue],
  'json.filter': [nested, collection(path)],
  'json.is_valid': [jsonText],
  // Keys that are no strings are ordered as what they are, in OPA as the texts that they become.
  'json.marshal': [fc.oneof(nested, collection(scalar))],
  'json.remove': [nested, collection(path)],
  'json.unmarshal': [jsonText],
  lower: [text],
  lt: [anyValue, anyValue],
  lte: [anyValue, anyValue],
  max: [collection(scalar)],
  min: [collection(scalar)],
  minus: [number, number],
  mul: [number, number],
  neq: [anyValue, anyValue],
  'net.cidr_contains': [cidr, cidr],
  'net.cidr_intersects': [cidr, cidr],
  'net.cidr_overlap': [cidr, cidr],
  'numbers.range': [small, small],
  'object.filter': [object(scalar), fc.oneof(collection(key), object(scalar))],
  'object.get': [nested, fc.oneof(key, array(fc.oneof<fc.Arbitrary<RegoValue>[]>(key, fc.constant(0)))), scalar],
  'object.keys': [object(scalar)],
  'object.remove': [object(scalar), fc.oneof(collection(key), object(scalar))],
  'object.union': [nested, nested],
  'object.union_n': [array(nested)],
  or: [set(scalar), set(scalar)],
  plus: [number, number],
  product: [collection(small)],
  re_match: [pattern, text],
  'regex.find_all_string_submatch_n': [pattern, text, fc.integer({ min: -1, max: 3 })],
  'regex.is_valid': [pattern],
  'regex.match': [pattern, text],
  rem: [integer, integer],
  replace: [text, text.filter((old) => old !== ''), text],
  round: [number],
  sort: [collection(anyValue)],
  split: [text, text],
  startswith: [text, text],
  'strings.replace_n': [fc.dictionary(text, text, { maxKeys: 3, noNullPrototype: true }), text],
  'strings.reverse': [text],
  substring: [text, integer, integer],
  sum: [collection(number)],
  to_number: [fc.oneof(digits, number, fc.boolean(), fc.constant(null))],
  trim: [text, text],
  trim_left: [text, text],
  trim_prefix: [text, text],
  trim_right: [text, text],
  trim_space: [text],
  trim_suffix: [text, text],
  type_name: [anyValue],
  union: [set(set(key))],
  upper: [text],
}

// -- both sides ---------------------------------------------------------------------------------------------------

const OPERATORS: Readonly<Record<string, string>> = {
  and: '&',
  or: '|',
  plus: '+',
  minus: '-',
  mul: '*',
  div: '/',
  rem: '%',
  equal: '==',
  neq: '!=',
  gt: '>',
  gte: '>=',
  lt: '<',
  lte: '<=',
}

const callOf = (name: string, args: readonly string[]): string => {
  const operator = OPERATORS[name]
  return operator === undefined ? `${name}(${args.join(', ')})` : args.join(` ${operator} `)
}

/** A call here is an evaluation and a call of OPA. */
const SLOWER = 20

const names = Object.keys(ARGUMENTS)
const ruleOf = (name: string): string => `b${names.indexOf(name)}`
const ruleWith = (name: string): string => {
  const args = (ARGUMENTS[name] ?? []).map((_, at) => `input[${at}]`)
  return `${ruleOf(name)} = result { result := ${callOf(name, args)} }`
}

/** Those for which a module has tables that all others do without, and does not have where it calls none of them. */
const isExpression = (name: string): boolean => /^(?:re_match|regex\.|glob\.)/.test(name)

const policyOf = async (called: readonly string[]): Promise<Policy> => {
  const { module } = done(
    await compileRego(
      [{ name: 'm.rego', regoVersion: 'v0', text: `package m\n\n${called.map(ruleWith).join('\n\n')}\n` }],
      {
        compiler: await loaded(),
        entrypoints: called.map((name) => `m/${ruleOf(name)}`),
      },
    )(),
  )
  const made = await loadPolicy({ wasm: module })()
  if (isLeft(made)) throw new Error(made.left.message)
  return made.right
}

const compiled = new Map<boolean, Promise<Policy>>()
const policyFor = (name: string): Promise<Policy> => {
  const expressions = isExpression(name)
  const known = compiled.get(expressions) ?? policyOf(names.filter((other) => isExpression(other) === expressions))
  compiled.set(expressions, known)
  return known
}

const ours = (loadedPolicy: Policy, name: string, args: readonly RegoValue[]): Said => {
  const answer = loadedPolicy.evaluateValue({ entrypoint: `m/${ruleOf(name)}`, input: args })
  if (isLeft(answer)) throw new Error(answer.left.message)
  return answer.right.value === undefined ? 'undefined' : { result: formatTerm(answer.right.value) }
}

/** By its value: OPA keeps how a number was written. A text may be one that Go quotes as no term has it, and is then as it is. */
const exactly = (said: Said): Said => {
  if (said === 'undefined') return said
  try {
    return { result: formatTerm(readTerm(said.result, EXACT)) }
  } catch (error) {
    if (error instanceof NotTerm) return said
    throw error
  }
}

describe('builtins in the module', () => {
  it.each(names)('%s does as OPA does', async (name) => {
    const [compiler, module] = [await opa(), await policyFor(name)]
    fc.assert(
      fc.property(fc.tuple(...(ARGUMENTS[name] ?? [])), (given) => {
        expect({ given, said: ours(module, name, given) }).toEqual({
          given,
          said: exactly(theirs(compiler, name, given)),
        })
      }),
      { numRuns: Math.ceil(RUNS / SLOWER) },
    )
  })

  // Beyond ASCII OPA cuts characters into bytes here.
  it.each(['', 'a', 'aba', 'a b'])('replace finds nothing before each character and at the end: %j', async (given) => {
    const args = [given, '', 'x']
    expect(ours(await policyFor('replace'), 'replace', args)).toEqual(exactly(theirs(await opa(), 'replace', args)))
  })
})
