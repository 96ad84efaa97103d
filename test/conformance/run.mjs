/**
 * OPA's own conformance cases, compiled by the shipped compiler and evaluated by this engine. Lists what fails by folder; the last line is
 * `passed N of M`, and the exit code is 1 where a case failed.
 *
 *   node test/conformance/run.mjs [--cases DIR] [--only FOLDER] [--write docs/conformance.md]
 *   node test/conformance/run.mjs --browser [N]      N cases, 200 by default and evenly taken, evaluated in Chromium
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { judgeInChromium } from './chromium.mjs'
import { listing, timing } from './listing.mjs'
import { judgeInWorkers } from './pool.mjs'
import { opaVersion, openSuite } from './suite.mjs'
import { results, withResults } from './table.mjs'
import { tally, those } from './tally.mjs'

const DEFAULT_SAMPLE = 200

const readOptions = () => {
  const { values, positionals } = parseArgs({
    options: {
      cases: { type: 'string' },
      only: { type: 'string' },
      write: { type: 'string' },
      browser: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const [size, ...others] = positionals
  if (others.length > 0 || (size !== undefined && !(values.browser && /^[1-9]\d*$/.test(size)))) {
    throw new Error('only --browser takes a number of cases')
  }
  if (values.write !== undefined && (values.browser || values.only !== undefined)) {
    throw new Error('--write needs all cases')
  }
  return { ...values, size: Number(size ?? DEFAULT_SAMPLE) }
}

const main = async (folder) => {
  const { cases, only, write, browser, size } = readOptions()
  const suite = openSuite(cases)
  const files = suite.files.filter((file) => only === undefined || file.folder === only)
  if (files.length === 0) throw new Error(`no folder of cases is named ${only}`)
  const started = performance.now()
  const judged = browser ? await judgeInChromium(files, size, folder) : await judgeInWorkers(files, folder)
  process.stderr.write(timing(judged, performance.now() - started))
  const tallied = tally(judged, suite.excluded)
  if (write !== undefined)
    writeFileSync(write, withResults(readFileSync(write, 'utf8'), results(tallied, opaVersion())))
  process.stdout.write(listing(tallied))
  return those(tallied.counted, 'failed').length === 0 ? 0 : 1
}

const folder = mkdtempSync(join(tmpdir(), 'conformance-'))
try {
  process.exitCode = await main(folder)
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}
