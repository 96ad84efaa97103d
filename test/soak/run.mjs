/**
 * Evaluates for a long time, checks every answer, and watches the memory of the process.
 *
 *   node --expose-gc test/soak/run.mjs [--quick]
 */
import { execFileSync } from 'node:child_process'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { loadPolicy, loadPolicyInWorkers } from '../../dist/node.js'
import { memory } from './memory.mjs'
import { asked, large, MOST } from './mix.mjs'
import { judge } from './verdict.mjs'

const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } })
const EVALUATIONS = values.quick ? 10_000 : 100_000
const DATA = values.quick ? 200 : 1_000
const IN_THREADS = values.quick ? 1_000 : 5_000
const STEPS = 18
/** How many of how many MB. */
const LARGE = [
  [20, 5],
  [3, 20],
]

const right = (either) => {
  if (either._tag === 'Left') throw new Error(JSON.stringify(either.left))
  return either.right
}

const expect = (found, expected, turn) => {
  if (found !== expected) throw new Error(`turn ${turn}: ${found} is not ${expected}`)
}

// -- one evaluation -----------------------------------------------------------------------------------------------

/** Evaluates in one of the ways there are, and checks the answer. */
const evaluate = (policy, one, turn) => {
  const input = one.input(turn)
  const answer =
    turn % 3 === 0
      ? policy.evaluateText('soak/answer', JSON.stringify(input))
      : policy.evaluate({ entrypoint: 'soak/answer', input })
  expect(JSON.stringify(right(answer).value), one.expected(turn), turn)
}

/** One that fails as it should: a conflict, after which no instance is used again, or a builtin that refuses. */
const fail = (policy, turn) => {
  if (turn % 2 === 0) {
    const conflict = policy.evaluate({ entrypoint: 'soak/size', input: { turn } })
    return expect(conflict.left?.code, 'policy-conflict', turn)
  }
  const { value, diagnostics } = right(policy.evaluate({ entrypoint: 'soak/late', input: { name: `at ${turn}` } }))
  expect(value, undefined, turn)
  return expect(diagnostics.map(({ code }) => code).join(), 'policy-builtin-failed', turn)
}

const FAILS_EVERY = 101

const run = (policy, from, to) => {
  for (let turn = from; turn < to; turn += 1) {
    if (turn % FAILS_EVERY === 0) fail(policy, turn)
    else evaluate(policy, asked(turn), turn)
  }
}

// -- the table ----------------------------------------------------------------------------------------------------

const started = performance.now()
const rows = []

const record = async (phase, evaluations) => {
  const now = await memory()
  rows.push({ phase, evaluations, ...now })
  const cells = [now.rss, now.heap, now.external, now.buffers].map((mb) => mb.toFixed(1).padStart(9))
  const seconds = ((performance.now() - started) / 1000).toFixed(0).padStart(5)
  process.stdout.write(`${phase.padEnd(12)}${String(evaluations).padStart(9)}${cells.join('')}${seconds}\n`)
}

process.stdout.write(
  `${'phase'.padEnd(12)}${'done'.padStart(9)}${['rss', 'heap', 'external', 'buffers'].map((name) => name.padStart(9)).join('')}${'s'.padStart(5)}   (MB)\n`,
)

// -- the phases ---------------------------------------------------------------------------------------------------

const wasm = new Uint8Array(
  execFileSync(process.execPath, [fileURLToPath(new URL('compile.mjs', import.meta.url))], { maxBuffer: 16_000_000 }),
)
const policy = right(await loadPolicy({ wasm, data: { most: MOST } })())
let turn = 0

const WARM_UP = EVALUATIONS / 20
for (let step = 0; step < 4; step += 1) {
  run(policy, turn, turn + WARM_UP / 4)
  turn += WARM_UP / 4
  await record('small', turn)
}

/** In a function of its own, so that nothing holds the input when the memory is looked at. */
const runLarge = (count, megabytes) => {
  const one = large(megabytes)
  for (let n = 0; n < count; n += 1) {
    evaluate(policy, one, turn)
    turn += 1
  }
}

for (const [count, megabytes] of LARGE) {
  runLarge(count, megabytes)
  await record('large', turn)
}
// The next small one lets go what the large ones needed.
evaluate(policy, asked(1), 1)
await record('small again', turn)

const each = Math.floor((EVALUATIONS - turn) / STEPS)
for (let step = 0; step < STEPS; step += 1) {
  run(policy, turn, turn + each)
  turn += each
  await record('mixed', turn)
}

for (let step = 0; step < 5; step += 1) {
  for (let n = 0; n < DATA / 5; n += 1) {
    const other = right(policy.withData({ most: n % 2 === 0 ? MOST : -1, unused: [step, n] }))
    const one = asked(n)
    const { value } = right(other.evaluate({ entrypoint: 'soak/answer', input: one.input(n) }))
    expect(value.over, n % 2 === 0 ? JSON.parse(one.expected(n)).over : true, n)
  }
  await record('data', ((step + 1) * DATA) / 5)
}

const threads = right(await loadPolicyInWorkers({ wasm, data: { most: MOST }, size: 2 })())
for (let step = 0; step < 5; step += 1) {
  const from = (step * IN_THREADS) / 5
  await Promise.all(
    Array.from({ length: IN_THREADS / 5 }, async (_, n) => {
      const one = asked(from + n)
      const answer = right(await threads.evaluate({ entrypoint: 'soak/answer', input: one.input(n) })())
      expect(JSON.stringify(answer.value), one.expected(n), n)
    }),
  )
  await record('threads', from + IN_THREADS / 5)
}
threads.close()
// Threads take a moment to end.
await sleep(1_000)
await record('closed', IN_THREADS)

const complaints = judge(rows)
for (const complaint of complaints) process.stdout.write(`not flat: ${complaint}\n`)
process.stdout.write(complaints.length === 0 ? 'flat\n' : '')
process.exit(complaints.length === 0 ? 0 : 1)
