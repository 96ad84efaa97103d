export type { Answer } from './answer/answers'
export type { Catalogue } from './catalogue/catalogue'
export type {
  ChecklistDocument,
  Control,
  Framework,
  Item,
  Phase,
  Question,
  Severity,
  Tier,
  Unit,
} from './catalogue/control'
export type { ControlArgs, ControlId, ItemId, QuestionId } from './catalogue/ids.generated'
export type { Selection } from './catalogue/selection'
export { type Checklist, type CheckOptions, checklistOf, loadChecklist } from './check'
export { exact } from './codec'
export type { ParameterOverrides } from './evaluation/parameters'
export { type AppliedWaiver, type Finding, isFindingOf, type ResourceIdentity } from './finding/finding'
export type { Verdict } from './finding/verdict'
export type { Json, JsonObject, Path } from './json'
export type { Source } from './manifest/index'
export { type LoadPackOptions, loadPack, type Pack } from './pack/pack'
export {
  type BundlePathFault,
  type BundleSignatureFault,
  type Location,
  levelOf,
  type PolicyProblem,
  type Position,
  type Problem,
  type ProblemCode,
  type ProblemData,
  type ProblemLevel,
  type Range,
} from './problem'
export {
  type Builtin,
  type BuiltinContext,
  type BuiltinDefinition,
  BuiltinRefusal,
  type Builtins,
  defineBuiltin,
  type ValueBuiltin,
} from './rego/builtin'
export type { BundleSource } from './rego/bundle/archive-bytes'
export { type Bundle, type BundlePolicy, type ReadBundleOptions, readBundle } from './rego/bundle/bundle'
export type { BundleFile } from './rego/bundle/file'
export { type BundledPolicy, type LoadBundleOptions, loadBundle } from './rego/bundle/load-bundle'
export type { BundleEntrypoint, BundleRegoVersion } from './rego/bundle/manifest'
export type { BundleKey, BundleVerification, SignatureAlgorithm } from './rego/bundle/verification'
export { decimal, integer, mapOf, setOf } from './rego/codec'
export { formatTerm } from './rego/format-term'
export type { Answer as PolicyAnswer, ValueAnswer } from './rego/instance'
export type { CompiledModule, ModuleSource } from './rego/module'
export { Decimal, type RegoNumber } from './rego/number'
export {
  type BuiltinProvider,
  type EvaluateOptions,
  type EvaluateTextOptions,
  type LoadPolicyOptions,
  loadPolicy,
  type Policy,
} from './rego/policy'
export type { Printed, PrintSink } from './rego/print'
export {
  definePolicy,
  type PolicyDefinition,
  type TypedPolicy,
  type TypedPolicyOverData,
} from './rego/typed-policy'
export {
  compareValues,
  type RegoEntry,
  RegoMap,
  type RegoObject,
  RegoSet,
  type RegoValue,
  toJson,
} from './rego/value'
export type { Report } from './report/build'
export { FORMATS, type Format, formatReport } from './report/format'
export { report } from './report/report'
