import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { contains, outside, overlap, rootTree } from '../../../src/rego/bundle/roots'

const segment = fc.constantFrom('a', 'b', 'a!', '')
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((segments) => segments.join('/'))

/** OPA's `rootContains` over segments, an empty root being all. */
const isIn = (root: string, place: string): boolean => root === '' || `${place}/`.startsWith(`${root}/`)

describe('roots', () => {
  it('contain what OPA says they contain', () => {
    fc.assert(
      fc.property(fc.array(path), path, (roots, place) => {
        expect(contains(rootTree(roots), place.split('/'))).toBe(roots.some((root) => isIn(root, place)))
      }),
    )
  })

  it('overlap where one of two contains the other', () => {
    fc.assert(
      fc.property(fc.array(path, { maxLength: 6 }), (roots) => {
        const overlapping = roots.some((root, at) =>
          roots.some((other, index) => index !== at && (isIn(root, other) || isIn(other, root))),
        )
        const found = overlap(roots)
        expect(found !== undefined).toBe(overlapping)
        if (found !== undefined) expect(isIn(...found)).toBe(true)
      }),
    )
  })

  it.each<[readonly string[], Parameters<typeof outside>[1], readonly string[] | undefined]>([
    [[''], 1, undefined],
    [['a/b'], { a: { b: 1 } }, undefined],
    [['a/b'], { a: {} }, undefined],
    [['a/b'], { a: { b: 1, c: 2 } }, ['a', 'c']],
    [['a/b'], { a: 1 }, ['a']],
    [['a/b'], { 'a/b': 1 }, ['a/b']],
    [['a', 'b'], { b: 1, a: [], c: {} }, ['c']],
    [[], { a: 1 }, ['a']],
    [['__proto__'], JSON.parse('{"__proto__": 1}'), undefined],
  ])('%j and the document %j', (roots, value, place) => {
    expect(outside(rootTree(roots), value)).toEqual(place)
  })
})
