import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Command, CommanderError } from 'commander'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openChecklist } from '../../src/cli/packs'
import { addPolicyCommands } from '../../src/cli/policy/program'
import { right } from '../checklist'
import { PRIVILEGED } from '../package/manifests'

const folder = mkdtempSync(join(tmpdir(), 'policies-'))
const before = process.cwd()

interface Ran {
  readonly code: number
  readonly out: string
  readonly err: string
}

/** Runs the command in this process, where the compiler is loaded once. */
const policy = async (...args: readonly string[]): Promise<Ran> => {
  const written = { out: '', err: '' }
  const keep =
    (stream: 'out' | 'err') =>
    (text: string | Uint8Array, ...rest: readonly unknown[]): boolean => {
      written[stream] += String(text)
      for (const after of rest) if (typeof after === 'function') after()
      return true
    }
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(keep('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(keep('err')),
  ]
  let code = -1
  try {
    const program = new Command().exitOverride()
    addPolicyCommands(program, (given) => {
      code = given
    })
    await program.parseAsync(['policy', ...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    code = error.exitCode === 0 ? 0 : 2
  } finally {
    for (const spy of spies) spy.mockRestore()
  }
  return { code, ...written }
}

/** What a pack finds in a manifest, loaded as `check --pack` does. */
const answersOf = async (pack: string): Promise<readonly unknown[]> => {
  const checklist = right(await openChecklist([pack]))
  const checked = checklist.check([{ name: 'pod.yaml', text: PRIVILEGED }], { controls: ['ACME-01'] })
  return right(checked).findings.map(({ controlId, args }) => [controlId, args])
}

const write = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

const read = (name: string): string => readFileSync(join(folder, name), 'utf8')

const CONTROL = 'acme/controls/o1/owner_label'

beforeAll(async () => {
  process.chdir(folder)
  write({
    'plain/sum.rego': 'package sum\n\ntotal := data.base.one + data.two\n',
    'plain/sum_test.rego':
      'package sum_test\n\nimport data.sum\n\ntest_total if sum.total == 3\n\ntest_other if {\n\tprint("total", sum.total)\n\tsum.total == 4\n}\n',
    'plain/base/data.yaml': 'one: 1\n',
    'plain/data.json': '{"two": 2}',
    'half/half.rego': 'package half\n\nof(n) := n / 2 if n > 0\n\nof(n) := 0 if {\n\tn <= 0\n}\n',
    'half/half_test.rego': 'package half_test\n\nimport data.half\n\ntest_of if half.of(4) == 2\n',
    'later/a_test.rego': 'package later\n\ntodo_test_b if false\n',
    'untested/a.rego': 'package a\n\nb := 1\n',
    'untidy/a.rego': 'package a\nb   :=   1\n',
    'loose/a.rego': 'package a\n\nimport data.b\n\nc := 1\n',
    'broken/a.rego': 'package a\n\nb := \n',
    'old/a.rego': 'package a\n\nallow {\n\tinput.x == 1\n}\n',
    'old/a_test.rego': 'package a\n\ntest_allow {\n\tallow with input as {"x": 1}\n}\n',
    'calling/a.rego': 'package a\n\nb := http.send({"method": "get", "url": "https://contoso.example"})\n',
    'clash/a.rego': 'package a\n\nb := 1\n\ntest_b if b == 1\n',
    'clash/data.json': '{"x": 1}',
    'clash/data.yaml': 'x: 2\n',
    'empty/readme.txt': '',
  })
  expect(await policy('new', 'pack', 'acme')).toMatchObject({ code: 0, err: '' })
})

afterAll(() => {
  process.chdir(before)
  rmSync(folder, { recursive: true, force: true })
})

describe('policy new', () => {
  it('starts a pack that is formatted, checked, tested, covered and usable at once', async () => {
    expect(await policy('fmt', 'acme')).toEqual({ code: 0, out: '', err: '' })
    expect(await policy('check', 'acme')).toMatchObject({ code: 0, err: '' })
    expect(await policy('test', 'acme', '--threshold', '100')).toMatchObject({ code: 0, err: '' })
    expect(await answersOf('acme')).toEqual([['ACME-01', { label: 'owner' }]])
  })

  it('adds a control for any of its kinds, complete as well', async () => {
    const kinds = ['CronJob', 'Namespace', 'Ingress', 'PodTemplate'].flatMap((kind) => ['--kind', kind])
    const made = await policy(
      'new',
      'control',
      'more',
      '--id',
      'ACME-D3-02',
      '--item',
      'D3',
      ...kinds,
      '--name',
      'named',
    )
    expect(made).toEqual({
      code: 0,
      out: ['named.rego', 'named_test.rego', 'examples.yaml']
        .map((file) => `${join('more/controls/d3/named', file)}\n`)
        .join(''),
      err: '',
    })
    expect(await policy('fmt', 'more')).toEqual({ code: 0, out: '', err: '' })
    expect(await policy('test', 'more')).toMatchObject({ code: 0, out: '12 passed\n' })
  })

  it('overwrites nothing', async () => {
    const before = read(`${CONTROL}/owner_label.rego`)
    expect(await policy('new', 'pack', 'acme')).toMatchObject({
      code: 2,
      out: '',
      err: expect.stringMatching(/^error: Nothing was written: already there: /),
    })
    expect(read(`${CONTROL}/owner_label.rego`)).toBe(before)
  })

  it.each<[string, readonly string[], RegExp]>([
    ['an id that is taken', ['--id', 'ACME-01', '--item', 'O1'], /--id: ACME-01 .* no control of acme has/],
    ['an id in small letters', ['--id', 'acme-3', '--item', 'O1'], /--id: acme-3 is not an id of capital letters/],
    ['an item that does not exist', ['--id', 'ACME-03', '--item', 'Z1'], /--item: Z1 is not one of P1/],
    ['a kind without a sample', ['--id', 'ACME-03', '--item', 'O1', '--kind', 'Foo'], /--kind: Foo is not one of work/],
    ['a keyword as a name', ['--id', 'ACME-03', '--item', 'O1', '--name', 'default'], /--name: default is not/],
    ['no id', ['--item', 'O1'], /--id/],
  ])('refuses %s', async (_, args, err) => {
    const before = readdirSync(join(folder, 'acme'), { recursive: true })
    const ran = await policy('new', 'control', 'acme', ...args)
    expect(ran.code).toBe(2)
    expect(ran.err).toMatch(err)
    expect(readdirSync(join(folder, 'acme'), { recursive: true })).toEqual(before)
  })
})

describe('policy test', () => {
  it('gives data files to the tests, and says what failed, where, and what was printed', async () => {
    const { code, out } = await policy('test', 'plain')
    expect(code).toBe(1)
    expect(out).toContain(`FAIL  data.sum_test.test_other  ${join('plain', 'sum_test.rego')}:7:1`)
    expect(out).toContain('total 3')
    expect(out).toMatch(/^1 passed, 1 failed$/m)
  })

  it('takes files, several folders, and a pattern for names', async () => {
    const files = [join('plain', 'sum.rego'), join('plain', 'sum_test.rego'), 'plain/base', 'plain', 'half']
    expect(await policy('test', ...files, '--run', 'test_(total|of)')).toMatchObject({ code: 0, out: '2 passed\n' })
  })

  it('fails where every test is skipped', async () => {
    expect(await policy('test', 'later')).toEqual({
      code: 1,
      out: `SKIP  data.later.todo_test_b  ${join('later', 'a_test.rego')}:3:1\n\n0 passed, 1 skipped\n`,
      err: 'note: every test is skipped: nothing was tested\n',
    })
  })

  it('counts lines that neither a test nor a case ran, against a threshold', async () => {
    const covered = await policy('test', 'half', '--coverage')
    expect(covered).toMatchObject({ code: 0, err: '' })
    expect(covered.out).toMatch(/half\.rego: .*not covered: 5$/m)
    expect(covered.out).not.toContain('half_test.rego:')
    expect((await policy('test', 'half', '--threshold', '30')).code).toBe(0)
    const below = await policy('test', 'half', '--threshold', '80')
    expect(below.code).toBe(1)
    expect(below.err).toMatch(/^note: the coverage is \d+\.\d points below the threshold of 80%\n$/)
  })

  it('writes reports for machines, and coverage as LCOV beside them', async () => {
    const report = await policy('test', 'half', '--format', 'junit', '--output', 'report.xml', '--lcov', 'lcov.info')
    expect(report).toMatchObject({ code: 0, out: '' })
    expect(read('report.xml')).toMatch(/^<\?xml [\s\S]*<testcase name="test_of" classname="data.half_test"/)
    expect(read('lcov.info')).toMatch(/^TN:\nSF:half.half\.rego\nDA:3,1\n/)
    expect((await policy('test', 'half', '--format', 'tap')).out).toBe(
      'TAP version 14\n1..1\nok 1 - data.half_test.test_of\n',
    )
    expect(JSON.parse((await policy('test', 'half', '--format', 'json')).out)).toMatchObject({
      ok: true,
      counts: { pass: 1, fail: 0, error: 0, skip: 0 },
    })
  })

  it('runs the cases of examples.yaml, and names the line that differs', async () => {
    const text = read(`${CONTROL}/examples.yaml`)
    try {
      write({ [`${CONTROL}/examples.yaml`]: text.replace(' # finding ACME-01', '') })
      const { code, out } = await policy('test', 'acme', '--run', 'It has no labels')
      expect(code).toBe(1)
      expect(out).toContain('FAIL  data.controls.o1.owner_label / It has no labels')
      expect(out).toContain('was found and is not marked: ACME-01 at line 3 of the manifest (metadata:)')
      write({ [`${CONTROL}/examples.yaml`]: text.replace('verdict: fail', 'verdict: bad') })
      const refused = await policy('test', 'acme')
      expect(refused).toMatchObject({ code: 2, out: '' })
      expect(refused.err).toMatch(/examples\.yaml:2:3: .*verdict.*: expected/)
    } finally {
      write({ [`${CONTROL}/examples.yaml`]: text })
    }
  })

  it('says which controls have no cases, and refuses cases without a control', async () => {
    write({ 'lone/examples.yaml': '[]', 'lone/a.rego': 'package a\n\nb := 1\n' })
    const both = await policy('test', 'acme', 'lone')
    expect(both.code).toBe(2)
    expect(both.err).toMatch(/examples\.yaml:1:1: expected one control in the folder of the examples, found 0/)
    write({
      'bare/controls/o1/bare/bare.rego': read(`${CONTROL}/owner_label.rego`)
        .replaceAll('owner_label', 'bare')
        .replaceAll('ACME-01', 'ACME-09'),
    })
    const bare = await policy('test', 'acme', 'bare')
    expect(bare).toMatchObject({ code: 0, err: 'note: no examples.yaml beside ACME-09\n' })
  })

  it('measures cases whatever they hold, and however their package is written', async () => {
    const text = read(`${CONTROL}/examples.yaml`)
    write({
      'odd/controls/o1/owner_label/owner_label.rego': read(`${CONTROL}/owner_label.rego`).replace(
        'package controls.o1.owner_label',
        'package  controls.o1["owner_label"]',
      ),
      // A byte order mark may stand in a manifest, and in no Rego.
      'odd/controls/o1/owner_label/examples.yaml': text.replace(
        'name: web',
        'name: web\n      annotations: {a: "\\uFEFF"}',
      ),
    })
    const ran = await policy('test', 'odd', '--coverage')
    expect(ran).toEqual({ code: 0, out: '5 passed\ncoverage: 100.0%\n', err: '' })
  })

  it('takes a file once, by whichever names it is given', async () => {
    const file = join(folder, 'half', 'half_test.rego')
    expect(await policy('test', 'half', './half/half_test.rego', file)).toMatchObject({ code: 0, out: '1 passed\n' })
  })

  it.each<[string, readonly string[], RegExp]>([
    ['no test', ['untested'], /^error: Nothing to test: .* in untested and found none\n$/],
    ['no test of that name', ['half', '--run', 'absent'], /whose name matches "absent"/],
    ['a pattern that is none', ['half', '--run', '('], /--run: \( is not a regular expression/],
    ['no Rego', ['empty'], /There is no \.rego file in empty/],
    ['a folder that is not there', ['absent'], /Cannot read absent/],
    ['data that contradict each other', ['clash'], /data.*json.*data.*yaml/],
    ['Rego that does not parse', ['broken'], /^error: broken.a\.rego:\d+:\d+: rego_parse_error/],
    ['a format that does not exist', ['half', '--format', 'xml'], /text, json, junit, tap/],
    ['a threshold beyond 100', ['half', '--threshold', '101'], /--threshold: 101 is not a number from 0 to 100/],
    ['a version that does not exist', ['half', '--rego-version', 'v2'], /--rego-version: v2 is not one of v0, v1/],
  ])('ends with 2 for %s', async (_, args, err) => {
    const ran = await policy('test', ...args)
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toMatch(err)
  })

  it('reads the older syntax where asked to', async () => {
    expect((await policy('test', 'old')).code).toBe(2)
    expect(await policy('test', 'old', '--rego-version', 'v0')).toMatchObject({ code: 0, out: '1 passed\n' })
    expect(await policy('check', 'old', '--rego-version', 'v0')).toMatchObject({
      code: 0,
      out: '2 files, no problems\n',
    })
  })
})

describe('policy fmt', () => {
  it('lists, shows and writes what it changes', async () => {
    const name = join('untidy', 'a.rego')
    expect(await policy('fmt', 'untidy', 'half')).toEqual({ code: 1, out: `${name}\n`, err: '' })
    const shown = await policy('fmt', 'untidy', '--diff')
    expect(shown.code).toBe(1)
    expect(shown.out).toMatch(/^-b {3}:= {3}1\n\+\n\+b := 1$/m)
    expect(shown.out).not.toMatch(new RegExp(`^${name}$`, 'm'))
    expect(await policy('fmt', 'untidy', '--write')).toEqual({ code: 0, out: `${name}\n`, err: '' })
    expect(read('untidy/a.rego')).toBe('package a\n\nb := 1\n')
    expect(await policy('fmt', 'untidy')).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('policy check', () => {
  it('is strict unless told otherwise', async () => {
    const strict = await policy('check', 'loose')
    expect(strict).toMatchObject({ code: 2, out: '1 problem in 1 file\n' })
    expect(strict.err).toMatch(/^error: loose.a\.rego:3:1: .*unused/)
    expect(await policy('check', 'loose', '--no-strict')).toMatchObject({ code: 0, out: '1 file, no problems\n' })
  })

  it('refuses what is no UTF-8, and reads past a byte order mark', async () => {
    write({ 'marked/a.rego': '\ufeffpackage a\n\nb := "ü"\n', 'latin/a.rego': '' })
    expect(await policy('check', 'marked')).toMatchObject({ code: 0, out: '1 file, no problems\n' })
    writeFileSync(join(folder, 'latin/a.rego'), Buffer.from('package a\n\nb := "ü"\n', 'latin1'))
    for (const command of ['check', 'fmt', 'test', 'build']) {
      const { code, err } = await policy(command, 'latin')
      expect({ code, err }).toEqual({ code: 2, err: `error: ${join('latin', 'a.rego')} is not valid UTF-8 text\n` })
    }
  })

  it('refuses METADATA of a control as a build does', async () => {
    const rego = read(`${CONTROL}/owner_label.rego`)
    write({
      'unsaid/controls/o1/owner_label/owner_label.rego': rego.replace(/# {3}id: .*\n/, ''),
      'unsaid/controls/o1/twin/twin.rego': rego
        .replace('controls.o1.owner_label', 'controls.o1.twin')
        .replace('item: O1', 'item: O9'),
    })
    const { code, out, err } = await policy('check', 'unsaid')
    expect([code, out]).toEqual([2, '3 problems in 2 files\n'])
    expect(err).toMatch(/owner_label\.rego:1:1: metadata_error: .*custom\.id: expected string/)
    expect(err).toMatch(/twin\.rego:1:1: metadata_error: .*item O9 is none of/)
  })

  it('refuses builtins that are forbidden, here and when building', async () => {
    expect((await policy('check', 'calling')).code).toBe(0)
    const refused = await policy('check', 'calling', '--forbid', 'net.lookup_ip_addr', '--forbid', 'http.send')
    expect(refused.code).toBe(2)
    expect(refused.err).toMatch(/^error: calling.a\.rego:3:6: forbidden_builtin: http\.send is forbidden\n$/)
    expect((await policy('check', 'half', '--forbid', 'http.sned')).err).toContain('http.sned')
    const built = await policy('build', 'acme', '--forbid', 'object.get', '--output', 'forbidden.wasm')
    expect(built.code).toBe(2)
    expect(built.err).toContain('object.get is forbidden')
    expect(readdirSync(folder)).not.toContain('forbidden.wasm')
  })
})

describe('policy build', () => {
  it.each(['0', '1', '2'])('gives the same answers at level %s', async (level) => {
    const file = `level-${level}.wasm`
    expect(await policy('build', 'acme', '--optimize', level, '--output', file)).toMatchObject({
      code: 0,
      out: expect.stringMatching(new RegExp(`^${file}: 1 control, \\d+ bytes\\n$`)),
      err: '',
    })
    expect(await answersOf(file)).toEqual(await answersOf('acme'))
  })

  it('puts into a pack what --pack takes from its folder: checklist, catalogues and data', async () => {
    write({
      'whole/checklist.yaml':
        'phases: [{id: run, title: Run}]\nquestions: []\nitems: [{id: TEAM, phase: run, title: Teams, questions: [], links: []}]\n',
      'whole/frameworks/house.yaml': 'name: house\ntitle: House\nversion: "1"\nitems: []\n',
      'whole/data.json': '{"teams": {"label": "team"}}',
      'whole/data/more.yaml': 'more: [1]\n',
      'whole/controls/team/owner_label/owner_label.rego': read(`${CONTROL}/owner_label.rego`)
        .replace('item: O1', 'item: TEAM')
        .replace('controls.o1.', 'controls.team.')
        .replace('data.parameters["ACME-01"].label', 'data.teams.label'),
      'whole/controls/team/owner_label/examples.yaml': read(`${CONTROL}/examples.yaml`).split('\n- case')[0] ?? '',
    })
    expect(await policy('check', 'whole')).toMatchObject({ code: 0, err: '' })
    expect(await policy('build', 'whole', '--output', 'whole.wasm')).toMatchObject({ code: 0, err: '' })
    expect(await answersOf('whole.wasm')).toEqual([['ACME-01', { label: 'team' }]])
    const { catalogue } = right(await openChecklist(['whole.wasm'], { packOnly: true }))
    expect(catalogue.items.map(({ id }) => id)).toEqual(['TEAM'])
    expect(catalogue.frameworks.map(({ name }) => name)).toEqual(['house'])
    expect(await policy('test', 'whole', '--coverage')).toMatchObject({ code: 0, err: '' })
  })

  it('leaves data of tests out, and says so', async () => {
    write({
      [`tested/${CONTROL.slice(5)}/data.json`]: '{"x": 1}',
      [`tested/${CONTROL.slice(5)}/owner_label.rego`]: read(`${CONTROL}/owner_label.rego`),
    })
    const built = await policy('build', 'tested', '--output', 'tested.wasm')
    expect(built).toMatchObject({ code: 0, err: expect.stringMatching(/^note: .*data\.json is not in the pack/) })
    expect(await answersOf('tested')).toEqual(await answersOf('tested.wasm'))
  })

  it('takes one checklist, not one of each folder', async () => {
    write({ 'other/checklist.yaml': read('whole/checklist.yaml') })
    const built = await policy('build', 'whole', 'other')
    expect(built).toMatchObject({ code: 2, err: expect.stringContaining('both whole and other bring a checklist') })
  })

  it('refuses a level that does not exist', async () => {
    expect(await policy('build', 'acme', '--optimize', '3')).toMatchObject({
      code: 2,
      err: 'error: --optimize: 3 is not one of 0, 1, 2\n',
    })
  })
})
