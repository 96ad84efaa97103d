/** What is aimed at; see docs/benchmarks.md. */
export const TARGETS = { ratio: { realistic: 3, indented: 3, worst: 15 }, memory: 6, coldStart: 5 }

const MEGABYTE = 1e6

const HEAD = [
  'shape',
  'resources',
  'MB of text',
  '`JSON.parse` ms',
  'check ms',
  'of it reading',
  'ratio',
  'first call',
  'target',
  'peak memory / text',
  'target',
  'ms / 1,000 resources',
  'growth',
  'findings',
]

const cells = ({ shape, resources, bytes, parse, check, reading, first, memory, growth, findings }) => [
  shape,
  resources.toLocaleString('en'),
  (bytes / MEGABYTE).toFixed(1),
  parse.toFixed(0),
  check.toFixed(0),
  reading.toFixed(0),
  (check / parse).toFixed(1),
  (first / parse).toFixed(1),
  `≤ ${TARGETS.ratio[shape]}`,
  (memory / bytes).toFixed(1),
  shape === 'worst' ? '' : `≤ ${TARGETS.memory}`,
  ((check / resources) * 1000).toFixed(1),
  growth === undefined ? '' : growth.toFixed(2),
  findings.toLocaleString('en'),
]

const line = (values) => `| ${values.join(' | ')} |`

/** The measurements as a Markdown table and two sentences. */
export const tableOf = ({ rows, baseline, cold, node }) =>
  [
    line(HEAD),
    line(HEAD.map((_, at) => (at === 0 ? '---' : '---:'))),
    ...rows.map((row) => line(cells(row))),
    '',
    `Node ${node}. Peak memory is without the ${(baseline / MEGABYTE).toFixed(0)} MB that an empty Node takes.`,
    `One small manifest from a cold start: ${cold.check.toFixed(0)} ms against ${cold.empty.toFixed(0)} ms of \`node -e 0\`, ` +
      `ratio ${cold.ratio.toFixed(1)} (target ≤ ${TARGETS.coldStart}).`,
  ].join('\n')
