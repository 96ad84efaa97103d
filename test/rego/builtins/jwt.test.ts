import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { jwt } from '../../../src/rego/builtins/jwt'
import type { RegoValue } from '../../../src/rego/value'
import { mostly, ours, sameAsOpa } from './against-opa'

const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
const encoded = (text: string): string => base64url(new TextEncoder().encode(text)).replace(/=+$/, '')

const decode = (token: RegoValue) => ours(jwt, 'io.jwt.decode', [token])

const number = fc.constantFrom(
  '1',
  '1.0',
  '-0',
  '1e3',
  '1E30102',
  '1e30103',
  '1e30104',
  '9e-30103',
  '1e-30104',
  '9007199254740993',
)
const exponent = fc.tuple(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 30_090, max: 30_110 }), fc.boolean())
const json = fc.oneof(
  { weight: 6, arbitrary: fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.stringify(value)) },
  {
    weight: 20,
    arbitrary: fc
      .dictionary(fc.constantFrom('a', 'exp', '__proto__'), fc.jsonValue({ maxDepth: 1 }))
      .map((value) => JSON.stringify(value)),
  },
  number.map((text) => `{"n":${text}}`),
  exponent.map(([digits, power, below]) => `{ "n": [${digits / 100}e${below ? '-' : ''}${power}] }`),
  fc.constantFrom(
    '{"a": 1, "a": 2}',
    '{\n"a":\t"\\ud800 \\u0041"}\r\n',
    '{}x',
    '{} {}',
    '',
    '[]',
    '{"a": .5}',
    '\ufeff{}',
    '{"a":01}',
    `{"a":'b'}`,
  ),
)
const header = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      '{"alg":"HS256"}',
      '{"cty":"JWT"}',
      '{ "cty": "JWT", "n": 1.0 }',
      '{"cty":"x"}',
      '{"cty":1}',
      '{"enc":null}',
    ),
  },
  json,
)
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 8 }),
  fc.constantFrom([], [0x7b, 0x22, 0xe2, 0x82, 0x22, 0x3a, 0x31, 0x7d]).map((list) => Uint8Array.from(list)),
)
const part = fc.oneof(
  { weight: 8, arbitrary: json.map(encoded) },
  bytes.map(base64url),
  fc
    .tuple(json.map(encoded), fc.constantFrom('=', '==', '=\n=', '\n', '\r\n\r\n', '+', ' '))
    .map(([text, extra]) => text + extra),
)
const token: fc.Arbitrary<string> = fc.letrec<{ token: string }>((tie) => ({
  token: fc
    .tuple(
      fc.oneof({ weight: 9, arbitrary: header.map(encoded) }, part),
      fc.oneof(
        { maxDepth: 2 },
        { weight: 4, arbitrary: part },
        tie('token').chain((inner) => fc.constantFrom(encoded(inner), encoded(`"${inner}"`), encoded(`'"${inner}`))),
      ),
      fc.oneof({ weight: 4, arbitrary: bytes.map(base64url) }, part),
    )
    .map((parts) => parts.join('.')),
})).token

describe('io.jwt.decode', () => {
  it('gives header, payload and signature', () => {
    const signed = `${encoded('{"alg":"none"}')}.${encoded('{"sub":"a","n":1.0}')}.AP8`
    expect(decode(signed)).toEqual({ result: '[{"alg": "none"}, {"n": 1.0, "sub": "a"}, "00ff"]' })
  })

  it('gives the token inside of a token', () => {
    const inner = `${encoded('{}')}.${encoded('{"sub":"a"}')}.`
    expect(decode(`${encoded('{"cty":"JWT"}')}.${encoded(`"${inner}"`)}.`)).toEqual({
      result: '[{}, {"sub": "a"}, ""]',
    })
  })

  it.each(['a.b', 'e30.e30', `${encoded('{"enc":"A128GCM"}')}.e30.`, 'e30.W10.', 'e30.e30.a'])(
    'is undefined for %s',
    (text) => {
      expect(decode(text)).toBe('undefined')
    },
  )

  it('agrees with OPA', async () => {
    const any = fc.oneof({ weight: 20, arbitrary: token }, fc.string(), fc.constantFrom('..', 'a.b.c.d'))
    await sameAsOpa(jwt, 'io.jwt.decode', mostly(any), 4_000)
  })
})
