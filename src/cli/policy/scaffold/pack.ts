import { controlFiles, type NewControl, type NewFile } from './control'

const SAMPLE: NewControl = { id: 'ACME-01', item: 'O1', name: 'owner_label', kinds: ['workloads'] }

/** A pack with one control: complete, and meant to be changed. */
export const packFiles = (folder: string): readonly NewFile[] => [
  ...controlFiles(SAMPLE),
  { path: 'README.md', text: readmeOf(folder) },
]

const readmeOf = (folder: string): string => `# Controls of our own

Each control is a folder \`controls/<item>/<name>\`: its Rego with METADATA, its tests, and \`examples.yaml\`, which is test
and documentation in one.

\`\`\`sh
npx aks-checklist policy new control ${folder} --id ACME-02 --item O1 --kind Service   # one more control
npx aks-checklist policy fmt ${folder} --write                                         # format
npx aks-checklist policy check ${folder}                                               # parse and type-check
npx aks-checklist policy test ${folder} --coverage                                     # tests and examples
npx aks-checklist policy build ${folder} --output pack.wasm                            # one file to ship
npx aks-checklist check k8s/ --pack ${folder}                                          # use it
\`\`\`
`
