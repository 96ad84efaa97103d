import { existsSync, readFileSync } from 'node:fs'
import { basename, extname, join } from 'node:path'
import { launchBrowser } from '../browser/browser.mjs'
import { bundle, COMPILER } from './bundle.mjs'

const ORIGIN = 'http://localhost'
const TYPES = { '.html': 'text/html', '.mjs': 'text/javascript', '.gz': 'application/gzip' }
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'"

/** Answers what the page asks for from a folder; nothing of it reaches a network. */
const answerFrom = (folder, script) => (route) => {
  const path = new URL(route.request().url()).pathname
  const headers = { 'content-security-policy': POLICY, 'content-type': TYPES[extname(path)] ?? 'text/html' }
  if (path === '/') {
    const body = `<!doctype html><title>cases</title><script type="module" src="/${basename(script)}"></script>`
    return route.fulfill({ headers, body })
  }
  const file = path === '/rego.wasm.gz' ? COMPILER : join(folder, basename(path))
  return existsSync(file) ? route.fulfill({ headers, body: readFileSync(file) }) : route.fulfill({ status: 404 })
}

const openPage = async (browser, folder) => {
  const script = await bundle('page.ts', folder, 'browser')
  const page = await browser.newPage()
  const heard = []
  page.on('pageerror', (error) => heard.push(error.message))
  // The browser asks for an icon by itself.
  page.on(
    'console',
    (said) => said.type() === 'error' && !said.location().url.includes('favicon') && heard.push(said.text()),
  )
  await page.route('**/*', answerFrom(folder, script))
  await page.goto(`${ORIGIN}/`)
  await page
    .waitForFunction(() => globalThis.judgeCase !== undefined)
    .catch((error) => {
      throw new Error([error.message, ...heard].join('; '))
    })
  return { page, heard }
}

/** Compiles a sample here and judges it in a page whose content policy allows no eval. */
export const judgeInChromium = async (files, size, folder) => {
  const { compilerFrom, sample } = await import(await bundle('sample.ts', join(folder, 'sample'), 'node'))
  const sampled = sample(await compilerFrom(COMPILER), files, size)
  const browser = await launchBrowser()
  try {
    const { page, heard } = await openPage(browser, join(folder, 'page'))
    const judged = []
    for (const { file, given, wasm } of sampled) {
      const verdict = await page.evaluate(([case_, module]) => globalThis.judgeCase(case_, module), [given, wasm])
      judged.push({ ...file, verdicts: [verdict] })
    }
    if (heard.length > 0) throw new Error(`the page reported: ${heard.join('; ')}`)
    return judged
  } finally {
    await browser.close()
  }
}
