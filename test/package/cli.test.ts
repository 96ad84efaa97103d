import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { cli, requireBuilt } from './built'
import { BROKEN, HARMLESS, PRIVILEGED } from './manifests'

const DENY = 'package main\n\ndeny contains "no Pod is wanted" if input.kind == "Pod"\n'

const folder = mkdtempSync(join(tmpdir(), 'command-'))
const FILES = {
  'bad.yaml': PRIVILEGED,
  'good.yaml': HARMLESS,
  'broken.yaml': BROKEN,
  'empty.yaml': '',
  'wrong-option.yaml': 'tier: some\n',
  'unknown-field.yaml': 'tiers: all\n',
  'deny.rego': DENY,
}

// A stack or an unprinted promise is a crash, whatever the exit code says.
const CRASH = /\n\s+at |Unhandled|node:internal/
const ESCAPE = '\u001b'

const check = (...args: readonly string[]) => cli(['check', ...args], { folder })

beforeAll(() => {
  requireBuilt()
  for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text)
})

afterAll(() => {
  rmSync(folder, { recursive: true, force: true })
})

interface Scenario {
  readonly args: readonly string[]
  readonly code: 0 | 1 | 2
  readonly input?: string
  readonly out?: RegExp
  readonly err?: RegExp
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'nothing at the threshold is 0': { args: ['check', 'good.yaml'], code: 0, out: /checklist/ },
  'a finding at the threshold is 1': { args: ['check', 'bad.yaml'], code: 1, out: /AKSC-O1-01/ },
  'the threshold can be lifted': { args: ['check', 'bad.yaml', '--fail-on', 'never'], code: 0, out: /AKSC-O1-01/ },
  'what is undecided fails where it is asked to': { args: ['check', 'good.yaml', '--fail-on-unknown'], code: 1 },
  'an unreadable document is 2, and the rest is judged': {
    args: ['check', 'broken.yaml', 'bad.yaml'],
    code: 2,
    out: /AKSC-O1-01/,
    err: /^error: broken\.yaml:\d+:\d+: /m,
  },
  'a file that is not there is 2, and the rest is judged': {
    args: ['check', 'absent.yaml', 'bad.yaml'],
    code: 2,
    out: /AKSC-O1-01/,
    err: /absent\.yaml/,
  },
  'an empty file is 2 with a sentence': {
    args: ['check', 'empty.yaml'],
    code: 2,
    out: /^$/,
    err: /^error: \S.+\S\n$/m,
  },
  'empty standard input is 2': { args: ['check', '-'], code: 2, input: '', out: /^$/, err: /standard input/ },
  'standard input is read': { args: ['check', '-'], code: 1, input: PRIVILEGED, out: /AKSC-O1-01/ },
  'no input is 2': { args: ['check'], code: 2, err: /input/ },
  'an unknown option is 2': { args: ['check', 'good.yaml', '--fast'], code: 2, err: /--fast/ },
  'an unknown command is 2': { args: ['inspect'], code: 2, err: /inspect/ },
  'an unknown format is 2': { args: ['check', 'good.yaml', '--format', 'xml'], code: 2, err: /text, json/ },
  'an unknown severity is 2': { args: ['check', 'good.yaml', '--fail-on', 'fatal'], code: 2, err: /critical/ },
  'an unknown item is 2': { args: ['check', 'good.yaml', '--item', 'D9'], code: 2, err: /^error: --item: D9 / },
  'an unknown control is 2': {
    args: ['check', 'good.yaml', '--control', 'X-1'],
    code: 2,
    err: /^error: --control: X-1 /,
  },
  'a date that is none is 2': { args: ['check', 'good.yaml', '--now', 'today'], code: 2, err: /^error: --now: today / },
  'a wrong configuration is 2': {
    args: ['check', 'good.yaml', '--config', 'wrong-option.yaml'],
    code: 2,
    err: /wrong-option\.yaml:1:1: /,
  },
  'a field of the configuration that is unknown is 2, and those known are named': {
    args: ['check', 'good.yaml', '--config', 'unknown-field.yaml'],
    code: 2,
    err: /^error: unknown-field\.yaml:1:1: config: tiers is not one of parameters, tier/,
  },
  'packs alone are asked where that is wanted': {
    args: ['check', 'bad.yaml', '--pack', 'deny.rego', '--pack-only', '--pack-item', 'D8'],
    code: 1,
    out: /^1 control: 0 pass, 1 fail/m,
    err: /^$/,
  },
  'packs alone without a pack are 2': {
    args: ['check', 'bad.yaml', '--pack-only'],
    code: 2,
    out: /^$/,
    err: /^error: --pack-only needs --pack\n$/,
  },
  'a key where nothing is signed is 2': {
    args: ['list', '--pack', 'deny.rego', '--pack-key', 'good.yaml'],
    code: 2,
    out: /^$/,
    err: /^error: deny\.rego: There is no signature/,
  },
  'a control that is left out is not asked': {
    args: ['check', 'bad.yaml', '--item', 'O1', '--without-control', 'AKSC-O1-01'],
    code: 0,
    out: /^AKS checklist(?![\s\S]*AKSC-O1-01\b)/,
  },
  'an item that is left out and does not exist is 2': {
    args: ['check', 'good.yaml', '--without-item', 'D9'],
    code: 2,
    err: /--without-item: D9 is not one of P1/,
  },
  'a framework that does not exist is 2': {
    args: ['check', 'good.yaml', '--framework', 'abc'],
    code: 2,
    err: /--framework: abc is not one of cis-aks/,
  },
  'options that leave no control are 2, not a clean report': {
    args: ['check', 'good.yaml', '--item', 'D3', '--control', 'AKSC-O1-01'],
    code: 2,
    out: /^$/,
    err: /^error: No control is left to check/,
  },
  'list takes what is about packs': {
    args: ['list', '--pack', 'deny.rego', '--pack-only', '--pack-item', 'D8', '--conftest-package', 'main'],
    code: 0,
    out: /^D8 {2}.*\n {2}main\.deny {2}high {6}main: deny\n$/,
  },
  'explain takes what is about packs, and ids as they are written': {
    args: ['explain', 'main.deny', '--pack', 'deny.rego', '--pack-item', 'D8'],
    code: 0,
    out: /^main\.deny {2}main: deny[\s\S]+item D8[\s\S]+every kind/,
  },
  'a pack that is no module is 2': {
    args: ['check', 'good.yaml', '--pack', 'bad.yaml'],
    code: 2,
    err: /^error: bad\.yaml: /,
  },
  'a report that cannot be written is 2': {
    args: ['check', 'good.yaml', '--output', 'absent/report.txt'],
    code: 2,
    err: /absent/,
  },
  'explain shows a control': { args: ['explain', 'aksc-o1-01'], code: 0, out: /^AKSC-O1-01 {2}\S[\s\S]+How to fix/ },
  'explain refuses an unknown control': { args: ['explain', 'AKSC-O1-99'], code: 2, err: /AKSC-O1-99/ },
  'list names controls under their items': { args: ['list'], code: 0, out: /^P1|^P2[\s\S]+AKSC-O1-01/m },
  'list refuses an unknown framework': { args: ['list', '--framework', 'abc'], code: 2, err: /cis-aks/ },
  'the version is printed': { args: ['--version'], code: 0, out: /^\d+\.\d+\.\d+\n$/ },
  'help is printed': { args: ['--help'], code: 0, out: /check[\s\S]+list[\s\S]+explain[\s\S]+policy/ },
}

