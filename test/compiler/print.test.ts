import { isLeft } from 'fp-ts/Either'
import { beforeAll, describe, expect, it } from 'vitest'
import { compileRego, type RegoCompiler } from '../../src/compiler/index'
import type { Json } from '../../src/json'
import { loadPolicy } from '../../src/rego/policy'
import { done, loaded, rows } from './loaded'

let compiler: RegoCompiler

beforeAll(async () => {
  compiler = await loaded()
})

/** What a module prints, operand by operand, and the value of `data.a.x`. */
const printed = async (
  text: string,
  input: Json = {},
  print = true,
): Promise<{ readonly said: readonly Json[]; readonly value: Json | undefined }> => {
  const said: Json[] = []
  const compiled = done(await compileRego([{ name: 'a.rego', text }], { entrypoints: ['a/x'], print, compiler })())
  const policy = await loadPolicy({
    wasm: compiled.module,
    builtins: {
      'internal.print': (operands = null) => {
        said.push(operands)
        return true
      },
    },
  })()
  if (isLeft(policy)) throw new Error(policy.left.message)
  const answer = policy.right.evaluate({ input })
  if (isLeft(answer)) throw new Error(answer.left.message)
  return { said, value: answer.right.value }
}

const at = (row: number, col: number): Json => [{ $location: ['a.rego', row, col] }]

describe('print', () => {
  const SPOKEN = 'package a\n\nx := 1 if {\n\tprint("x is", input.n)\n}\n'

  it('is left out unless it is asked for', async () => {
    expect(await printed(SPOKEN, { n: 5 }, false)).toEqual({ said: [], value: 1 })
  })

  it('hands the host its place and its operands', async () => {
    expect(await printed(SPOKEN, { n: 5 })).toEqual({ said: [[at(4, 2), ['x is'], [5]]], value: 1 })
  })

  it('goes on where an operand is undefined, and hands over nothing for it', async () => {
    expect(await printed(SPOKEN)).toEqual({ said: [[at(4, 2), ['x is'], []]], value: 1 })
  })

  it('may have no operand', async () => {
    expect(await printed('package a\n\nx if print()\n')).toEqual({ said: [[at(3, 6)]], value: true })
  })

  it.each<[string, string, readonly Json[], Json | undefined]>([
    [
      'in a comprehension',
      'x := [m |\n\tsome m in [1, 2]\n\tprint(m)\n]\n',
      [
        [at(5, 2), [1]],
        [at(5, 2), [2]],
      ],
      [1, 2],
    ],
    [
      'in every',
      'x if {\n\tevery k in [1, 2] {\n\t\tprint(k)\n\t\tk > 0\n\t}\n}\n',
      [
        [at(5, 3), [1]],
        [at(5, 3), [2]],
      ],
      true,
    ],
    [
      'in a function, with what its argument is',
      'f(n) := n + 1 if print("n", n)\n\nx := f(2)\n',
      [[at(3, 18), ['n'], [2]]],
      3,
    ],
    ['under with', 'y if print(input)\n\nx if y with input as {"q": 1}\n', [[at(3, 6), [{ q: 1 }]]], true],
    ['in what fails after it', 'x if {\n\tprint("before")\n\tfalse\n}\n', [[at(4, 2), ['before']]], undefined],
    [
      'with a comprehension that prints as its operand',
      'x if print([1 | print("inner")])\n',
      [
        [at(3, 17), ['inner']],
        [at(3, 6), [[1]]],
      ],
      true,
    ],
    ['with its column in code points', 'x if { "\u{1d4b3}" != ""; print(1) }\n', [[at(3, 19), [1]]], true],
  ])('works %s', async (_, body, said, value) => {
    expect(await printed(`package a\n\n${body}`)).toEqual({ said, value })
  })

  it('is not taken for a function of that name in the package', async () => {
    expect(await printed('package a\n\nprint(n) := n\n\nx := print(1)\n')).toEqual({ said: [], value: 1 })
  })

  it('is not taken for a function of that name that is imported', async () => {
    const sources = [
      { name: 'a.rego', text: 'package a\n\nimport data.lib.print\n\nx := print(1)\n\ny if print(2)\n' },
      { name: 'lib.rego', text: 'package lib\n\nprint(n) := n\n' },
    ]
    done(await compileRego(sources, { entrypoints: ['a/x', 'a/y'], print: true, compiler })())
  })

  it('keeps the place of an error in an operand', async () => {
    const sources = [{ name: 'a.rego', text: 'package a\n\nx if print(nothing)\n' }]
    expect(rows(await compileRego(sources, { entrypoints: ['a/x'], print: true, compiler })())).toEqual([
      ['rego_compile_error', 'a.rego', 3, 12, 3, 19],
    ])
  })
})
