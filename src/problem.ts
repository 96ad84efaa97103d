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
  /** An option that says nothing without something else. */
  'option-needs': { readonly option: string; readonly needs: string }
  /** What is asked for together leaves no control. */
  'nothing-selected': Readonly<Record<never, never>>
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
  /** Something of a pack that has no place of its own. */
  'pack-refused': { readonly pack: string; readonly cause: Problem }
  // Policies of one's own
  'no-rego': { readonly sources: readonly string[] }
  'nothing-to-test': { readonly sources: readonly string[]; readonly run?: string }
  'example-invalid': { readonly path: string; readonly expected: string }
  'file-exists': { readonly files: readonly string[] }
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
  /** Two values where there can be one: of a complete rule or function, or of a key of an object. */
  'policy-conflict': { readonly kind: 'rule' | 'object' }
  'policy-aborted': { readonly reason: string }
  'policy-deadline': { readonly milliseconds: number }
  'policy-cancelled': Readonly<Record<never, never>>
  'policy-worker-failed': { readonly reason: string }
  'policy-output-unexpected': { readonly path: string; readonly expected: string }
  // OPA bundles; files are named without a leading slash
  'policy-bundle-malformed': { readonly file?: string; readonly reason: string }
  /** Bytes after inflating. */
  'policy-bundle-limit': { readonly allowed: number }
  'policy-bundle-path': { readonly path: string; readonly fault: BundlePathFault }
  /** A document, package or entrypoint stands outside of the roots that the manifest claims. */
  'policy-bundle-roots': { readonly file: string; readonly path: string; readonly roots: readonly string[] }
  /** Two data files of the bundle have values for one place under `data`. */
  'policy-bundle-conflict': { readonly file: string; readonly path: string }
  'policy-bundle-signature': {
    readonly fault: BundleSignatureFault
    readonly file?: string
    readonly keyId?: string
    readonly reason?: string
  }
  'policy-bundle-uncompiled': { readonly policies: number }
  // The Rego compiler
  'rego-compiler-unavailable': { readonly reason: string }
  'rego-compiler-aborted': { readonly reason: string }
  'rego-error': { readonly regoCode: string; readonly reason: string }
  'rego-builtin-unknown': { readonly builtin: string }
  /** No call in Rego could be of this name. */
  'rego-builtin-name': { readonly builtin: string }
  /** One of OPA's, or one that was declared before. */
  'rego-builtin-declared': { readonly builtin: string }
  'rego-no-entrypoint': Readonly<Record<never, never>>
  /** Two documents have values for one place under `data`. */
  'rego-data-conflict': { readonly path: string; readonly first: string; readonly second: string }
}

/** Why a path in a bundle is refused. */
export type BundlePathFault = 'escape' | 'link' | 'device' | 'duplicate'

/** Why a bundle's signature does not vouch for it. */
export type BundleSignatureFault =
  | 'absent'
  | 'no-key'
  | 'malformed'
  | 'key-unknown'
  | 'key-unusable'
  | 'algorithm'
  | 'invalid'
  | 'scope'
  | 'file-unlisted'
  | 'file-absent'
  | 'file-changed'

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

const because = (reason: string | undefined): string => (reason === undefined ? '' : `: ${reason}`)

const PATH_FAULTS: { readonly [F in BundlePathFault]: string } = {
  escape: 'leaves the root of the bundle',
  link: 'is a link',
  device: 'is a device',
  duplicate: 'stands twice',
}

