export { type BuildPackOptions, buildPack } from './build-pack'
export { type BuiltinOptions, callBuiltin, opaBuiltinProvider, opaBuiltins } from './builtins'
export type { RegoOptions } from './call'
export {
  type Capabilities,
  type CapabilitiesOptions,
  type ChangeCapabilitiesOptions,
  regoCapabilities,
} from './capabilities'
export { type CheckRegoOptions, checkRego } from './check-rego'
export { type CompileBundleOptions, type CompiledBundle, compileBundle } from './compile-bundle'
export { type CompiledRego, type CompileRegoOptions, compileRego } from './compile-rego'
export { type LoadRegoCompilerOptions, loadRegoCompiler, type RegoCompiler } from './compiler'
export { type BuildConftestPackOptions, buildConftestPack } from './conftest/build-conftest-pack'
export { type DataOptions, type DataSource, mergeData } from './data'
export { type BuiltinArgs, type BuiltinDeclaration, declareBuiltins } from './declare-builtins'
export { forbid } from './forbid'
export type { ForeignPack, ForeignPackOptions } from './foreign-pack'
export { type FormatChange, formatChanges, formatRego } from './format-rego'
export { buildGatekeeperPack, holdsGatekeeper } from './gatekeeper/build-gatekeeper-pack'
export { type Annotation, type InspectedModule, inspectRego } from './inspect-rego'
export type { CompilerModule } from './module'
export type { PackData } from './pack-catalogue'
export type { BuiltPack } from './pack-module'
export { packTypes, packTypesModule, type TypedCatalogue } from './pack-types'
export type { ParsedDocument } from './parsed-document'
export type {
  RegoArrayType,
  RegoObjectType,
  RegoRecordType,
  RegoSetType,
  RegoTupleType,
  RegoType,
  RegoUnionType,
} from './rego-type'
export type { NamedText, RegoSource } from './source'
export {
  type Coverage,
  type FailedExpression,
  type RegoTestCase,
  type RegoTestReport,
  type RegoTestResult,
  type TestRegoOptions,
  testRego,
} from './test-rego'
export { formatTestReport, TEST_FORMATS, type TestFormat } from './test-report/format'
export type { TestFormatOptions } from './test-report/text'
