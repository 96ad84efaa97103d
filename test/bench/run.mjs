/**
 * What it costs, as ratios within one run: against `JSON.parse` of the same text, and against an empty Node.
 *
 *   node test/bench/run.mjs [--quick] [--json] [--write docs/benchmarks.md]
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { engineTableOf } from './engine-table.mjs'
import { median } from './median.mjs'
import { writeInto } from './page.mjs'
import { realistic, worst } from './snapshots.mjs'
import { TARGETS, tableOf } from './table.mjs'

const readOptions = () => {
  try {
    return parseArgs({
      options: { quick: { type: 'boolean' }, json: { type: 'boolean' }, write: { type: 'string' } },
    }).values
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    return process.exit(1)
  }
}
const options = readOptions()

const here = fileURLToPath(new URL('.', import.meta.url))
const cli = join(here, '..', '..', 'dist', 'cli.js')
if (!existsSync(cli)) {
  process.stderr.write('dist/ is missing; npm run build makes it\n')
  process.exit(1)
}

/** kubectl indents by four, but 100,000 resources so indented are longer than a string may be: the rows that are compared are not. */
const SHAPES = {
  realistic: { sizes: [1_000, 10_000, 100_000], make: realistic, indent: 0 },
  indented: { sizes: [10_000], make: realistic, indent: 4 },
  worst: { sizes: [1_000, 10_000], make: worst, indent: 0 },
}
const QUICK_LIMIT = 1_000

const node = (...args) => execFileSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1e8 })

// -- snapshots ----------------------------------------------------------------------------------------------------

const measureOne = (folder, shape, resources) => {
  const { make, indent } = SHAPES[shape]
  const file = join(folder, `${shape}-${resources}.json`)
  try {
    writeFileSync(file, JSON.stringify(make(resources), null, indent))
    const measure = join(here, 'measure.mjs')
    const { peak } = JSON.parse(node('--expose-gc', measure, 'memory', file))
    return { shape, resources, bytes: statSync(file).size, peak, ...JSON.parse(node(measure, 'time', file)) }
  } finally {
    rmSync(file, { force: true })
  }
}

const measureShape = (folder, shape, baseline) => {
  const sizes = options.quick ? SHAPES[shape].sizes.filter((size) => size <= QUICK_LIMIT) : SHAPES[shape].sizes
  let before
  return sizes.map((resources) => {
    const measured = measureOne(folder, shape, resources)
    const each = measured.check / resources
    const row = {
      ...measured,
      memory: measured.peak - baseline,
      ratio: measured.check / measured.parse,
      ...(before === undefined ? {} : { growth: each / before }),
    }
    before = each
    return row
  })
}

// -- cold start ---------------------------------------------------------------------------------------------------

const MANIFEST = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec: {containers: [{name: web, image: contoso.azurecr.io/web:1.0}]}
`
const STARTS = 9

const milliseconds = (args) => {
  const started = performance.now()
  execFileSync(process.execPath, args, { stdio: 'ignore' })
  return performance.now() - started
}

/** Both are started in turn, so that what else the machine does falls on both. */
const coldStart = (folder) => {
  const file = join(folder, 'pod.yaml')
  writeFileSync(file, MANIFEST)
  const pairs = Array.from({ length: STARTS }, () => ({
    empty: milliseconds(['-e', '0']),
    check: milliseconds([cli, 'check', file, '--fail-on', 'never']),
  }))
  return {
    empty: median(pairs.map(({ empty }) => empty)),
    check: median(pairs.map(({ check }) => check)),
    ratio: median(pairs.map(({ empty, check }) => check / empty)),
  }
}

// -- the command --------------------------------------------------------------------------------------------------

const measureAll = () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    const baseline = Number(node('-e', 'process.stdout.write(String(process.resourceUsage().maxRSS * 1024))'))
    const cold = coldStart(folder)
    const rows = Object.keys(SHAPES).flatMap((shape) => measureShape(folder, shape, baseline))
    return { node: process.version, baseline, cold, rows, targets: TARGETS }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

try {
  const engine = JSON.parse(node(join(here, 'engine.mjs')))
  const measured = { ...measureAll(), engine }
  const tables = { figures: tableOf(measured), engine: engineTableOf(engine) }
  if (options.write !== undefined)
    for (const [name, table] of Object.entries(tables)) writeInto(options.write, name, table)
  process.stdout.write(
    options.json ? `${JSON.stringify(measured, null, 2)}\n` : `${Object.values(tables).join('\n\n')}\n`,
  )
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}
