import * as E from 'fp-ts/Either'
import * as t from 'io-ts'
import { decode, pathText } from '../../codec'
import { type Json, type Path, valueAt } from '../../json'
import { type Problem, problem } from '../../problem'
import { codeOf, dataRead, packageOf } from '../foreign-rego'
import { type Entry, locationOf } from '../parsed-document'
import { type Annotations, annotationsOf } from './annotations'

/** A Rego text of a template and where it stands in its document. */
export interface TemplateRego {
  readonly text: string
  readonly path: Path
}

/** A ConstraintTemplate as far as its rules are concerned. */
export interface Template {
  readonly entry: Entry
  /** The kind of its constraints. */
  readonly kind: string
  readonly annotations: Annotations
  /** What the parameters of its constraints have to be, in OpenAPI's words. */
  readonly schema: Json | undefined
  /** Absent where its code is for another engine, whose name this is. */
  readonly rego?: { readonly version: 'v0' | 'v1'; readonly main: TemplateRego; readonly libs: readonly TemplateRego[] }
  readonly engine: string
  readonly readsInventory: boolean
  /** Whether it reads the Namespace of what it judges. */
  readonly readsNamespace: boolean
}

const strings = t.readonlyArray(t.string)
const source = t.intersection([t.type({ rego: t.string }), t.partial({ libs: strings, version: t.string })])
const code = t.type({ engine: t.string, source: t.UnknownRecord })
const target = t.intersection([
  t.type({ target: t.string }),
  t.partial({ rego: t.string, libs: strings, code: t.readonlyArray(code) }),
])
const template = t.type({
  metadata: t.type({ name: t.string }),
  spec: t.type({
    crd: t.type({ spec: t.type({ names: t.type({ kind: t.string }) }) }),
    targets: t.readonlyArray(target),
  }),
})

const NAMESPACE = /\b(?:namespaceObject|_unstable)\b/
const TARGET = 'admission.k8s.gatekeeper.sh'

const invalid = (entry: Entry, name: string, path: Path, expected: string): Problem =>
  problem(
    'gatekeeper-invalid',
    { kind: 'ConstraintTemplate', name, path: pathText(path), expected },
    locationOf(entry, path),
  )

export const unsupported = (entry: Entry, name: string, feature: string, path: Path = []): Problem =>
  problem('gatekeeper-unsupported', { kind: 'ConstraintTemplate', name, feature }, locationOf(entry, path))

/** Reads a ConstraintTemplate of v1 or v1beta1. */
export const readTemplate = (entry: Entry): E.Either<Problem, Template> => {
  const read = decode(template, entry.value)
  if (E.isLeft(read)) return E.left(invalid(entry, '', read.left.path, read.left.expected))
  const { metadata, spec } = read.right
  const at = spec.targets.findIndex((each) => each.target === TARGET)
  const found = spec.targets[at]
  if (found === undefined) return E.left(invalid(entry, metadata.name, ['spec', 'targets'], `the target ${TARGET}`))
  const annotations = annotationsOf(entry, 'ConstraintTemplate', metadata.name)
  if (E.isLeft(annotations)) return annotations
  const common = {
    entry,
    kind: spec.crd.spec.names.kind,
    annotations: annotations.right,
    schema: valueAt(entry.value, ['spec', 'crd', 'spec', 'validation', 'openAPIV3Schema']),
  }
  const codes = found.code ?? []
  const rego = codes.findIndex(({ engine }) => engine === 'Rego')
  const [other] = codes
  if (rego < 0 && found.rego === undefined && other !== undefined)
    return E.right({ ...common, engine: other.engine, readsInventory: false, readsNamespace: false })
  const place = ['spec', 'targets', at, ...(rego < 0 ? [] : ['code', rego, 'source'])]
  const given = decode(source, rego < 0 ? found : codes[rego]?.source)
  if (E.isLeft(given)) return E.left(invalid(entry, metadata.name, [...place, ...given.left.path], given.left.expected))
  const texts = {
    version: given.right.version === 'v1' ? ('v1' as const) : ('v0' as const),
    main: { text: given.right.rego, path: [...place, 'rego'] },
    libs: (given.right.libs ?? []).map((text, n) => ({ text, path: [...place, 'libs', n] })),
  }
  const wrong = wrongIn(entry, metadata.name, texts.main, texts.libs)
  if (wrong !== undefined) return E.left(wrong)
  const all = [texts.main, ...texts.libs].map(({ text }) => text)
  return E.right({
    ...common,
    engine: 'Rego',
    rego: texts,
    readsInventory: all.some((text) => dataRead(text).includes('inventory')),
    readsNamespace: all.some((text) => NAMESPACE.test(codeOf(text))),
  })
}

/** What Gatekeeper refuses too. */
const wrongIn = (
  entry: Entry,
  name: string,
  main: TemplateRego,
  libs: readonly TemplateRego[],
): Problem | undefined => {
  if (packageOf(main.text) === undefined) return invalid(entry, name, main.path, 'a package')
  const stray = libs.find(({ text }) => !/^lib(?:$|[.[])/.test(packageOf(text) ?? ''))
  if (stray !== undefined) return invalid(entry, name, stray.path, 'a package lib or one below it')
  for (const { text, path } of [main, ...libs]) {
    const other = dataRead(text).find((word) => word !== 'lib' && word !== 'inventory')
    if (other !== undefined)
      return invalid(entry, name, path, `no other data than data.lib and data.inventory, not data.${other}`)
  }
  return undefined
}
