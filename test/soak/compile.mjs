/** Writes the compiled policy to standard output: the compiler takes hundreds of MB, so it has a process of its own. */
import { compileRego } from '../../dist/compiler.js'
import { ENTRYPOINTS, REGO } from './policy.mjs'

const compiled = await compileRego([{ name: 'soak.rego', text: REGO }], { entrypoints: ENTRYPOINTS })()
if (compiled._tag === 'Left') throw new Error(compiled.left.map(({ message }) => message).join('\n'))
process.stdout.write(compiled.right.module)
