import { count, groupBy, those } from './tally.mjs'

const MARKERS = ['<!-- results -->', '<!-- /results -->']

const row = (cells) => `| ${cells.join(' | ')} |`

const score = (cases) => (cases.length === 0 ? '' : `${count(those(cases, 'passed'))} / ${count(cases)}`)

const folderRow = (name, cases) =>
  row([name, ...['v0', 'v1'].map((version) => score(cases.filter((one) => one.version === version)))])

const versions = (cases) => [...new Set(cases.map(({ version }) => version))].sort().join(', ')

const names = (cases) => groupBy(cases, 'note').map(([note, same]) => `- \`${note}\` (${versions(same)})`)

const section = (title, cases, says) => (cases.length === 0 ? [] : ['', `## ${title}`, '', says, '', ...names(cases)])

/** The results as a part of a page. */
export const results = ({ counted, apart }, opa) =>
  [
    `OPA ${opa}: **${count(those(counted, 'passed'))} of ${count(counted)}** cases pass.`,
    '',
    row(['folder', 'v0', 'v1']),
    row(['---', '---:', '---:']),
    ...groupBy(counted, 'folder').map(([folder, cases]) => folderRow(folder, cases)),
    folderRow('**total**', counted),
    ...section(
      'Not run',
      those(counted, 'needs a network'),
      'These call builtins that need a network, which the engine refuses by name. They count as not passed.',
    ),
    ...section('Failed', those(counted, 'failed'), 'These give another result than OPA does.'),
    ...section(
      'Not counted, but passed',
      those(apart, 'passed'),
      'OPA itself does not expect a compiled module to pass these; here they pass.',
    ),
    ...section(
      'Not counted, and failed',
      those(apart, 'failed'),
      'OPA itself does not expect a compiled module to pass these.',
    ),
  ].join('\n')

/** A page with other results between its markers. */
export const withResults = (page, text) => {
  const [start, end] = MARKERS.map((marker) => page.indexOf(marker))
  if (start < 0 || end < start) throw new Error('the page has no place for results')
  return `${page.slice(0, start)}${MARKERS[0]}\n\n${text}\n\n${page.slice(end)}`
}
