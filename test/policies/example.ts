import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as t from 'io-ts'
import { parse } from 'yaml'
import { exact, jsonObject } from '../../src/codec'

const controls = fileURLToPath(new URL('../../policies/controls', import.meta.url))

const example = exact(
  'example',
  {
    case: t.string,
    verdict: t.union([
      t.literal('pass'),
      t.literal('fail'),
      t.literal('unknown'),
      t.literal('not-applicable'),
      t.literal('waived'),
    ]),
    manifest: t.string,
  },
  { now: t.string, complete: t.boolean, parameters: jsonObject, unlocated: t.number, kubernetesVersion: t.string },
)

export type Example = t.TypeOf<typeof example>

/** The folder of a control, `o1/privileged_container`, with its examples. */
export interface ControlExamples {
  readonly folder: string
  readonly examples: t.Validation<readonly Example[]>
}

/** Every control folder; dates in YAML stay text. */
export const controlExamples = (): readonly ControlExamples[] =>
  readdirSync(controls, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.rego') && !file.endsWith('_test.rego'))
    .map((file) => {
      const folder = dirname(file)
      const path = join(controls, folder, 'examples.yaml')
      // A control without examples fails its own test.
      const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
      return { folder, examples: t.readonlyArray(example).decode(parse(text)) }
    })

/** `id line` for each marker comment of a manifest, found by scanning its lines: YAML libraries move comments. */
export const markers = (manifest: string): readonly { readonly id: string; readonly line: number }[] =>
  manifest.split('\n').flatMap((text, at) => {
    const match = /# finding ([A-Z0-9, -]+?)\s*$/.exec(text)
    return (match?.[1]?.split(',') ?? []).map((id) => ({ id: id.trim(), line: at + 1 }))
  })
