/**
 * One measurement in a process of its own; prints one line of JSON.
 *
 *   node measure.mjs time <file>       what it takes to parse the text and to check it
 *   node --expose-gc measure.mjs memory <file>   what the process took at most
 */
import { readFileSync } from 'node:fs'
import { formatReport, loadChecklist } from '../../dist/node.js'

const [what, file] = process.argv.slice(2)
const OPTIONS = { complete: true, now: '2026-05-01' }
const RUNS = 3
// A long one is not repeated: what differs from run to run is small beside it.
const ENOUGH = 20_000

const loaded = await loadChecklist()()
if (loaded._tag === 'Left') throw new Error(loaded.left.message)

const source = { name: 'snapshot.json', text: readFileSync(file, 'utf8') }

const check = (options) => {
  const result = loaded.right.check([source], options)
  if (result._tag === 'Left') throw new Error(result.left.message)
  return result.right
}

/** The milliseconds of each run. */
const times = (runs, run) => {
  const taken = []
  while (taken.length < runs && taken.reduce((sum, time) => sum + time, 0) < ENOUGH) {
    const started = performance.now()
    run()
    taken.push(performance.now() - started)
  }
  return taken
}

const time = () => {
  const parse = Math.min(...times(RUNS, () => JSON.parse(source.text)))
  let report
  const checks = times(RUNS, () => {
    report = check(OPTIONS)
  })
  return {
    parse,
    check: Math.min(...checks),
    first: checks[0],
    // Without a control nothing is evaluated: reading, owners and the report remain.
    reading: Math.min(...times(RUNS, () => check({ ...OPTIONS, controls: [] }))),
    format: Math.min(...times(1, () => formatReport(report, 'json'))),
    findings: report.findings.length,
  }
}

const memory = () => {
  // What reading the file left behind is not what checking takes.
  globalThis.gc?.()
  const { findings } = check(OPTIONS)
  return { peak: process.resourceUsage().maxRSS * 1024, findings: findings.length }
}

process.stdout.write(`${JSON.stringify(what === 'memory' ? memory() : time())}\n`)
