import { readFileSync } from 'node:fs'
import { compileRego } from '../../dist/compiler.js'
import { loadPolicy } from '../../dist/node.js'
import { right } from './right.mjs'

const root = new URL('../../', import.meta.url)
const CERTIFICATE = readFileSync(new URL('test/bench/certificate.pem', root), 'utf8')
const TOKEN = [
  { alg: 'HS256', typ: 'JWT' },
  { sub: 'web', roles: ['reader'] },
]
  .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
  .concat(['c2ln'])
  .join('.')
const NOW = 1_777_624_200_123_456_789n

/** A call of each builtin that the engine answers, of the size that policies make. */
const CALLS = {
  'base64url.encode_no_pad': ['hello, world'],
  cast_array: [['a', 'b']],
  cast_boolean: [true],
  cast_null: [null],
  cast_object: [{ a: 1 }],
  cast_set: [['a', 'b']],
  cast_string: ['text'],
  'crypto.hmac.equal': ['d41d8cd98f00b204', 'd41d8cd98f00b204'],
  'crypto.hmac.md5': ['message', 'key'],
  'crypto.hmac.sha1': ['message', 'key'],
  'crypto.hmac.sha256': ['message', 'key'],
  'crypto.hmac.sha512': ['message', 'key'],
  'crypto.md5': ['message'],
  'crypto.sha1': ['message'],
  'crypto.sha256': ['message'],
  'crypto.x509.parse_certificates': [CERTIFICATE],
  'glob.quote_meta': ['*.example.com'],
  'graph.reachable_paths': [{ a: ['b', 'c'], b: ['d'], c: ['d'], d: [] }, ['a']],
  'hex.decode': ['68656c6c6f'],
  'hex.encode': ['hello'],
  indexof_n: ['registry.example.com/web', '.'],
  'internal.test_case': [[]],
  'io.jwt.decode': [TOKEN],
  'json.marshal_with_options': [{ a: [1, 2] }, { pretty: true }],
  'json.match_schema': [
    { name: 'web', ports: [80, 443] },
    {
      type: 'object',
      required: ['name'],
      properties: {
        name: { type: 'string', pattern: '^[a-z]+$' },
        ports: { items: { type: 'integer', maximum: 65535 } },
      },
    },
  ],
  'json.patch': [{ a: { b: 1 } }, [{ op: 'replace', path: '/a/b', value: 2 }]],
  'json.verify_schema': [{ type: 'object', required: ['name'], properties: { name: { type: 'string' } } }],
  'net.cidr_contains_matches': ['10.0.0.0/8', ['10.1.2.3', '192.0.2.1']],
  'net.cidr_expand': ['192.0.2.0/28'],
  'net.cidr_is_valid': ['10.0.0.0/8'],
  'net.cidr_merge': [['10.0.0.0/9', '10.128.0.0/9']],
  'numbers.range_step': [0, 100, 10],
  'object.subset': [{ a: 1, b: { c: 2 } }, { b: { c: 2 } }],
  'opa.runtime': [],
  'rand.intn': ['seed', 100],
  'regex.find_n': ['[a-z]+', 'web-1 api-2', -1],
  'regex.replace': ['web-1', '-[0-9]+$', ''],
  'regex.split': ['[-.]', 'registry.example-1'],
  'regex.template_match': ['urn:{[a-z]+}', 'urn:web', '{', '}'],
  'semver.compare': ['1.29.4', '1.30.0'],
  'semver.is_valid': ['1.29.4'],
  sprintf: ['%s runs as %d', ['web', 0]],
  'strings.any_prefix_match': ['registry.example.com/web', ['docker.io/', 'registry.example.com/']],
  'strings.any_suffix_match': ['web:latest', [':latest', ':main']],
  'strings.count': ['a.b.c', '.'],
  'strings.split_n': ['a.b.c', '.', 2],
  'time.add_date': [NOW, 0, 3, 0],
  'time.clock': [NOW],
  'time.date': [NOW],
  'time.diff': [NOW, 0],
  'time.format': [[NOW, 'Europe/Berlin', 'RFC1123']],
  'time.now_ns': [],
  'time.parse_duration_ns': ['1h30m'],
  'time.parse_ns': ['2006-01-02', '2026-05-01'],
  'time.parse_rfc3339_ns': ['2026-05-01T08:30:00Z'],
  'time.weekday': [NOW],
  trace: ['note'],
  'units.parse': ['250m'],
  'units.parse_bytes': ['512Mi'],
  'uri.is_valid': ['https://example.com/a?b=c'],
  'uri.parse': ['https://example.com/a?b=c'],
  'urlquery.decode': ['a%20b'],
  'urlquery.decode_object': ['a=1&b=2'],
  'urlquery.encode': ['a b'],
  'urlquery.encode_object': [{ a: '1', b: '2' }],
  'uuid.parse': ['00000000-0000-4000-8000-000000000000'],
  'uuid.rfc4122': ['key'],
  'yaml.is_valid': ['a: [1, 2]'],
  'yaml.marshal': [{ a: [1, 2] }],
  'yaml.unmarshal': ['a: [1, 2]'],
}

const COUNT = 2_000
const ROUNDS = 5

/** Calls a second of each builtin that the engine has, from a compiled policy and back: the loop of the policy is in it. */
export const measureBuiltins = async () => {
  const table = JSON.parse(readFileSync(new URL('wasm/builtins.json', root), 'utf8'))
  const names = table.filter(({ family }) => family !== undefined).map(({ name }) => name)
  const missing = names.filter((name) => CALLS[name] === undefined)
  if (missing.length > 0) throw new Error(`no call to measure of ${missing.join(', ')}`)
  const rules = names.map((name, n) => {
    const call = `${name}(${CALLS[name].map((_, a) => `input.a${a}`).join(', ')})`
    return `r${n} = count([i | i := numbers.range(1, ${COUNT})[_]; ${name === 'internal.test_case' ? call : `_ = ${call}`}])`
  })
  const { module } = right(
    await compileRego([{ name: 'called.rego', text: `package called\n\n${rules.join('\n\n')}\n` }], {
      regoVersion: 'v0',
      entrypoints: names.map((_, n) => `called/r${n}`),
    })(),
  )
  const policy = right(await loadPolicy({ wasm: module, now: NOW })())
  return names.map((name, n) => {
    const input = Object.fromEntries(CALLS[name].map((arg, a) => [`a${a}`, arg]))
    let best = Number.POSITIVE_INFINITY
    for (let round = 0; round < ROUNDS; round += 1) {
      const started = performance.now()
      const { value, diagnostics } = right(policy.evaluate({ entrypoint: `called/r${n}`, input }))
      best = Math.min(best, performance.now() - started)
      // A call that failed would be the fastest of all.
      if (value !== COUNT) throw new Error(`${name}: ${value} of ${COUNT} calls answered; ${diagnostics[0]?.message}`)
    }
    return { name, perSecond: (COUNT / best) * 1_000 }
  })
}
