/** Writes docs/controls/: an index and a page for each item of the checklist, from the catalogue and the controls' examples. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const root = fileURLToPath(new URL('..', import.meta.url))
const at = (...path) => join(root, ...path)
const { checklist, controls } = JSON.parse(readFileSync(at('wasm', 'catalogue.json'), 'utf8'))
const folder = at('docs', 'controls')

const spelledOut = (template) => template.trim().replace(/\{([A-Za-z]\w*)\}/g, '<$1>')
const inText = (template) => spelledOut(template).replaceAll('<', '&lt;')
const list = (title, lines) => (lines.length === 0 ? [] : [`**${title}**`, lines.map((line) => `- ${line}`).join('\n')])

const examplesOf = ({ item, name }) =>
  parse(readFileSync(at('policies', 'controls', item.toLowerCase(), name, 'examples.yaml'), 'utf8'))

const example = ({ case: title, verdict, manifest }) => [
  `<details><summary>${verdict}: ${title}</summary>`,
  `\`\`\`yaml\n${manifest.trimEnd()}\n\`\`\``,
  '</details>',
]

const section = (control) => [
  `## ${control.id}: ${control.title}`,
  `${control.severity}, ${control.tier}, judged per ${control.unit}.`,
  control.description,
  `**How to fix.** ${inText(control.remediation)}`,
  ...list('Looks at', [control.kinds.join(', ')]),
  ...list('An answer by absence needs the complete list of', control.needs),
  ...list(
    'Parameters',
    Object.entries(control.parameters).map(([name, { default: value }]) => `\`${name}\`: \`${JSON.stringify(value)}\``),
  ),
  ...list(
    'Mappings',
    Object.entries(control.mappings).map(([framework, ids]) => `${framework}: ${ids.join(', ')}`),
  ),
  ...list('Read more', control.relatedResources),
  ...examplesOf(control).flatMap(example),
]

const page = (item) =>
  [
    `# ${item.id}: ${item.title}`,
    item.summary,
    ...list(
      'Answers',
      item.questions.map((id) => `${id}: ${checklist.questions.find((question) => question.id === id).text}`),
    ),
    ...list(
      'The checklist points at',
      item.links.map(({ kind, title, url }) => `[${title}](${url}) (${kind})`),
    ),
    ...controls.filter((control) => control.item === item.id).flatMap(section),
  ].join('\n\n')

const index = [
  '# Controls',
  'Generated from the policies and their examples; each example is run by a test.',
  ...checklist.items.map((item) => {
    const own = controls.filter((control) => control.item === item.id)
    const rows = own.map(({ id, title, severity, tier }) => `| ${id} | ${title} | ${severity} | ${tier} |`)
    return `## [${item.id}: ${item.title}](${item.id}.md)\n\n| control | what holds where it passes | severity | tier |\n|---|---|---|---|\n${rows.join('\n')}`
  }),
].join('\n\n')

rmSync(folder, { recursive: true, force: true })
mkdirSync(folder, { recursive: true })
writeFileSync(join(folder, 'README.md'), `${index}\n`)
for (const item of checklist.items) writeFileSync(join(folder, `${item.id}.md`), `${page(item)}\n`)
