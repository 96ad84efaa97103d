import { groupBy, those } from './tally.mjs'

const LONGEST_REASON = 600

const short = (text) => (text.length > LONGEST_REASON ? `${text.slice(0, LONGEST_REASON)}...` : text)

const folderLines = ([folder, cases]) => [
  `${folder}: ${cases.length} failed`,
  ...cases.map(({ version, note, reason }) => `  ${version} ${note}: ${short(reason)}`),
]

/** What failed by folder, what was not run, and last how many passed. */
export const listing = ({ counted }) => {
  const unrun = those(counted, 'needs a network')
  const lines = [
    ...groupBy(those(counted, 'failed'), 'folder').flatMap(folderLines),
    ...(unrun.length === 0 ? [] : [`not run, since they need a network: ${unrun.length}`]),
    `passed ${those(counted, 'passed').length} of ${counted.length}`,
  ]
  return `${lines.join('\n')}\n`
}

const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(0)} s`

const STAGES = ['read', 'compile', 'evaluate']

/** Where the time went: by the clock, and of all workers together for each stage, where it was measured. */
export const timing = (judged, elapsed) => {
  const measured = judged.flatMap(({ times }) => (times === undefined ? [] : [times]))
  const total = (stage) => seconds(measured.reduce((sum, times) => sum + times[stage], 0))
  const stages = measured.length === 0 ? [] : STAGES.map((stage) => `${stage} ${total(stage)}`)
  return `${[seconds(elapsed), ...stages].join(', ')}\n`
}
