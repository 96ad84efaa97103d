import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { regex } from '../../../src/rego/builtins/regex'
import type { RegoValue } from '../../../src/rego/value'
import { mostly, ours, sameAsOpa } from './against-opa'

const said = (name: string, ...args: readonly RegoValue[]): unknown => {
  const answer = ours(regex, name, args)
  return answer === 'undefined' ? answer : JSON.parse(answer.result)
}

const character = fc.constantFrom(...'aAbBkKsS1_- \t\n.é😀ſ\u212aßΣσς')
const classes = fc.constantFrom(
  ...[
    '\\d',
    '\\D',
    '\\w',
    '\\W',
    '\\s',
    '\\S',
    '\\pL',
    '\\PN',
    '\\p{Greek}',
    '\\P{^Lu}',
    '\\p{Any}',
    '\\p{greek}',
    '\\p{Letter}',
    '\\p{lu}',
    '\\p{ Old_Italic}',
    '\\p{uppercase letter}',
    '\\p{LC}',
    '\\p{assigned}',
    '\\p{ASCII}',
    '\\p{Cn}',
    '\\p{C}',
    '[[:alpha:]]',
    '[[:^word:]x]',
  ],
  ...[
    '[a-k]',
    '[^b]',
    '[]a]',
    '[^]a]',
    '[a-]',
    '[-a]',
    '[\\d_]',
    '[\\pL-]',
    '[é-😀]',
    '[a\\]b]',
    '[[:digit:]-]',
    '.',
    '(?s:.)',
  ],
)
const escapes = fc.constantFrom(
  ...[
    '\\n',
    '\\t',
    '\\x61',
    '\\x{1F600}',
    '\\141',
    '\\.',
    '\\Qa.b*\\E',
    '\\Qa',
    '\\a',
    '\\pN',
    '\\x{e9}',
    '\\-',
    '\\_',
  ],
)
const anchors = fc.constantFrom(
  '^',
  '$',
  '\\A',
  '\\z',
  '\\b',
  '\\B',
  '(?m)',
  '(?i)',
  '(?s)',
  '(?U)',
  '(?i-s)',
  '(?m:^)',
  '(?m:$)',
)
const invalid = fc.constantFrom(
  ...[
    '(',
    ')',
    '[',
    '*',
    '**',
    '+*',
    '{2}',
    'a{1001}',
    'a{2,1}',
    'a{,2}',
    'a{01}',
    'a{',
    '\\',
    '\\C',
    '\\Z',
    '\\1',
    '\\8',
    '\\k',
    '\\x',
    '\\x{110000}',
  ],
  ...[
    '\\p',
    '\\p{',
    '\\p{Nope}',
    '[b-a]',
    '[[:no:]]',
    '(?',
    '(?z)',
    '(?P<a',
    '(?P<>a)',
    '(?P<a-b>a)',
    '(?P=a)',
    '(?=a)',
    '(?<=a)',
    '(?<!a)',
    '(?>a)',
    '(?#a)',
  ],
  ...[
    'a++',
    'a??',
    'a*?',
    'a{2}{3}',
    '(a{999}){2}',
    '(?:a{100}){10}',
    '\\pΩ',
    '[a-\\d]',
    '[\\Qa\\E]',
    '\\E',
    '(?i)(?-i)',
    '(?)',
    '(?-)',
    '(?i-)',
    '(?-i:a)',
  ],
)
const repeated = fc.constantFrom('', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{0,2}', '{1,}?', '{0}', '{,3}')

const pattern = fc.letrec<{ pattern: string; part: string }>((tie) => ({
  pattern: fc.oneof(
    { weight: 4, arbitrary: fc.array(tie('part'), { maxLength: 4 }).map((parts) => parts.join('')) },
    { weight: 1, arbitrary: fc.tuple(tie('pattern'), tie('pattern')).map((parts) => parts.join('|')) },
  ),
  part: fc.oneof(
    { maxDepth: 3 },
    { weight: 5, arbitrary: fc.tuple(character, repeated).map((parts) => parts.join('')) },
    { weight: 4, arbitrary: fc.tuple(classes, repeated).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: fc.tuple(escapes, repeated).map((parts) => parts.join('')) },
    { weight: 2, arbitrary: anchors },
    { weight: 1, arbitrary: invalid },
    {
      weight: 4,
      arbitrary: fc
        .tuple(fc.constantFrom('(', '(', '(?:', '(?P<n>', '(?<m>', '(?i:', '(?U:'), tie('pattern'), repeated)
        .map(([open, inner, many]) => `${open}${inner})${many}`),
    },
  ),
})).pattern

/** A pattern with a character taken out, doubled or put in. */
const mutated = fc
  .tuple(pattern, fc.nat(), fc.constantFrom('', '(', ')', '[', ']', '{', '}', '\\', '?', '*', '|', '^', '$', '-', 'a'))
  .map(([text, at, put]) => {
    const place = at % (text.length + 1)
    return text.slice(0, place) + put + text.slice(place + (at % 2))
  })
  .filter((text) => !/[\ud800-\udfff]/u.test(text))

const anyPattern = fc.oneof({ weight: 3, arbitrary: pattern }, { weight: 1, arbitrary: mutated })
const text = fc.oneof(
  { weight: 4, arbitrary: fc.array(character, { maxLength: 12 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }) },
  // Long enough for another of the matcher's ways.
  {
    weight: 1,
    arbitrary: fc.array(character, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('').repeat(400)),
  },
)
const reference = fc.constantFrom(
  ...['', '$', '0', '1', '{1}', '2', 'n', '{n}', '{m}', '1x', '{1x}', '01', '{', '{n', 'é', '{}', ' ', '9', '{n$1}'],
  ...['123456789', '1234567890', '_'],
)
const template = fc
  .array(
    fc.oneof(
      reference.map((name) => `$${name}`),
      fc.constantFrom('\\1', '}', 'a'),
      character,
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''))
const limit = fc.oneof(fc.integer({ min: -2, max: 4 }), fc.constantFrom<RegoValue>(2n ** 63n - 1n, 2n ** 63n, 1.5))

describe('regex', () => {
  it('finds what OPA finds', () => sameAsOpa(regex, 'regex.find_n', mostly(anyPattern, text, limit)))

  it('splits as OPA splits', () => sameAsOpa(regex, 'regex.split', mostly(anyPattern, text)))

  it('replaces as OPA replaces', () => sameAsOpa(regex, 'regex.replace', mostly(text, anyPattern, template)))

  it('matches templates as OPA does', () =>
    sameAsOpa(
      regex,
      'regex.template_match',
      mostly(
        fc
          .array(
            fc.oneof(
              anyPattern.map((inner) => `{${inner}}`),
              anyPattern.map((inner) => `<${inner}>`),
            ),
            { maxLength: 4 },
          )
          .map((parts) => parts.join('')),
        text,
        fc.constantFrom('{', '{', '{', '<', '', '{{', 'é', '}'),
        fc.constantFrom('}', '}', '}', '>', '', '}}', '{'),
      ),
    ))

  it.each<[string, readonly RegoValue[], unknown]>([
    ['regex.find_n', ['[oa]+', 'foo bar', -1], ['oo', 'a']],
    ['regex.find_n', ['[oa]+', 'foo bar', 1], ['oo']],
    ['regex.find_n', ['a*', 'baac', -1], ['', 'aa', '']],
    ['regex.find_n', ['', 'a😀', -1], ['', '', '']],
    ['regex.find_n', ['\\p{Uppercase_Letter}\\pl', 'AbcDé', -1], ['Ab', 'Dé']],
    ['regex.split', [':+', 'a::b:c'], ['a', 'b', 'c']],
    ['regex.split', ['', 'ab'], ['a', 'b']],
    ['regex.replace', ['registry.io/app:1', '^(?P<host>[^/]+)/(.+)$', '$2 at $host, $$1'], 'app:1 at registry.io, $1'],
    ['regex.replace', ['ab', '(?P<x>a)|(?P<x>b)', '[$x]'], '[a][b]'],
    ['regex.replace', ['aaa', 'a', '$1x'], ''],
    ['regex.template_match', ['urn:{[a-z]+}:{.*}', 'urn:foo:bar', '{', '}'], true],
    ['regex.template_match', ['urn:{[a-z]+}', 'urn:FOO', '{', '}'], false],
  ])('%s of %j', (name, args, expected) => {
    expect(said(name, ...args)).toEqual(expected)
  })

  it.each(['(', 'a**', '\\C', '(?=a)', '(a)\\1', 'a{1001}', '\\p{Emoji}', '[b-a]'])(
    'refuses the pattern %s',
    (given) => {
      expect(said('regex.split', given, 'a')).toBe('undefined')
    },
  )

  it('takes time in the length of the text, whatever the pattern', () => {
    const began = performance.now()
    expect(said('regex.find_n', '(a+)+$', `${'a'.repeat(50_000)}b`, -1)).toEqual([])
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})
