import { isLeft, isRight } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Control } from '../../src/catalogue/control'
import type { Checklist } from '../../src/check'
import { type Example, markersIn, readExamples } from '../../src/examples/example'
import { faultsOf } from '../../src/examples/run-example'
import { deployment, shipped } from '../checklist'

let checklist: Checklist
let privileged: Control

beforeAll(async () => {
  checklist = await shipped()
  const control = checklist.catalogue.control('AKSC-O1-01')
  if (control === undefined) throw new Error('the catalogue has no AKSC-O1-01')
  privileged = control
})

const manifest = (flag: string): string =>
  deployment('web', `\n          securityContext:\n            privileged: ${flag}`)

const example = (fields: Partial<Example>): Example => ({
  case: 'A case',
  verdict: 'fail',
  manifest: manifest('true # finding AKSC-O1-01'),
  ...fields,
})

describe('a case', () => {
  it('holds where findings and marks are the same', () => {
    expect(faultsOf(checklist, privileged, example({}))).toEqual([])
    expect(faultsOf(checklist, privileged, example({ verdict: 'pass', manifest: manifest('false') }))).toEqual([])
  })

  it.each<[string, Partial<Example>, readonly string[]]>([
    [
      'a finding without a mark',
      { manifest: manifest('true') },
      ['was found and is not marked: AKSC-O1-01 at line 17 of the manifest (privileged: true)'],
    ],
    [
      'a mark without a finding',
      { verdict: 'pass', manifest: manifest('false # finding AKSC-O1-01') },
      ['is marked and was not found: AKSC-O1-01 at line 17 of the manifest (privileged: false # finding AKSC-O1-01)'],
    ],
    ['another verdict', { verdict: 'unknown' }, ['expected the verdict unknown, it is fail']],
    ['too few findings without a place', { unlocated: 2 }, ['expected 2 findings without a place, found 0']],
    ['a manifest that is no YAML', { manifest: 'kind: [' }, [expect.stringMatching(/^Nothing to check: /)]],
    [
      'a mark that names no control',
      { manifest: manifest('true # finding AKSC-O1-01, AKSC-O1-99') },
      ['control: AKSC-O1-99 is not the id of a control'],
    ],
    [
      'a parameter that the control does not have',
      { parameters: { limit: 3 } },
      [expect.stringMatching(/^parameters\.AKSC-O1-01\.limit: limit is not a parameter of AKSC-O1-01/)],
    ],
  ])('tells of %s', (_, fields, faults) => {
    expect(faultsOf(checklist, privileged, example(fields))).toEqual(faults)
  })
})

describe('marks', () => {
  it('name one id or several, at the end of a line', () => {
    expect(markersIn('a: 1 # finding X-1\nb: 2\nc: 3 # finding X-1, Y-2\nd: "# finding Z-1" # no\n')).toEqual([
      { id: 'X-1', line: 1 },
      { id: 'X-1', line: 3 },
      { id: 'Y-2', line: 3 },
    ])
  })
})

describe('examples.yaml', () => {
  it('is read with the place of each case', () => {
    const read = readExamples({
      name: 'examples.yaml',
      text: '- case: One\n  verdict: pass\n  manifest: "a: 1"\n\n- case: Two\n  verdict: fail\n  manifest: "a: 2"\n  now: 2026-05-01\n',
    })
    if (isLeft(read)) throw new Error(read.left.message)
    expect(read.right.map((each) => [each.example.case, each.example.now, each.location.start.line])).toEqual([
      ['One', undefined, 1],
      ['Two', '2026-05-01', 5],
    ])
  })

  it.each([
    ['a verdict that does not exist', '- case: A\n  verdict: maybe\n  manifest: ""\n', 2],
    ['a field that is unknown', '- case: A\n  verdict: pass\n  manifest: ""\n  colour: red\n', 4],
    ['a case without a manifest', '- case: A\n  verdict: pass\n', 1],
    ['no list', 'case: A\n', 1],
  ])('is refused with %s, naming the line', (_, text, line) => {
    const read = readExamples({ name: 'examples.yaml', text })
    if (isRight(read)) throw new Error('it was read')
    expect([read.left.code, read.left.location?.source, read.left.location?.start.line]).toEqual([
      'example-invalid',
      'examples.yaml',
      line,
    ])
  })

  it('is refused where it is empty, several documents or no YAML', () => {
    const codes = ['', 'a: 1\n---\nb: 2\n', 'a: [1\n'].map((text) => {
      const read = readExamples({ name: 'examples.yaml', text })
      return isLeft(read) ? read.left.code : 'read'
    })
    expect(codes).toEqual(['example-invalid', 'example-invalid', 'syntax'])
  })
})
