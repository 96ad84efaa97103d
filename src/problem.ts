/** Lines and columns count from 1; columns in UTF-16 units. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** From the first character to the one after the last. */
export interface Range {
  readonly start: Position
  readonly end: Position
}

/** A range in a named source. */
export interface Location extends Range {
  readonly source: string
}

/** What each code carries. The keys are the closed union of codes; the messages below are for people. */
export interface ProblemData {
  // Reading a source
  'source-unreadable': { readonly source: string; readonly reason: string }
  'source-encoding': { readonly source: string; readonly encoding: string }
  'source-limit': {
    readonly source: string
    readonly limit: 'bytes' | 'depth' | 'aliases'
    readonly allowed: number
  }
  syntax: { readonly reason: string }
  'duplicate-key': { readonly key: string }
  'unknown-tag': { readonly tag: string }
  template: { readonly language: 'helm' | 'bicep' | 'arm'; readonly run: string }
  // Understanding documents
  'document-unidentified': { readonly source: string; readonly document: number }
  'resource-duplicate': { readonly resource: string; readonly first: string; readonly same: boolean }
  'resource-malformed': { readonly resource: string; readonly path: string; readonly expected: string }
  'own-document-invalid': { readonly kind: string; readonly path: string; readonly expected: string }
  'own-document-unknown-id': { readonly kind: string; readonly id: string }
  'cluster-unknown': { readonly cluster: string; readonly known: readonly string[] }
  'cluster-ambiguous': { readonly clusters: readonly string[] }
  'waiver-expired': { readonly control: string; readonly until: string }
  'waiver-undated': { readonly control: string }
  'nothing-to-check': {
    readonly sources: readonly string[]
    readonly documents: number
    /** What was wrong with the sources, if anything was. */
    readonly causes: readonly Problem[]
  }
  // Options and packs
  'option-invalid': { readonly option: string; readonly given: string; readonly expected: string }
  'pack-clash': {
    readonly what: 'control' | 'item' | 'question' | 'phase' | 'framework'
    readonly id: string
    /** The names of the two packs it stands in. */
    readonly packs: readonly [string, string]
  }
  'pack-unknown-id': {
    readonly pack: string
    readonly control: string
    readonly what: 'item' | 'question'
    readonly id: string
    readonly known: readonly string[]
  }
  'pack-invalid': { readonly reason: string }
  // Rules of other programs
  'gatekeeper-invalid': {
    readonly kind: string
    readonly name: string
    readonly path: string
    readonly expected: string
  }
  'gatekeeper-unsupported': { readonly kind: string; readonly name: string; readonly feature: string }
  'gatekeeper-template-missing': { readonly kind: string; readonly name: string }
  'gatekeeper-template-unused': { readonly kind: string }
  'conftest-unsupported': { readonly package: string; readonly feature: string }
  'conftest-packages-unasked': { readonly packages: readonly string[] }
  // The Rego engine
  'policy-not-wasm': { readonly found: string }
  'policy-abi': { readonly found: string; readonly supported: string }
  'policy-builtin-unsupported': { readonly builtins: readonly string[] }
  'policy-builtin-failed': { readonly builtin: string; readonly reason: string }
  'policy-entrypoint-unknown': { readonly entrypoint: string; readonly known: readonly string[] }
  'policy-input-malformed': { readonly reason: string }
  'policy-memory': { readonly maximumPages: number }
  'policy-aborted': { readonly reason: string }
  'policy-output-unexpected': { readonly path: string; readonly expected: string }
  // The Rego compiler
  'rego-compiler-unavailable': { readonly reason: string }
  'rego-compiler-aborted': { readonly reason: string }
  'rego-error': { readonly regoCode: string; readonly reason: string }
}

export type ProblemCode = keyof ProblemData

/** Something wrong with what was given. Never a finding, never silence. */
export type Problem = {
  readonly [C in ProblemCode]: {
    readonly code: C
    readonly data: ProblemData[C]
    readonly message: string
    readonly location?: Location
  }
}[ProblemCode]

/** The problems the Rego engine and compiler give. */
export type PolicyProblem = Extract<Problem, { readonly code: `policy-${string}` | `rego-${string}` }>

/**
 * `error`: an input or a call could not be used as given (the command exits with 2).
 * `warning`: it was used, with a doubt. `note`: it was passed over on purpose, and is listed on request.
 */
export type ProblemLevel = 'error' | 'warning' | 'note'

interface Entry<C extends ProblemCode> {
  readonly level: ProblemLevel
  readonly message: (data: ProblemData[C]) => string
}

const list = (items: readonly string[]): string => (items.length === 0 ? 'none' : items.join(', '))

