import { beforeAll, describe, expect, it } from 'vitest'
import type { Checklist } from '../../src/check'
import { selected } from '../../src/cli/selection'
import { left, right, shipped } from '../checklist'

const items = ({ catalogue }: Checklist): readonly string[] => catalogue.items.map(({ id }) => id)

describe('a part of the checklist', () => {
  let whole: Checklist

  beforeAll(async () => {
    whole = await shipped()
  })

  it('is without items and controls, in whatever order and however they overlap', () => {
    const [first = ''] = whole.catalogue.controls.flatMap(({ id, item }) => (item === 'D3' ? [id] : []))
    const rest = right(selected(whole, { withoutItem: ['D3', 'D5'], withoutControl: [first, 'AKSC-O1-01'] }))
    const expected = whole.catalogue.controls.filter(
      ({ id, item }) => item !== 'D3' && item !== 'D5' && id !== 'AKSC-O1-01',
    )
    expect(rest.catalogue.controls).toEqual(expected)
    expect(items(rest)).not.toContain('D3')
    expect(items(rest)).toContain('O1')
  })

  it('is what is mapped to any of the catalogues', () => {
    const rest = right(selected(whole, { framework: ['cis-aks', 'pss'] }))
    expect(rest.catalogue.controls.map(({ id }) => id)).toEqual(
      whole.catalogue.controls.filter(({ mappings }) => 'cis-aks' in mappings || 'pss' in mappings).map(({ id }) => id),
    )
  })

  it.each([
    ['--without-item', 'D9', { withoutItem: ['D9'] }],
    ['--without-control', 'X-1', { withoutControl: ['X-1'] }],
    ['--framework', 'abc', { framework: ['abc'] }],
    ['--item', 'D3', { item: ['D3'], withoutItem: ['D3'] }],
    ['--control', 'AKSC-O1-01', { control: ['AKSC-O1-01'], withoutControl: ['AKSC-O1-01'] }],
  ])('is refused where %s names %s', (option, given, flags) => {
    expect(left(selected(whole, flags))).toMatchObject({ code: 'option-invalid', data: { option, given } })
  })
})