const SIGNATURE_FAULTS: {
  readonly [F in BundleSignatureFault]: (data: ProblemData['policy-bundle-signature']) => string
} = {
  absent: () => 'There is no signature to verify',
  'no-key': () => 'The bundle is signed; give the key to verify it with (--pack-key)',
  malformed: (d) => `The signature of the bundle cannot be read${because(d.reason)}`,
  'key-unknown': (d) => `The bundle is signed with the key ${d.keyId}, which is not among those given`,
  'key-unusable': (d) => `The key ${d.keyId} cannot be used${because(d.reason)}`,
  algorithm: (d) => `The signature of the bundle is not made with the algorithm of the key ${d.keyId}`,
  invalid: (d) => `The signature of the bundle was not made with the key ${d.keyId}`,
  scope: (d) => `The bundle is signed for another scope${because(d.reason)}`,
  'file-unlisted': (d) => `${d.file} is not in the signature of the bundle`,
  'file-absent': (d) => `${d.file} is in the signature of the bundle and not in the bundle`,
  'file-changed': (d) => `${d.file} is not the file that was signed${because(d.reason)}`,
}

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
  'option-needs': { level: 'error', message: (d) => `${d.option} needs ${d.needs}` },
  'nothing-selected': { level: 'error', message: () => 'No control is left to check' },
  'pack-clash': {
    level: 'error',
    message: (d) => `The ${d.what} ${d.id} stands in two packs: ${d.packs.join(' and ')}`,
  },
  'pack-unknown-id': {
    level: 'error',
    message: (d) => `${d.control} of ${d.pack} names the ${d.what} ${d.id}, which no pack has; known: ${list(d.known)}`,
  },
  'pack-invalid': { level: 'error', message: (d) => `Not a pack: ${d.reason}` },
  'pack-refused': { level: 'error', message: (d) => `${d.pack}: ${d.cause.message}` },
  'no-rego': { level: 'error', message: (d) => `There is no .rego file in ${list(d.sources)}` },
  'nothing-to-test': {
    level: 'error',
    message: (d) =>
      `Nothing to test: looked for rules named test_... and cases in examples.yaml${d.run === undefined ? '' : ` whose name matches "${d.run}"`} in ${list(d.sources)} and found none`,
  },
  'example-invalid': {
    level: 'error',
    message: (d) => `${d.path === '' ? '' : `${d.path}: `}expected ${d.expected}`,
  },
  'file-exists': { level: 'error', message: (d) => `Nothing was written: already there: ${list(d.files)}` },
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
    message: (d) => `The rules of these packages are not asked: ${list(d.packages)}; ask with --conftest-package`,
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
    message: (d) =>
      d.entrypoint === ''
        ? `No entrypoint was named, and the module has several: ${list(d.known)}`
        : `The module has no entrypoint ${d.entrypoint}; it has: ${list(d.known)}`,
  },
  'policy-input-malformed': { level: 'error', message: (d) => `The input is not JSON: ${d.reason}` },
  'policy-memory': {
    level: 'error',
    message: (d) => `The evaluation needed more memory than its limit of ${d.maximumPages} pages of 64 KiB`,
  },
  'policy-conflict': {
    level: 'error',
    message: (d) =>
      d.kind === 'rule'
        ? 'A complete rule or a function gave more than one value'
        : 'An object got more than one value for one key',
  },
  'policy-aborted': { level: 'error', message: (d) => `The evaluation was aborted: ${d.reason}` },
  'policy-deadline': { level: 'error', message: (d) => `The evaluation did not end within ${d.milliseconds} ms` },
  'policy-cancelled': { level: 'error', message: () => 'The evaluation was cancelled' },
  'policy-worker-failed': { level: 'error', message: (d) => `The worker failed: ${d.reason}` },
  'policy-output-unexpected': {
    level: 'error',
    message: (d) => `The policy's output does not fit at ${d.path}: expected ${d.expected}`,
  },
  'policy-bundle-malformed': {
    level: 'error',
    message: (d) => `${d.file === undefined ? 'Not an OPA bundle' : `The bundle's ${d.file}`}: ${d.reason}`,
  },
  'policy-bundle-limit': {
    level: 'error',
    message: (d) => `The bundle is larger than the limit of ${d.allowed} bytes after inflating`,
  },
  'policy-bundle-path': { level: 'error', message: (d) => `The bundle's ${d.path} ${PATH_FAULTS[d.fault]}` },
  'policy-bundle-roots': {
    level: 'error',
    message: (d) => `${d.file} has ${d.path}, outside of the roots of the bundle: ${list(d.roots)}`,
  },
  'policy-bundle-conflict': {
    level: 'error',
    message: (d) => `${d.file} has a value for ${d.path}, as another data file of the bundle has`,
  },
  'policy-bundle-signature': { level: 'error', message: (d) => SIGNATURE_FAULTS[d.fault](d) },
  'policy-bundle-uncompiled': {
    level: 'error',
    message: (d) =>
      `The bundle has no policy.wasm but ${d.policies} Rego file${d.policies === 1 ? '' : 's'}; compile it with compileBundle of the entry ./compiler`,
  },
  'rego-compiler-unavailable': { level: 'error', message: (d) => `The Rego compiler cannot be loaded: ${d.reason}` },
  'rego-compiler-aborted': { level: 'error', message: (d) => `The Rego compiler stopped: ${d.reason}` },
  'rego-error': { level: 'error', message: (d) => `${d.regoCode}: ${d.reason}` },
  'rego-builtin-unknown': { level: 'error', message: (d) => `There is no builtin ${d.builtin}` },
  'rego-builtin-name': {
    level: 'error',
    message: (d) => `Not the name of a builtin: ${d.builtin}; expected words with dots between, none a keyword of Rego`,
  },
  'rego-builtin-declared': { level: 'error', message: (d) => `There is a builtin ${d.builtin} already` },
  'rego-no-entrypoint': {
    level: 'error',
    message: () => 'There is no entrypoint: name one, or annotate a rule or package with entrypoint: true',
  },
  'rego-data-conflict': { level: 'error', message: (d) => `${d.path} is defined in ${d.first} and in ${d.second}` },
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