const ENTRIES: { readonly [C in ProblemCode]: Entry<C> } = {
  'source-unreadable': { level: 'error', message: (d) => `Cannot read ${d.source}: ${d.reason}` },
  'source-encoding': { level: 'error', message: (d) => `${d.source} is not valid ${d.encoding} text` },
  'source-limit': {
    level: 'error',
    message: (d) =>
      ({
        bytes: `${d.source} is larger than the limit of ${d.allowed} bytes`,
        depth: `${d.source} nests deeper than ${d.allowed} levels`,
        aliases: `${d.source} expands aliases to more than ${d.allowed} values`,
      })[d.limit],
  },
  syntax: { level: 'error', message: (d) => d.reason },
  'duplicate-key': { level: 'error', message: (d) => `The key "${d.key}" stands twice in one mapping` },
  'unknown-tag': { level: 'error', message: (d) => `The tag ${d.tag} is not understood` },
  template: {
    level: 'error',
    message: (d) =>
      `This is ${{ helm: 'a Helm', bicep: 'a Bicep', arm: 'an ARM' }[d.language]} template, not its result; first run: ${d.run}`,
  },
  'document-unidentified': {
    level: 'note',
    message: (d) => `Document ${d.document} of ${d.source} has no apiVersion and kind and was skipped`,
  },
  'resource-duplicate': {
    level: 'warning',
    message: (d) =>
      d.same
        ? `${d.resource} stands twice with the same content (first at ${d.first}); it is judged once`
        : `${d.resource} stands twice with different content (first at ${d.first}); both are judged, the last is joined to others`,
  },
  'resource-malformed': {
    level: 'warning',
    message: (d) => `${d.resource} has a value of the wrong type at ${d.path}: expected ${d.expected}`,
  },
  'own-document-invalid': { level: 'error', message: (d) => `${d.kind}: ${d.path}: expected ${d.expected}` },
  'own-document-unknown-id': { level: 'error', message: (d) => `${d.kind} names ${d.id}, which is no control` },
  'cluster-unknown': {
    level: 'error',
    message: (d) => `The cluster ${d.cluster} is not in the input; managed clusters found: ${list(d.known)}`,
  },
  'cluster-ambiguous': {
    level: 'warning',
    message: (d) =>
      `The input has several managed clusters (${list(d.clusters)}); say which one the Kubernetes objects belong to with --cluster`,
  },
  'waiver-expired': {
    level: 'warning',
    message: (d) => `The waiver of ${d.control} ended on ${d.until} and no longer applies`,
  },
  'waiver-undated': {
    level: 'warning',
    message: (d) => `The waiver of ${d.control} does not apply: whether it has ended depends on the date; give --now`,
  },
  'nothing-to-check': {
    level: 'error',
    message: (d) =>
      `Nothing to check: looked for Kubernetes objects, Azure resources and aks-checklist/v1 documents in ${list(d.sources)} and found none in ${d.documents} document${d.documents === 1 ? '' : 's'}`,
  },
  'option-invalid': { level: 'error', message: (d) => `${d.option}: ${d.given} is not ${d.expected}` },
  'pack-clash': {
    level: 'error',
    message: (d) => `The ${d.what} ${d.id} stands in two packs: ${d.packs.join(' and ')}`,
  },
  'pack-unknown-id': {
    level: 'error',
    message: (d) => `${d.control} of ${d.pack} names the ${d.what} ${d.id}, which no pack has; known: ${list(d.known)}`,
  },
  'pack-invalid': { level: 'error', message: (d) => `Not a pack: ${d.reason}` },
  'gatekeeper-invalid': {
    level: 'error',
    message: (d) => `${d.kind} ${d.name}: ${d.path}: expected ${d.expected}`,
  },
  'gatekeeper-unsupported': { level: 'error', message: (d) => `${d.kind} ${d.name}: ${d.feature} is not supported` },
  'gatekeeper-template-missing': {
    level: 'error',
    message: (d) => `The constraint ${d.name} is of kind ${d.kind}, and there is no ConstraintTemplate for it`,
  },
  'gatekeeper-template-unused': {
    level: 'warning',
    message: (d) => `The ConstraintTemplate for ${d.kind} has no constraint, so it decides nothing`,
  },
  'conftest-unsupported': { level: 'error', message: (d) => `Package ${d.package}: ${d.feature} is not supported` },
  'conftest-packages-unasked': {
    level: 'warning',
    message: (d) => `Packages whose rules were not asked for, so that they decide nothing: ${list(d.packages)}`,
  },
  'policy-not-wasm': { level: 'error', message: (d) => `Not a WebAssembly module compiled by OPA: ${d.found}` },
  'policy-abi': {
    level: 'error',
    message: (d) => `The module has OPA's WASM ABI ${d.found}; supported: ${d.supported}`,
  },
  'policy-builtin-unsupported': {
    level: 'error',
    message: (d) => `The policy calls builtins that are not available here: ${list(d.builtins)}`,
  },
  'policy-builtin-failed': { level: 'warning', message: (d) => `${d.builtin}: ${d.reason}` },
  'policy-entrypoint-unknown': {
    level: 'error',
    message: (d) => `The module has no entrypoint ${d.entrypoint}; it has: ${list(d.known)}`,
  },
  'policy-input-malformed': { level: 'error', message: (d) => `The input is not JSON: ${d.reason}` },
  'policy-memory': {
    level: 'error',
    message: (d) => `The evaluation needed more memory than its limit of ${d.maximumPages} pages of 64 KiB`,
  },
  'policy-aborted': { level: 'error', message: (d) => `The evaluation was aborted: ${d.reason}` },
  'policy-output-unexpected': {
    level: 'error',
    message: (d) => `The policy's output does not fit at ${d.path}: expected ${d.expected}`,
  },
  'rego-compiler-unavailable': { level: 'error', message: (d) => `The Rego compiler cannot be loaded: ${d.reason}` },
  'rego-compiler-aborted': { level: 'error', message: (d) => `The Rego compiler stopped: ${d.reason}` },
  'rego-error': { level: 'error', message: (d) => `${d.regoCode}: ${d.reason}` },
}

/** Makes a problem: the code and its data; the sentence is derived from them. */
export const problem = <C extends ProblemCode>(
  code: C,
  data: ProblemData[C],
  location?: Location,
): Extract<Problem, { readonly code: C }> => {
  const made = { code, data, message: ENTRIES[code].message(data), ...(location === undefined ? {} : { location }) }
  // The mapped union cannot be built generically; the table above ties code, data and message together.
  return made as unknown as Extract<Problem, { readonly code: C }>
}

/** How much a problem matters. */
export const levelOf = (code: ProblemCode): ProblemLevel => ENTRIES[code].level
