/**
 * One shape in this engine over the module of this compiler, in opa-wasm as published over the module of OPA's own build and over the same, and
 * by hand in JavaScript, in a process of its own: what the runtime learned of another shape would slow this one. And what a host waits for that gives texts:
 * the input as text, and the module alone. Prints one line of JSON.
 *
 *   node --expose-gc test/bench/shape.mjs <module of this compiler> <number of the shape>
 */
import { readFileSync } from 'node:fs'
import { loadPolicy } from '../../dist/node.js'
import { median } from './median.mjs'
import { opaWasm } from './opa-wasm.mjs'
import { right } from './right.mjs'
import { BY_HAND, SHAPES } from './shapes.mjs'

const ROUNDS = 15
/** Milliseconds: long enough for a clock that ticks in fractions of one, and for the runtime to know what is often called. */
const [LEAST, WARM] = [100, 600]

/** Calls until the runtime has compiled what it will. Gives how many calls take long enough to be measured. */
const warmUp = (run) => {
  for (let calls = 1; ; calls *= 2) {
    const started = processor()
    for (let n = 0; n < calls; n += 1) run()
    const taken = processor() - started
    if (taken >= WARM) return Math.ceil((LEAST / taken) * calls)
  }
}

/**
 * The milliseconds of the processor that one call of each takes, round by round. They take turns, each after `settle`, so that what else
 * the machine does in a round falls on all, and with another one first in each, since what one leaves behind falls on the next.
 */
const measure = (contestants, settle) => {
  const ready = Object.entries(contestants).map(([name, run]) => ({ name, run, repeats: warmUp(run) }))
  return Array.from({ length: ROUNDS }, (_, round) =>
    Object.fromEntries(
      [...ready.slice(round % ready.length), ...ready.slice(0, round % ready.length)].map(({ name, run, repeats }) => {
        settle()
        const started = processor()
        for (let n = 0; n < repeats; n += 1) run()
        return [name, (processor() - started) / repeats]
      }),
    ),
  )
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

const encoder = new TextEncoder()
const PAGE = 65_536
/** What evaluating an input takes for certain, in multiples of its text. */
const ROOM = 40

/**
 * The input made a text, and the module with it; a result that nobody reads. Undefined where it calls builtins of its host, which
 * would have to be there.
 */
const moduleAlone = (compiled, entrypoint, { input, fresh }) => {
  const room = JSON.stringify(input).length * ROOM
  let calledHost = false
  const called = () => {
    calledHost = true
    return 0
  }
  const abort = () => {
    throw new Error('the module aborted')
  }
  const instance = () => {
    const memory = new WebAssembly.Memory({ initial: 5 + Math.ceil(room / PAGE) })
    const env = { memory, opa_abort: abort, opa_println: abort }
    for (let n = 0; n <= 4; n += 1) env[`opa_builtin${n}`] = called
    const { exports } = new WebAssembly.Instance(compiled, { env })
    const data = exports.opa_malloc(2)
    new Uint8Array(memory.buffer).set([123, 125], data)
    return { memory, exports, data: exports.opa_value_parse(data, 2), heap: exports.opa_heap_ptr_get() }
  }
  const evaluate = ({ memory, exports, data, heap }) => {
    const { written } = encoder.encodeInto(JSON.stringify(input), new Uint8Array(memory.buffer, heap))
    exports.opa_heap_ptr_set(heap + written)
    const context = exports.opa_eval_ctx_new()
    exports.opa_eval_ctx_set_input(context, exports.opa_value_parse(heap, written))
    exports.opa_eval_ctx_set_data(context, data)
    exports.opa_eval_ctx_set_entrypoint(context, entrypoint)
    exports.eval(context)
    return exports.opa_eval_ctx_get_result(context)
  }
  const kept = instance()
  evaluate(kept)
  return calledHost ? undefined : () => evaluate(fresh ? instance() : kept)
}

/** Made by `wasm/rego.mjs`. */
const OF_OPA = readFileSync(new URL('shapes.opa.wasm', import.meta.url))

/** opa-wasm with a module, as a contestant. */
const opaWasmOver = async (module, name, { input, fresh }) => {
  const kept = await opaWasm.loadPolicy(module)
  kept.setData({})
  const compiled = await WebAssembly.compile(module)
  return () => (fresh ? opaWasm.loadPolicySync(compiled) : kept).evaluate(input, name)[0].result
}

const compare = async (module, asked) => {
  const shape = { ...asked, input: asked.input() }
  const { entrypoint, says, target, input, fresh } = shape
  const name = `shapes/${entrypoint}`
  const ours = right(await loadPolicy({ wasm: module })())
  const compiled = await WebAssembly.compile(module)
  // A fresh instance of the compiled module, which is what a short-lived process and each large input of another has.
  const mine = () => (fresh ? right(ours.withData({})) : ours)
  const contestants = {
    ours: () => right(mine().evaluate({ entrypoint: name, input })).value,
    opaWasm: await opaWasmOver(OF_OPA, name, shape),
    sameModule: await opaWasmOver(module, name, shape),
    byHand: () => BY_HAND[entrypoint](input),
  }
  // A contest between answers that differ would say nothing.
  const answers = Object.values(contestants).map((run) => JSON.stringify(canonical(run())))
  if (new Set(answers).size !== 1) throw new Error(`${entrypoint}: the answers differ`)
  const { entrypoints } = await opaWasm.loadPolicy(module)
  const alone = moduleAlone(compiled, entrypoints[name], shape)
  // Nobody pays for instances that another one left behind: their memories are dear to give back.
  const rounds = measure(
    alone === undefined ? contestants : { ...contestants, alone },
    fresh ? globalThis.gc : () => {},
  )
  const best = (name) => Math.min(...rounds.map((round) => round[name]))
  /** How many times as long as another one it took: the median of the rounds. */
  const ratio = (one, other) => median(rounds.map((round) => round[one] / round[other]))
  return {
    entrypoint,
    says,
    target,
    fresh: fresh === true,
    ours: best('ours'),
    opaWasm: best('opaWasm'),
    byHand: best('byHand'),
    faster: ratio('opaWasm', 'ours'),
    fasterOverSame: ratio('sameModule', 'ours'),
    ...(alone === undefined ? {} : { atMost: ratio('opaWasm', 'alone') }),
  }
}

const [, , module, at] = process.argv
process.stdout.write(`${JSON.stringify(await compare(readFileSync(module), SHAPES[at]))}\n`)
