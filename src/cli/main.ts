#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { version } from '../../package.json'
import { type CheckFlags, checkCommand } from './check-command'
import { explainCommand } from './explain-command'
import { type ListFlags, listCommand } from './list-command'
import { repeated } from './options'
import type { ExitCode } from './output'
import { addPackOptions, type PackFlags } from './pack-flags'
import { addPolicyCommands } from './policy/program'

const done = (code: ExitCode): void => {
  process.exitCode = code
}

const program = new Command('aks-checklist')
  .description("Answers Microsoft's AKS cluster and application security checklist, offline")
  .version(version)
  .exitOverride()

const check = program
  .command('check')
  .description('answer the checklist from manifests, Azure resources and snapshots')
  .argument('<input...>', 'files, folders, or - for standard input')
  .option('--format <name>', 'text or json', 'text')
  .option('--output <file>', 'write the report to a file')
  .option('--fail-on <severity>', 'critical, high, medium, low or never (default: high)')
  .option('--fail-on-unknown', 'exit with 1 where something could not be decided')
  .option('--item <id>', 'only this item; may be repeated', repeated)
  .option('--control <id>', 'only this control; may be repeated', repeated)
  .option('--tier <name>', 'core or all (default: core)')
  .option('--framework <name>', 'only controls mapped to this catalogue, cis-aks for one; may be repeated', repeated)
  .option('--without-item <id>', 'all but this item; may be repeated', repeated)
  .option('--without-control <id>', 'all but this control; may be repeated', repeated)
  .option('--config <file>', 'parameters and defaults')
addPackOptions(check)
  .option('--now <instant>', 'the date to judge at, where no snapshot document says it')
  .option('--complete', 'the input is all there is: what is not in it does not exist')
  .option('--cluster <id>', 'the managed cluster that the Kubernetes objects belong to')
  .option('--strict', 'exit with 2 on warnings too')
  .option('--verbose', 'list skipped documents too')
  .option('--no-color', 'no colours')
  .action(async (inputs: readonly string[], flags: CheckFlags) => done(await checkCommand(inputs, flags)))

const list = program
  .command('list')
  .description('what is checked and why, with mappings')
  .option('--item <id>', 'only the controls of this item')
  .option('--framework <name>', 'only the controls mapped to this catalogue, cis-aks for one')
  .option('--format <name>', 'text or json', 'text')
addPackOptions(list).action(async (flags: ListFlags) => done(await listCommand(flags)))

const explain = program
  .command('explain')
  .description('one control: why, how to fix, examples, mappings')
  .argument('<id>', 'AKSC-O1-01, for one')
addPackOptions(explain).action(async (id: string, flags: PackFlags) => done(await explainCommand(id, flags)))

addPolicyCommands(program, done)

try {
  await program.parseAsync()
} catch (error) {
  // Commander has printed what was wrong; asking for help or the version is no error.
  if (error instanceof CommanderError) process.exitCode = error.exitCode === 0 ? 0 : 2
  else {
    process.stderr.write(`error: ${error instanceof Error ? error.message : String(error)}\n`)
    process.exitCode = 2
  }
}
