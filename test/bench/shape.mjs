/**
 * One shape in this engine, in opa-wasm as published, and by hand in JavaScript, in a process of its own: what the runtime learned of
 * another shape would slow this one. Prints one line of JSON.
 *
 *   node test/bench/shape.mjs <module> <number of the shape>
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { loadPolicy } from '../../dist/node.js'
import { right } from './right.mjs'
import { BY_HAND, SHAPES } from './shapes.mjs'

// Required and not imported: the package has it bundled without its own builtins, and this is the one it publishes.
const opaWasm = createRequire(import.meta.url)('@open-policy-agent/opa-wasm')

const ROUNDS = 9
/** Long enough for a clock that ticks in fractions of a millisecond. */
const LEAST = 60

/**
 * The milliseconds of the processor that one call takes, at best. The three take turns, and what other programs do meanwhile is not
 * counted.
 */
const measure = (contestants) => {
  const repeats = contestants.map((run) => {
    const started = processor()
    run()
    run()
    const each = (processor() - started) / 2
    return Math.max(1, Math.ceil(LEAST / Math.max(each, 0.001)))
  })
  const best = contestants.map(() => Number.POSITIVE_INFINITY)
  for (let round = 0; round < ROUNDS; round += 1) {
    contestants.forEach((run, at) => {
      const started = processor()
      for (let n = 0; n < repeats[at]; n += 1) run()
      best[at] = Math.min(best[at], (processor() - started) / repeats[at])
    })
  }
  return best
}

const processor = () => {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1_000
}

const canonical = (value) => (Array.isArray(value) ? value.map((entry) => JSON.stringify(sorted(entry))).sort() : value)
const sorted = (value) =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.keys(value)
          .sort()
          .map((key) => [key, sorted(value[key])]),
      )
    : Array.isArray(value)
      ? value.map(sorted)
      : value

const compare = async (module, { entrypoint, says, input, fresh }) => {
  const name = `shapes/${entrypoint}`
  const ours = right(await loadPolicy({ wasm: module })())
  const published = await opaWasm.loadPolicy(module)
  published.setData({})
  const compiled = await WebAssembly.compile(module)
  // A fresh instance of the compiled module, which is what a short-lived process and each large input of another has.
  const mine = () => (fresh ? right(ours.withData({})) : ours)
  const theirs = () => (fresh ? opaWasm.loadPolicySync(compiled) : published)
  const contestants = {
    ours: () => right(mine().evaluate({ entrypoint: name, input })).value,
    opaWasm: () => theirs().evaluate(input, name)[0].result,
    byHand: () => BY_HAND[entrypoint](input),
  }
  // A contest between answers that differ would say nothing.
  const answers = Object.values(contestants).map((run) => JSON.stringify(canonical(run())))
  if (new Set(answers).size !== 1) throw new Error(`${entrypoint}: the answers differ`)
  const [ms, opaWasmMs, byHandMs] = measure(Object.values(contestants))
  return {
    entrypoint,
    says,
    fresh: fresh === true,
    ours: ms,
    opaWasm: opaWasmMs,
    byHand: byHandMs,
    faster: opaWasmMs / ms,
  }
}

const [, , module, at] = process.argv
process.stdout.write(`${JSON.stringify(await compare(readFileSync(module), SHAPES[at]))}\n`)
