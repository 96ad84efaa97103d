/**
 * The built package in a real browser, under a content policy that allows no eval: what it answers there equals what it answers in Node,
 * byte for byte. Prints a line a test and, last, `N passed, N failed`.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { launchBrowser } from './browser.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const at = (...path) => join(root, ...path)

if (!existsSync(at('dist', 'index.js'))) {
  process.stderr.write('dist is not built; run npm run build first\n')
  process.exit(1)
}

const node = await import(at('dist', 'node.js'))
const compiler = await import(at('dist', 'compiler.js'))

const right = (either) => {
  if (either._tag === 'Left') throw new Error(JSON.stringify(either.left))
  return either.right
}

// -- the page -----------------------------------------------------------------------------------------------------

const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm', '.gz': 'application/gzip' }
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

const bundle = async (outdir) => {
  await build({
    entryPoints: ['page.js', 'policy-worker.ts', 'broken-worker.ts'].map((file) => at('test', 'browser', file)),
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    outdir,
    alias: {
      'aks-checklist/compiler': at('dist', 'compiler.js'),
      'aks-checklist/worker': at('dist', 'worker.js'),
      'aks-checklist': at('dist', 'index.js'),
    },
    logLevel: 'error',
  })
}

const serve = (folder) =>
  new Promise((resolve) => {
    const files = {
      '/checklist.wasm': at('wasm', 'checklist.wasm'),
      '/rego.wasm.gz': at('wasm', 'rego.wasm.gz'),
      // Where the bundled code looks for the compiler by itself.
      '/wasm/rego.wasm.gz': at('wasm', 'rego.wasm.gz'),
    }
    const server = createServer((request, response) => {
      const path = new URL(request.url, 'http://localhost').pathname
      const headers = { 'content-security-policy': POLICY, 'content-type': TYPES[extname(path)] ?? 'text/html' }
      if (path === '/')
        return response
          .writeHead(200, headers)
          .end('<!doctype html><title>test</title><script type="module" src="/page.js"></script>')
      const file = files[path] ?? join(folder, path)
      if (!existsSync(file)) return response.writeHead(404, headers).end()
      return response.writeHead(200, headers).end(readFileSync(file))
    })
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

// -- the tests ----------------------------------------------------------------------------------------------------

const exampleFolder = at('docs', 'examples', 'online-store')
const example = readdirSync(exampleFolder)
  .filter((file) => /\.(ya?ml|json)$/.test(file) && statSync(join(exampleFolder, file)).isFile())
  .sort()
  .map((name) => ({ name, text: readFileSync(join(exampleFolder, name), 'utf8') }))

const bad = [
  {
    name: 'broken.yaml',
    text: 'a: [1\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: odd}\nspec: {containers: {}}\n',
  },
  { name: 'deep.json', text: `{"a": ${'['.repeat(50_000)}${']'.repeat(50_000)}}` },
  {
    name: 'wide.yaml',
    text: new Uint8Array(Buffer.from('\ufeffapiVersion: v1\r\nkind: ConfigMap\r\nmetadata: {name: é}\r\n', 'utf16le')),
  },
  { name: 'twice.json', text: '{"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "a", "name": "b"}}' },
]

const rego = [
  {
    name: 'shop.rego',
    text: 'package shop\n\nlate if time.parse_rfc3339_ns(input.when) > 0\n\ntext := sprintf("%q %d", [input.when, 7])\n',
  },
]

/** The reports of Node and of the page. */
const sameReport = (sources, options) => async (page) => {
  const expected = node.formatReport(right(right(await node.loadChecklist()()).check(sources, options)), 'json')
  const found = await page.evaluate(([given, how]) => globalThis.checkInPage(given, how), [sources, options])
  if (found !== expected)
    throw new Error(`the page's report differs: ${found.length} against ${expected.length} characters`)
  if (!expected.includes('"controlId"') && sources === example) throw new Error('the example has no findings')
}

const tests = {
  'the content policy holds: text is not run as code': async (page) => {
    if (await page.evaluate(() => globalThis.mayEvaluateText)) throw new Error('the page may evaluate text')
  },
  'the example gets the same report, byte for byte': sameReport(example, {}),
  'the example with all controls and a date does too': sameReport(example, {
    tier: 'all',
    now: '2026-05-01',
    complete: true,
  }),
  'bad input gets the same problems': sameReport(bad, {}),
  'Rego compiles to the same module, and that answers the same': async (page) => {
    const { module } = right(await compiler.compileRego(rego, { entrypoints: ['shop/text'] })())
    const input = { when: '2026-05-01T00:00:00Z' }
    const policy = right(await node.loadPolicy({ wasm: module })())
    const expected = {
      digest: createHash('sha256').update(module).digest('hex'),
      value: right(policy.evaluate({ entrypoint: 'shop/text', input })).value,
    }
    const found = await page.evaluate(
      ([given, entrypoints, value]) => globalThis.compileInPage(given, entrypoints, value),
      [rego, ['shop/text'], input],
    )
    if (JSON.stringify(found) !== JSON.stringify(expected))
      throw new Error(`${JSON.stringify(found)} is not ${JSON.stringify(expected)}`)
  },
}

/** The cases that the page carries itself, the engine's and those of web workers. */
const casesOf = async (page) => {
  const names = await page.evaluate(() => globalThis.caseNames)
  return names.map((name) => [
    name,
    async () => {
      const { found, expected } = await page.evaluate((asked) => globalThis.runCase(asked), name)
      if (found !== expected) throw new Error(`${found} is not ${expected}`)
    },
  ])
}

/** Runs each test in the page; what the page complains of meanwhile fails the test. */
const runTests = async (page, all, heard) => {
  let failed = 0
  for (const [name, run] of all) {
    try {
      await run(page)
      // The browser asks for an icon by itself.
      const errors = heard.splice(0).filter((text) => !text.includes('favicon'))
      if (errors.length > 0) throw new Error(`the page reported: ${errors.join('; ')}`)
      process.stdout.write(`ok: ${name}\n`)
    } catch (error) {
      failed += 1
      process.stdout.write(`not ok: ${name}\n  ${error.message}\n`)
    }
  }
  return failed
}

const openPage = async (browser, port) => {
  const page = await browser.newPage()
  const heard = []
  page.on('pageerror', (error) => heard.push(error.message))
  page.on('console', (message) => message.type() === 'error' && heard.push(message.text()))
  await page.goto(`http://127.0.0.1:${port}/`)
  await page
    .waitForFunction(() => globalThis.ready === true)
    .catch((error) => {
      throw new Error([error.message, ...heard].join('; '))
    })
  return { page, heard }
}

let count = Object.keys(tests).length
const folder = mkdtempSync(join(tmpdir(), 'page-'))
const closing = [() => rmSync(folder, { recursive: true, force: true })]
let failed = count
try {
  await bundle(folder)
  const server = await serve(folder)
  closing.push(() => server.close())
  const browser = await launchBrowser()
  closing.push(() => browser.close())
  const { page, heard } = await openPage(browser, server.address().port)
  const all = [...Object.entries(tests), ...(await casesOf(page))]
  count = all.length
  failed = count
  failed = await runTests(page, all, heard)
} catch (error) {
  process.stdout.write(`not ok: ${error.message}\n`)
} finally {
  for (const close of closing.reverse()) await close()
}
process.stdout.write(`${count - failed} passed, ${failed} failed\n`)
process.exit(failed === 0 ? 0 : 1)
