import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isRight } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Checklist } from '../../src/check'
import { type Example, readExamples } from '../../src/examples/example'
import { faultsOf } from '../../src/examples/run-example'
import { shipped } from '../checklist'

const controls = fileURLToPath(new URL('../../policies/controls', import.meta.url))

interface ControlExamples {
  /** `o1/privileged_container` */
  readonly folder: string
  readonly faults: readonly string[]
  readonly cases: readonly Example[]
}

const examplesIn = (folder: string): ControlExamples => {
  const file = join(controls, folder, 'examples.yaml')
  // A control without examples fails its own test.
  const read = readExamples({ name: file, text: existsSync(file) ? readFileSync(file) : '' })
  return isRight(read)
    ? { folder, faults: [], cases: read.right.map(({ example }) => example) }
    : { folder, faults: [read.left.message], cases: [] }
}

const all = readdirSync(controls, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego'))
  .map((file) => examplesIn(dirname(file)))

let checklist: Checklist

beforeAll(async () => {
  checklist = await shipped()
})

describe.each(all)('$folder', ({ folder, faults, cases }) => {
  it('has well-formed examples, good and bad', () => {
    expect(faults).toEqual([])
    expect(cases.map(({ verdict }) => verdict)).toContain('fail')
    expect(cases.map(({ verdict }) => verdict)).toContain('pass')
    expect(cases.length).toBeGreaterThanOrEqual(3)
  })

  it.each(cases)('$case', (example) => {
    const control = checklist.catalogue.controls.find(({ item, name }) => folder === `${item.toLowerCase()}/${name}`)
    if (control === undefined) throw new Error(`${folder} is not in the catalogue`)
    expect(faultsOf(checklist, control, example)).toEqual([])
  })
})
