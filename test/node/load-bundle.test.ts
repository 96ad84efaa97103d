import { isRight } from 'fp-ts/Either'
import { packTar } from 'modern-tar'
import { expect, it } from 'vitest'
import { compileRego } from '../../src/compiler/index'
import { loadBundle } from '../../src/node'
import { loadBundle as loadUniversal } from '../../src/rego/bundle/load-bundle'

it("a bundle that calls a builtin of OPA's own is answered in Node, and refused by name where nothing supplies it", async () => {
  const text = 'package p\n\nok if regex.globs_match("a.*", input)\n'
  const compiled = await compileRego([{ name: 'p.rego', text }], { entrypoints: ['p/ok'] })()
  if (!isRight(compiled)) throw new Error(compiled.left.map(({ message }) => message).join('\n'))
  const body = compiled.right.module
  const archive = await packTar([{ header: { name: 'policy.wasm', size: body.length }, body }])
  const loaded = await loadBundle(archive)()
  const answer = isRight(loaded) && loaded.right.evaluate({ input: 'ab' })
  expect(answer).toEqual({ _tag: 'Right', right: { value: true, diagnostics: [] } })
  expect(await loadUniversal(archive)()).toMatchObject({
    left: { code: 'policy-builtin-unsupported', data: { builtins: ['regex.globs_match'] } },
  })
})
