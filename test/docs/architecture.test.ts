import { expect, it } from 'vitest'
import { page } from './sample'

const architecture = page('docs/architecture.md')

it('the page on architecture has the layers that their test holds', () => {
  const list = /const LAYERS = \[([^\]]*)\]/.exec(page('test/layers.test.ts'))?.[1] ?? ''
  const layers = [...list.matchAll(/'([^']+)'/g)].map(([, layer]) => layer)
  expect(layers.length).toBeGreaterThan(10)
  const shown = /Lowest first: `([^`]*)`/.exec(architecture)?.[1] ?? ''
  expect(shown.split(/\s+/)).toEqual(layers)
})
