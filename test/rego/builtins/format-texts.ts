import fc from 'fast-check'
import { mutated } from './texts'

type Texts = fc.Arbitrary<string>

const texts = (...some: readonly string[]): Texts => fc.constantFrom(...some)
const joined = (...parts: readonly Texts[]): Texts => fc.tuple(...parts).map((some) => some.join(''))

const dates = texts('2026-05-01', '2024-02-29', '2023-02-29', '0000-01-01', '2026-13-01', '2026-5-1', '2026-04-31')
const clocks = texts(
  '08:30:00',
  '8:30:00',
  '23:59:60',
  '24:00:00',
  '08:30',
  '08:30:00.5',
  '08:30:00,123456789012',
  '08:30:5',
)
const zones = texts('', 'Z', 'z', '+02:00', '-24:60', '+25:00', '+0200', '+02', ' UTC')

const gap = texts('', '', '', ' ', '\t ', '(a comment)', ' (a (nested) \\) comment) ', '(', '\n')
const word = texts(
  ...[
    'Ann',
    'B.',
    'é',
    '"Q. \\" ed"',
    '""',
    '"x',
    '=?utf-8?q?=C3=A9?=',
    '=?UTF-8?b?YQ==?=',
    '=?latin9?q?a?=',
    '=?x?b?YQ?=',
  ],
  ...['=?x?q?=zz?=', '=?x?z?a?=', '=?us-ascii?Q??=', 'a..b', '.', ',', '=?x?q?a b?=', '=?x?Q?a_b?='],
)
const local = texts('ann', 'a.b', '.a', 'a.', 'a..b', '"a b"', '""', '"a\\"b"', 'é', 'a+b', '😀', '"a\nb"', '', 'a(b)')
const domain = texts(
  'b.c',
  'localhost',
  '[10.0.0.1]',
  '[::1]',
  '[10.0.0]',
  '[IPv6:::1]',
  '[a',
  'é.de',
  'b..c',
  '.b',
  '',
  '[10.0.0.1%a]',
)
const plain = joined(gap, local, texts('@', '@', '@', '', '@@'), texts('', '', ' '), domain)
const angled = joined(texts('<', '<', ''), plain, texts('>', '>', ''))
const names = fc.array(joined(word, texts(' ', '', '\t', ' (c) ')), { maxLength: 3 }).map((some) => some.join(''))
const one = fc.oneof(joined(plain, gap), joined(gap, names, angled, gap))
const group = joined(
  gap,
  names,
  texts(':', ':', ''),
  fc.array(joined(one, texts(',', ',', '')), { maxLength: 2 }).map((some) => some.join('').replace(/,$/, '')),
  texts(';', ';', ''),
  gap,
)
const mails = fc.oneof(
  { weight: 3, arbitrary: one },
  { weight: 1, arbitrary: group },
  { weight: 1, arbitrary: texts('<a@b>', 'a@b (=?x?q?a?=)', 'a@b (=?utf-8?q?a?= c)') },
)

const label = fc.oneof(
  texts('a', 'a-b', '-a', 'a-', '', 'é', 'a_b', '1'),
  fc.integer({ min: 60, max: 65 }).map((length) => 'x'.repeat(length)),
)
const hosts = fc.oneof(
  fc.array(label, { minLength: 1, maxLength: 4 }).map((some) => some.join('.')),
  fc.integer({ min: 120, max: 130 }).map((length) => Array(length).fill('a').join('.')),
)

const v4 = texts('10.0.0.1', '256.1.1.1', '01.2.3.4', '1.2.3', '1.2.3.4.5', '1..2.3', '.1.2.3', '1.2.3.', '1.2.3.a')
const v6 = texts(
  ...[
    '::1',
    '::',
    '1:2:3:4:5:6:7:8',
    '1:2:3:4:5:6:7:8:9',
    '::1.2.3.4',
    '1::2::3',
    'fe80::1%eth0',
    ':1',
    '1:',
    '12345::',
    '::1.2.3',
  ],
  ...[
    '1:2:3:4:5:6:7::',
    '1:2:3:4:5:6:7:8::',
    '1:2:3:4:5:1.2.3.4',
    '1:2:3:4:5:6:7:1.2.3.4',
    '::%',
    '1:2:3',
    '::g',
    '::1.2.3.256',
  ],
)

/** References of all kinds, few of them to other hosts, since OPA goes there. */
export const references: Texts = mutated(
  joined(
    texts('', '', '', 'urn:', 'a+b:', ':', '1a:', 'file:', 'http:'),
    texts('', '', '//', '/', '///', '//u:p@', '//u%zz@', '//u\u00e9@'),
    fc.oneof(
      texts('', '', 'h', 'h:80', 'h:x', 'a b', '%41', 'x[::1]', '\u00e9', 'h%'),
      fc.oneof(v4, v6).map((ip) => `[${ip}]`),
      v6.map((ip) => `[${ip}%25e`),
    ),
    texts('', '/', '/a/../b', '/./a', '../x', 'a:b', './/b', '/%zz', '/%2f', '/\u00e9', 'a/.', 'a/..', '/a b', '*'),
    texts('', '', '?', '?a=b', '??'),
    texts('', '', '#', '#a', '#/definitions/a', '#%zz', '#/definitions/%61', '#/%ff', '#a#b', '#\u0001'),
  ),
)

const uris = fc.oneof(references, texts('http://h/{a}', 'http://h/{a', 'http://h/a}{b}', '/{a}{b}?{', '\\', 'a\\b:c'))
const pointers = texts(
  '',
  '/',
  '/a/b',
  'a',
  '/~0',
  '/~1~0',
  '/~',
  '/~2',
  '/a~',
  '0',
  '1#',
  '12/a',
  '01',
  '0##',
  '0/~',
  '-1',
  '1/',
  '#',
)

/** Texts that are of a format, or nearly so. */
export const FORMATS: Readonly<Record<string, Texts>> = {
  date: mutated(dates),
  time: mutated(joined(clocks, zones)),
  'date-time': mutated(fc.oneof(joined(dates, texts('T', 't', ' '), clocks, zones), dates, joined(clocks, zones))),
  hostname: mutated(hosts),
  email: mutated(mails),
  'idn-email': mutated(mails),
  ipv4: mutated(fc.oneof(v4, v6)),
  ipv6: mutated(fc.oneof(v6, v4)),
  uri: uris,
  'uri-reference': uris,
  iri: uris,
  'iri-reference': uris,
  'uri-template': uris,
  uuid: mutated(
    texts(
      '123e4567-e89b-12d3-a456-426614174000',
      '123E4567-E89B-12D3-A456-426614174000',
      '123e4567e89b12d3a456426614174000',
    ),
  ),
  regex: mutated(texts('', 'a*', '(?i)a', '[a-z]+', '(?P<n>a)', '(?=a)', 'a**', '\\pL', '\\C', 'a{2,1}')),
  'json-pointer': mutated(pointers),
  'relative-json-pointer': mutated(pointers),
  unknown: texts('a', ''),
}
