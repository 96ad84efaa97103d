import { existsSync } from 'node:fs'
import { chromium } from 'playwright-core'

/** Names under which a system may have a browser. */
const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/opt/google/chrome/chrome',
]

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-sync',
  '--no-first-run',
]

/** The browser that comes by npm is for Linux on x64; elsewhere an installed one serves. */
const packaged = async () => {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined
  const { default: bundled } = await import('@sparticuz/chromium')
  return { executablePath: await bundled.executablePath(), args: [...bundled.args, ...FLAGS] }
}

/** The browser that was named, else the packaged one, else an installed one. */
const choose = async () => {
  const { CHROME_PATH } = process.env
  if (CHROME_PATH) return { executablePath: CHROME_PATH, args: FLAGS }
  const found = INSTALLED.find((path) => existsSync(path))
  return (await packaged()) ?? (found === undefined ? { channel: 'chrome' } : { executablePath: found, args: FLAGS })
}

/** Starts a browser, or says what is missing. */
export const launchBrowser = async () => {
  try {
    return await chromium.launch({ headless: true, ...(await choose()) })
  } catch (error) {
    throw new Error(`No browser could be started; install Chrome or set CHROME_PATH. ${error.message.split('\n')[0]}`)
  }
}
