import * as t from 'io-ts'
import { exact } from '../codec'
import type { Json } from '../json'

export const SEVERITIES = ['critical', 'high', 'medium', 'low'] as const
export type Severity = (typeof SEVERITIES)[number]
export const severity = t.union([t.literal('critical'), t.literal('high'), t.literal('medium'), t.literal('low')])

export type Tier = 'core' | 'extended'
export type Unit = 'resource' | 'namespace' | 'cluster'

const json = new t.Type<Json, Json, unknown>(
  'JSON',
  (u): u is Json => u !== undefined,
  (u, context) => (u === undefined ? t.failure(u, context) : t.success(u as Json)),
  t.identity,
)
const strings = t.readonlyArray(t.string)

/** A parameter's type as configuration is checked against it. */
export const parameterType = t.union([
  t.literal('string'),
  t.literal('number'),
  t.literal('boolean'),
  t.literal('strings'),
  t.literal('object'),
  t.literal('list'),
])
export type ParameterType = t.TypeOf<typeof parameterType>

/** A parameter of a control: what it holds unless configuration says otherwise. */
export const parameter = exact('parameter', { type: parameterType, default: json }, {})
export type Parameter = t.TypeOf<typeof parameter>

/** One decidable statement under a checklist item, as the METADATA of its Rego package declares it. */
export const control = exact(
  'control',
  {
    id: t.string,
    item: t.string,
    /** The folder of the control under its item. */
    name: t.string,
    title: t.string,
    description: t.string,
    severity,
    tier: t.union([t.literal('core'), t.literal('extended')]),
    unit: t.union([t.literal('resource'), t.literal('namespace'), t.literal('cluster')]),
    kinds: strings,
    reads: t.readonly(t.record(t.string, strings)),
    needs: strings,
    owned: t.boolean,
    parameters: t.readonly(t.record(t.string, parameter)),
    args: t.readonly(
      t.record(t.string, t.keyof({ string: null, number: null, boolean: null, strings: null, object: null })),
    ),
    message: t.string,
    remediation: t.string,
    sensitive: t.boolean,
    folds: strings,
    mappings: t.readonly(t.record(t.string, strings)),
    relatedResources: strings,
    /** Which of the optional sets the package defines. */
    rules: exact('rules', { undecided: t.boolean, subject: t.boolean }, { violation: t.boolean }),
  },
  { subjects: strings, questions: strings },
)
export type Control = t.TypeOf<typeof control>

const phase = exact('phase', { id: t.string, title: t.string }, { summary: t.string })
const question = exact('question', { id: t.string, phase: t.string, text: t.string }, {})
const link = exact('link', { kind: t.string, title: t.string, url: t.string }, {})
const item = exact(
  'item',
  { id: t.string, phase: t.string, title: t.string, questions: strings, links: t.readonlyArray(link) },
  { summary: t.string },
)

/** The document as data: phases, questions, items, and which items answer which question. */
export const checklistDocument = exact(
  'checklist',
  { phases: t.readonlyArray(phase), questions: t.readonlyArray(question), items: t.readonlyArray(item) },
  { source: t.string, id: t.string, title: t.string, summary: t.string },
)
export type ChecklistDocument = t.TypeOf<typeof checklistDocument>
export type Item = t.TypeOf<typeof item>
export type Question = t.TypeOf<typeof question>
export type Phase = t.TypeOf<typeof phase>

/** An item of another catalogue, and how far this project decides it. */
const frameworkItem = exact(
  'framework item',
  {
    id: t.string,
    title: t.string,
    status: t.union([t.literal('automated'), t.literal('manual'), t.literal('not-applicable')]),
  },
  { reason: t.string },
)
export const framework = exact(
  'framework',
  { name: t.string, title: t.string, version: t.string, items: t.readonlyArray(frameworkItem) },
  { url: t.string, summary: t.string },
)
export type Framework = t.TypeOf<typeof framework>

/** `catalogue.json`, which travels inside the module as the custom section `aks-checklist.catalogue`. */
export const catalogueFile = exact(
  'catalogue',
  {
    schemaVersion: t.literal(1),
    frameworks: t.readonly(t.record(t.string, framework)),
    controls: t.readonlyArray(control),
  },
  { checklist: checklistDocument },
)
export type CatalogueFile = t.TypeOf<typeof catalogueFile>

/** The custom section that holds a pack's catalogue. */
export const CATALOGUE_SECTION = 'aks-checklist.catalogue'

/** The custom section that holds what a pack's Rego reads as `data`. */
export const DATA_SECTION = 'aks-checklist.data'
