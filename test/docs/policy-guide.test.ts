import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, inPackage, requireBuilt } from '../package/built'

/** A fenced block: its language, the rest of its first line, and its text. */
interface Block {
  readonly language: string
  readonly options: Readonly<Record<string, string>>
  readonly text: string
}

const blocksOf = (markdown: string): readonly Block[] =>
  [...markdown.matchAll(/^```(\w+) ?(.*)\n([\s\S]*?)^```$/gm)].map(([, language = '', options = '', text = '']) => ({
    language,
    options: Object.fromEntries(
      options
        .split(' ')
        .filter((option) => option !== '')
        .map((option) => [option.split('=')[0] ?? '', option.split('=')[1] ?? '']),
    ),
    text,
  }))

const blocks = blocksOf(readFileSync(inPackage('docs/write-your-own-policies.md'), 'utf8'))
const folder = mkdtempSync(join(tmpdir(), 'guide-'))
const COMMAND = 'npx aks-checklist '

/** The size of a module is left open. */
const steady = (text: string): string => text.replace(/\d+ bytes/g, 'some bytes')

/** Holds where the text is what the guide shows; a line `...` in it stands for any lines. */
const expectShown = (text: string, shown: string, name: string): void => {
  if (!/^\.\.\.$/m.test(shown)) expect(steady(text), name).toBe(steady(shown))
  const parts = steady(shown).split(/^\.\.\.\n/m)
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
  expect(steady(text), name).toMatch(new RegExp(`^${escaped.join('[\\s\\S]*')}$`))
}

const shell = ({ text, options }: Block): string => {
  const lines = text.trimEnd().split('\n')
  return lines
    .map((line) => {
      if (!line.startsWith(COMMAND)) throw new Error(`not a command of this package: ${line}`)
      const ran = cli(line.slice(COMMAND.length).split(' '), { folder })
      expect(ran.code, `${line}\n${ran.out}${ran.err}`).toBe(Number(options['exit'] ?? 0))
      return ran.out + ran.err
    })
    .join('')
}

const COMPILER_OPTIONS = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'esnext']

/** Type-checks a sample as a user's project would, and runs it. */
const program = async (block: Block): Promise<string> => {
  writeFileSync(join(folder, 'sample.ts'), `${block.text}export {}\n`)
  const checked = spawnSync(
    process.execPath,
    [
      inPackage('node_modules/typescript/bin/tsc'),
      ...COMPILER_OPTIONS,
      '--moduleResolution',
      'bundler',
      '--types',
      'node',
      'sample.ts',
    ],
    { cwd: folder, encoding: 'utf8' },
  )
  expect(checked.stdout).toBe('')
  await build({
    entryPoints: [join(folder, 'sample.ts')],
    bundle: true,
    format: 'esm',
    platform: 'node',
    packages: 'external',
    outfile: join(folder, 'sample.mjs'),
    logLevel: 'error',
  })
  const ran = spawnSync(process.execPath, ['sample.mjs'], { cwd: folder, encoding: 'utf8' })
  expect(ran.stderr).toBe('')
  return ran.stdout
}

beforeAll(() => {
  requireBuilt()
  mkdirSync(join(folder, 'node_modules/@types'), { recursive: true })
  symlinkSync(inPackage('.'), join(folder, 'node_modules/aks-checklist'), 'junction')
  symlinkSync(inPackage('node_modules/@types/node'), join(folder, 'node_modules/@types/node'), 'junction')
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

const take = async (block: Block): Promise<string | undefined> => {
  const { write, shows } = block.options
  if (write !== undefined) {
    mkdirSync(dirname(join(folder, write)), { recursive: true })
    writeFileSync(join(folder, write), block.text)
  }
  if (shows !== undefined) expect(block.text).toBe(readFileSync(join(folder, shows), 'utf8'))
  if (block.language === 'sh') return shell(block)
  return block.options['run'] === undefined ? undefined : await program(block)
}

describe('the guide for authors', () => {
  it('does what it shows, from the first block to the last', async () => {
    let printed: string | undefined
    for (const [at, block] of blocks.entries()) {
      if (block.language === 'text') {
        expectShown(printed ?? '', block.text, `block ${at + 1}`)
        printed = undefined
      } else {
        printed = await take(block)
      }
    }
  }, 300_000)

  it('has a block for each step', () => {
    const languages = blocks.map(({ language }) => language)
    expect(languages.filter((language) => language === 'sh').length).toBeGreaterThan(7)
    expect(languages).toEqual(expect.arrayContaining(['rego', 'yaml', 'ts', 'text']))
  })
})
