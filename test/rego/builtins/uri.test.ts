import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { uri } from '../../../src/rego/builtins/uri'
import { mostly, ours, sameAsOpa } from './against-opa'
import { mutated } from './texts'

const part = (...texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts)

const schemes = part('http:', 'https:', 'HTTPS:', 'ftp:', 'a+b-c.1:', '1a:', ':', '', '', 'mailto:', 'urn:')
const slashes = part('//', '//', '//', '/', '///', '')
const users = part('', '', '', 'user@', 'user:pass@', 'us%20er:p@ss@', 'u ser@', 'u%zz@', '\u00e9@', ':@')
const hosts = part(
  ...[
    'example.com',
    'EXAMPLE.com',
    'localhost',
    '10.0.0.1',
    '',
    'a b',
    'a%20b',
    'ex%C3%A4mple',
    '\u00e9.com',
    'a_b',
    'a<b>',
    'a%25b',
    'a^b',
  ],
  ...[
    '[::1]',
    '[fe80::1%25en0]',
    '[fe80::1%25e%20n]',
    '[fe80::1%25%C3%A9]',
    '[fe80::1%25%2f]',
    '[fe80::1%25]',
    '[::1',
    '::1',
    '[10.0.0.1]',
    'x[::1]',
    '[::ffff:1.2.3.4]',
    '[1:2::3:]',
    '[::1]x',
  ],
)
const ports = part('', '', ':80', ':', ':8080', ':a', ':1:2', ':80%20', ':65536')
const paths = part(
  '',
  '/',
  '/a/b',
  '/a%2Fb',
  '/a b',
  '/a%20b',
  '//a',
  '/%zz',
  '/\u00e9',
  '/%C3%A9',
  '/!*()',
  '/%ff%e2%82',
  'a:b',
  'a/b:c',
  '*',
  '/a;b,c',
  '/[x]',
)
const queries = part('', '', '?', '?a=b&c', '?a?b', '??', '?a=%zz', '?\u00e9 x')
const fragments = part('', '', '#', '#top', '#a#b', '#%zz', '#%C3%A9', '#%ff', '#\u0001')

const uris = fc.tuple(schemes, slashes, users, hosts, ports, paths, queries, fragments).map((parts) => parts.join(''))

describe('uri.parse', () => {
  it.each([
    [
      'HTTPS://user@Example.com:8443/a%2Fb%20c?x=1#top%20',
      '{"fragment": "top ", "hostname": "Example.com", "path": "/a/b c", "port": "8443", "raw_path": "/a%2Fb%20c", "raw_query": "x=1", "scheme": "https"}',
    ],
    ['http://[fe80::1%25en0]:80', '{"hostname": "fe80::1%en0", "port": "80", "scheme": "http"}'],
    ['mailto:a@b?c', '{"raw_query": "c", "scheme": "mailto"}'],
    ['/a b', '{"path": "/a b", "raw_path": "/a b"}'],
    ['', '{}'],
  ])('of %s is %s', (text, result) => {
    expect(ours(uri, 'uri.parse', [text])).toEqual({ result })
  })

  it.each(['http://a:b', 'http://[::1', ':a', '%zz', 'http://a b', '/a\n', '1a:b'])('%j is refused', (text) => {
    expect(ours(uri, 'uri.parse', [text])).toBe('undefined')
    expect(ours(uri, 'uri.is_valid', [text])).toEqual({ result: 'false' })
  })

  it('does as OPA does', () => sameAsOpa(uri, 'uri.parse', mostly(mutated(uris)), 2_000))
})

describe('uri.is_valid', () => {
  it('is false for no text and for what is no text', () => {
    expect(ours(uri, 'uri.is_valid', [''])).toEqual({ result: 'false' })
    expect(ours(uri, 'uri.is_valid', [1])).toEqual({ result: 'false' })
  })

  it('does as OPA does', () => sameAsOpa(uri, 'uri.is_valid', mostly(mutated(uris))))
})
