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
export type { Builtin, Builtins } from './rego/builtin'
export type { Answer as PolicyAnswer } from './rego/instance'
export type { ModuleSource } from './rego/module'
export { type EvaluateOptions, type LoadPolicyOptions, loadPolicy, type Policy } from './rego/policy'
export { definePolicy, type PolicyDefinition } from './rego/typed-policy'
export type { Report } from './report/build'
export { FORMATS, type Format, formatReport } from './report/format'
export { report } from './report/report'
