import type { Command } from 'commander'
import { repeated } from '../options'
import type { ExitCode } from '../output'
import { addPackKeyOptions } from '../pack-key'
import { type BuildFlags, policyBuild } from './build-command'
import { type CheckFlags, policyCheck } from './check-command'
import { type FormatFlags, policyFormat } from './fmt-command'
import { type NewControlFlags, policyNewControl, policyNewPack } from './new-command'
import { policyTest, type TestFlags } from './test-command'
import { policyTypes, type TypesFlags } from './types-command'

/** A command on Rego: they all read it in the same versions. */
const onRego = (policy: Command, name: string, description: string): Command =>
  policy
    .command(name)
    .description(description)
    .argument('<path...>', 'folders or files of Rego')
    .option('--rego-version <v0|v1>', 'how Rego without `import rego.v1` is read', 'v1')

const FORBID = [
  '--forbid <builtin>',
  'refuse Rego that calls this builtin, http.send for one; may be repeated',
] as const

/** Adds `policy` to the command. */
export const addPolicyCommands = (program: Command, done: (code: ExitCode) => void): void => {
  const policy = program
    .command('policy')
    .description('Rego of your own: start, format, check, test and build it; no other program needed')
  addNew(policy, done)
  onRego(policy, 'fmt', 'format Rego; exit code 1 where a file is not formatted and --write is not given')
    .option('--write', 'write the formatted text into the files')
    .option('--list', 'name the files that are not formatted (the default without --diff)')
    .option('--diff', 'show what formatting changes')
    .action(async (paths: readonly string[], flags: FormatFlags) => done(await policyFormat(paths, flags)))
  onRego(policy, 'check', 'parse, type-check and read METADATA; exit code 2 where something is wrong')
    .option('--no-strict', 'allow unused imports and variables, and what else OPA calls strict')
    .option(...FORBID, repeated)
    .action(async (paths: readonly string[], flags: CheckFlags) => done(await policyCheck(paths, flags)))
  onRego(
    policy,
    'test',
    'run Rego tests and the cases in examples.yaml; exit code 1 where one fails or all are skipped, 2 where there is none',
  )
    .option('--run <pattern>', 'only tests and cases whose name this regular expression finds')
    .option('--verbose', 'name those that passed too, with what they printed')
    .option('--format <name>', 'text, json, junit or tap', 'text')
    .option('--output <file>', 'write the report to a file')
    .option('--coverage', 'say which lines of the policies were not run')
    .option('--threshold <percent>', 'exit with 1 where fewer lines than this were run')
    .option('--lcov <file>', 'write the coverage to a file as LCOV')
    .action(async (paths: readonly string[], flags: TestFlags) => done(await policyTest(paths, flags)))
  onRego(policy, 'build', 'compile controls to a pack: one file for --pack and loadPack')
    .option('--output <file>', 'the pack to write', 'pack.wasm')
    .option('--optimize <level>', "OPA's optimisation: 0, 1 or 2", '0')
    .option(...FORBID, repeated)
    .action(async (paths: readonly string[], flags: BuildFlags) => done(await policyBuild(paths, flags)))
  const types = policy
    .command('types')
    .description('TypeScript for who uses a pack: ids, args and parameters of its controls')
    .argument('<path>', 'a compiled pack, an OPA bundle, or a folder of controls, Gatekeeper or Conftest policies')
    .option('--output <file>', 'write to a file')
  addPackKeyOptions(types).action(async (path: string, flags: TypesFlags) => done(await policyTypes(path, flags)))
}

const addNew = (policy: Command, done: (code: ExitCode) => void): void => {
  const scaffold = policy
    .command('new')
    .description('start a pack or a control: complete, tested, and meant to be changed')
  scaffold
    .command('pack')
    .description('a folder with one control, its examples, its tests and a README')
    .argument('<dir>', 'the folder; nothing in it is overwritten')
    .action(async (folder: string) => done(await policyNewPack(folder)))
  scaffold
    .command('control')
    .description('one more control in a folder of controls')
    .argument('<dir>', 'the folder; nothing in it is overwritten')
    .requiredOption('--id <id>', 'its id, ACME-01 for one; never to change')
    .requiredOption('--item <id>', 'the item of the checklist that it belongs to, O1 for one')
    .option('--kind <kind>', 'a kind that it judges (default: workloads); may be repeated', repeated)
    .option('--name <name>', 'its folder and package, owner_label for one (default: made from the id)')
    .action(async (folder: string, flags: NewControlFlags) => done(await policyNewControl(folder, flags)))
}
