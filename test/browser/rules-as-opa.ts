/** A rule's body, what `input` is for it, and its value in OPA as the text of a term. */
interface RuleAsOpa {
  readonly rego: string
  readonly value: string
}

/** What the rules read. */
export const INPUT = {
  name: 'a"b\u00e9',
  when: '2026-05-01T08:30:00.123456789+02:00',
  names: ['web-1', 'web-2', 'db-1'],
} as const

/**
 * Rules that call what a module cannot do itself, with their values as OPA has them: one test asks OPA's own evaluation of the same
 * source whether it is so, and the engine is held to the same values in Node and in a browser.
 */
export const RULES_AS_OPA: Readonly<Record<string, RuleAsOpa>> = {
  quoted: {
    rego: 'sprintf("%q %d %v", [input.name, 7, {"set": {3, 1, 2}, "deep": [null, 1.50]}])',
    value: '"\\"a\\\\\\"b\u00e9\\" 7 {\\"deep\\": [null, 1.50], \\"set\\": {1, 2, 3}}"',
  },
  wide: {
    rego: 'sprintf("%d %x %5.2f|%-6s|%t", [1180591620717411303424, 255, 3.14159, "ab", true])',
    value: '"1180591620717411303424 ff  3.14|ab    |%!t(string=true)"',
  },
  replaced: {
    rego: 'regex.replace(concat(",", input.names), `(\\w+)-(\\d)`, "$2:$1")',
    value: '"1:web,2:web,1:db"',
  },
  parsed: { rego: 'time.parse_rfc3339_ns(input.when)', value: '1777617000123456789' },
  clock: { rego: 'time.clock([time.parse_rfc3339_ns(input.when), "Asia/Kolkata"])', value: '[12, 0, 0]' },
  bytes: { rego: '[units.parse_bytes("1.5Gi"), units.parse_bytes("10MB")]', value: '[1610612736, 10000000]' },
  patched: {
    rego: 'json.patch({"a": {"b": [1, 2]}}, [{"op": "add", "path": "/a/b/-", "value": 3}, {"op": "remove", "path": "a/b/0"}])',
    value: '{"a": {"b": [2, 3]}}',
  },
  graph: {
    rego: '[graphql.is_valid(query, "type Query { shop: String }") | some query in ["{ shop }", "{ shoe }"]]',
    value: '[true, false]',
  },
  stable: {
    rego: '[semver.compare("1.2.3-rc.1", "1.2.3"), net.cidr_contains("10.0.0.0/8", "10.1.2.3")]',
    value: '[-1, true]',
  },
  large: { rego: '{18446744073709551617 * 3, 0.1 + 0.2}', value: '{0.3, 55340232221128654851}' },
}

/** The rules as one package. */
export const RULES_SOURCE = {
  name: 'rules.rego',
  text: `package rules\n\n${Object.entries(RULES_AS_OPA)
    .map(([name, { rego }]) => `${name} := ${rego}\n`)
    .join('\n')}`,
} as const

/** Tests for OPA that each rule has its value. */
export const RULES_TEST = {
  name: 'rules_test.rego',
  text: `package rules_test\n\nimport data.rules\n\n${Object.entries(RULES_AS_OPA)
    .map(([name, { value }]) => `test_${name} if rules.${name} == ${value} with input as ${JSON.stringify(INPUT)}\n`)
    .join('\n')}`,
} as const
