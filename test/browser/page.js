import { formatReport, loadChecklist, loadPolicy } from 'aks-checklist'
import { compileRego, loadRegoCompiler } from 'aks-checklist/compiler'
import { ENGINE_CASES } from './engine-cases'
import { WORKER_CASES } from './worker-cases'

const right = (either) => {
  if (either._tag === 'Left') throw new Error(JSON.stringify(either.left))
  return either.right
}

/** What the runner calls; the same calls are made in Node. */
globalThis.checkInPage = async (sources, options) => {
  const checklist = right(await loadChecklist({ module: fetch('/checklist.wasm') })())
  return formatReport(right(checklist.check(sources, options)), 'json')
}

globalThis.compileInPage = async (sources, entrypoints, input) => {
  const compiler = right(await loadRegoCompiler({ module: fetch('/rego.wasm.gz') })())
  const { module } = right(await compileRego(sources, { entrypoints, compiler })())
  const policy = right(await loadPolicy({ wasm: module })())
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', module))
  return {
    digest: [...digest].map((byte) => byte.toString(16).padStart(2, '0')).join(''),
    value: right(policy.evaluate({ entrypoint: entrypoints[0], input })).value,
  }
}

const cases = new Map([...ENGINE_CASES, ...WORKER_CASES].map((one) => [one.name, one]))
globalThis.caseNames = [...cases.keys()]

// What is undefined would come out of JSON as null, or not at all.
const shown = (value) => JSON.stringify(value, (_, part) => (part === undefined ? '<undefined>' : part))

globalThis.runCase = async (name) => {
  const { run, expected } = cases.get(name)
  return { found: shown(await run()), expected: shown(expected) }
}

/** Whether the content policy of this page lets text be run as code. */
const mayEvaluateText = () => {
  try {
    return Function('return true')()
  } catch {
    return false
  }
}

// Asked now, by the page itself: what a debugger runs in the page is not held to its policy.
globalThis.mayEvaluateText = mayEvaluateText()
globalThis.ready = true
