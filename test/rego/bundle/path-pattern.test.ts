import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pathPattern } from '../../../src/rego/bundle/path-pattern'

describe('a path pattern', () => {
  it.each<[string, readonly string[], readonly string[]]>([
    ['*.md', ['README.md', '.md', 'docs/a.md'], ['README.mdx', 'md']],
    ['/old/*', ['/old/a.rego', '/old/deep/a.rego', '/old/'], ['/older/a.rego', 'old/a.rego']],
    ['a?c', ['abc', 'a/c', 'a😀c'], ['ac', 'abbc']],
    ['[a-cx].rego', ['b.rego', 'x.rego'], ['d.rego', '-.rego']],
    ['[!a-c]', ['d', '-'], ['a', 'b', '']],
    ['\\*\\[x]', ['*[x]'], ['a[x]', '\\*[x]']],
    ['a.b', ['a.b'], ['aXb']],
    ['**', ['', 'a/b'], []],
    ['', [''], ['a']],
    ['a*b*c', ['abc', 'aXbYc', 'abcbc'], ['acb', 'ab']],
  ])('%s', (pattern, fitting, other) => {
    const fits = pathPattern(pattern)
    expect(fitting.filter((path) => !fits(path))).toEqual([])
    expect(other.filter(fits)).toEqual([])
  })

  it('stays within a folder where there is a separator', () => {
    const fits = pathPattern('docs/*.md', '/')
    expect(['docs/a.md', 'docs/a/b.md', 'docs/.md'].map(fits)).toEqual([true, false, true])
    expect(['a/b', 'ab', 'a.b'].map(pathPattern('a?b', '/'))).toEqual([false, false, true])
    expect(['a/b', 'a.b'].map(pathPattern('a[!x]b', '/'))).toEqual([false, true])
  })

  it('of stars fits as the regular expression of the same meaning', () => {
    const part = fc.constantFrom('a', 'b', '*', '/', '?')
    fc.assert(
      fc.property(fc.array(part), fc.array(fc.constantFrom('a', 'b', '/')), fc.boolean(), (pattern, path, within) => {
        const any = within ? '[^/]' : '[^]'
        const expected = new RegExp(
          `^${pattern.map((one) => (one === '*' ? `${any}*` : one === '?' ? any : one)).join('')}$`,
        )
        const fits = pathPattern(pattern.join(''), within ? '/' : undefined)
        expect(fits(path.join(''))).toBe(expected.test(path.join('')))
      }),
      { numRuns: 2_000 },
    )
  })

  it('takes no longer for many stars', () => {
    const started = performance.now()
    expect(pathPattern(`${'*a'.repeat(200)}b`)('a'.repeat(5_000))).toBe(false)
    expect(performance.now() - started).toBeLessThan(2_000)
  })
})