describe('exit codes and sentences', () => {
  it.each(Object.entries(SCENARIOS))('%s', (_, { args, code, input, out, err }) => {
    const ran = cli(args, { folder, ...(input === undefined ? {} : { input }) })
    expect(ran.err).not.toMatch(CRASH)
    expect(ran.code, ran.err).toBe(code)
    if (out !== undefined) expect(ran.out).toMatch(out)
    if (err !== undefined) expect(ran.err).toMatch(err)
  })
})

describe('the report', () => {
  it('is the same bytes at every run', () => {
    const [first, second] = [check('.', '--format', 'json'), check('.', '--format', 'json')]
    expect(first.out.length).toBeGreaterThan(1000)
    expect(second.out).toBe(first.out)
  })

  it('is JSON of the asked version', () => {
    const report: unknown = JSON.parse(check('bad.yaml', '--format', 'json').out)
    expect(report).toMatchObject({ schemaVersion: 1, snapshot: { sources: ['bad.yaml'], resources: 1 } })
  })

  it('is written to a file as it would be printed, with nothing left beside it', () => {
    const printed = check('bad.yaml', '--format', 'json')
    const written = check('bad.yaml', '--format', 'json', '--output', 'report.json')
    expect(written).toMatchObject({ code: 1, out: '' })
    expect(readFileSync(join(folder, 'report.json'), 'utf8')).toBe(printed.out)
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([])
  })

  it('has no colour in a pipe, nor where NO_COLOR asks for none', () => {
    expect(check('bad.yaml').out).not.toContain(ESCAPE)
    expect(cli(['check', 'bad.yaml'], { folder, environment: { NO_COLOR: '1' } }).out).not.toContain(ESCAPE)
  })

  it('has one line a problem on standard error, and none on standard output', () => {
    const { out, err } = check('broken.yaml', '--format', 'json')
    expect(() => JSON.parse(out)).not.toThrow()
    for (const line of err.trimEnd().split('\n')) expect(line).toMatch(/^(error|warning|note): /)
  })
})

describe('the list', () => {
  it('is, as JSON, an array of controls with ids', () => {
    const controls: unknown = JSON.parse(cli(['list', '--format', 'json']).out)
    expect(controls).toContainEqual(expect.objectContaining({ id: 'AKSC-O1-01', item: 'O1', severity: 'critical' }))
  })

  it('can be narrowed to an item and a framework', () => {
    const { code, out } = cli(['list', '--item', 'O1', '--framework', 'pss', '--format', 'json'])
    const controls: readonly { readonly item: string }[] = JSON.parse(out)
    expect(code).toBe(0)
    expect(new Set(controls.map(({ item }) => item))).toEqual(new Set(['O1']))
  })
})
