import { execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { writeWhole } from '../../src/cli/output'

const folder = mkdtempSync(join(tmpdir(), 'output-'))
const at = (name: string): string => join(folder, name)

beforeEach(() => {
  for (const name of readdirSync(folder)) rmSync(at(name))
})
afterAll(() => rmSync(folder, { recursive: true }))

describe('a file that is written whole', () => {
  it('replaces another and leaves nothing beside it', async () => {
    writeFileSync(at('report'), 'a longer text')
    await writeWhole(at('report'), 'short')
    expect(readFileSync(at('report'), 'utf8')).toBe('short')
    expect(readdirSync(folder)).toEqual(['report'])
  })

  it('is called by its own name where it cannot be written', async () => {
    await expect(writeWhole(at('no/report'), '')).rejects.toThrow(`Cannot write ${at('no/report')}: ENOENT`)
    await expect(writeWhole(folder, '')).rejects.toThrow(/: EISDIR/)
    expect(readdirSync(folder)).toEqual([])
  })

  describe.skipIf(process.platform === 'win32')('where the system knows more than names', () => {
    it('keeps its permissions', async () => {
      writeFileSync(at('run.rego'), '')
      chmodSync(at('run.rego'), 0o754)
      await writeWhole(at('run.rego'), 'new')
      expect(lstatSync(at('run.rego')).mode & 0o777).toBe(0o754)
    })

    it('is the one that a link leads to, and the link stays', async () => {
      writeFileSync(at('real'), 'old')
      symlinkSync('real', at('link'))
      await writeWhole(at('link'), 'new')
      expect(lstatSync(at('link')).isSymbolicLink()).toBe(true)
      expect(readFileSync(at('real'), 'utf8')).toBe('new')
    })

    it('may be a pipe or a device, which is written to and never replaced', async () => {
      execFileSync('mkfifo', [at('pipe')])
      const reader = spawn('cat', [at('pipe')])
      const read = new Promise((resolve) => reader.stdout.on('data', (data: Buffer) => resolve(data.toString())))
      await writeWhole(at('pipe'), 'through')
      expect(await read).toBe('through')
      expect(lstatSync(at('pipe')).isFIFO()).toBe(true)
    })
  })
})
