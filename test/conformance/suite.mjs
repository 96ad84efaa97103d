import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const GO_MODULE = fileURLToPath(new URL('../../wasm/rego', import.meta.url))

/** Where the cases stand in OPA's source, and what OPA leaves out for compiled modules. */
const CASES = 'v1/test/cases/testdata'
const EXCEPTIONS = 'internal/wasm/sdk/test/e2e/exceptions.yaml'

const sourceOfGoModule = () => {
  try {
    const list = ['list', '-m', '-f', '{{.Dir}}', 'github.com/open-policy-agent/opa']
    return execFileSync('go', list, { cwd: GO_MODULE, encoding: 'utf8' }).trim()
  } catch {
    throw new Error(`OPA's cases come with its Go module, for which Go is needed; or name their folder with --cases`)
  }
}

/** OPA's version, as the shipped compiler has it. */
export const opaVersion = () =>
  /open-policy-agent\/opa v(\S+)/.exec(readFileSync(join(GO_MODULE, 'go.mod'), 'utf8'))?.[1]

/** The files of OPA's cases, in order, and the notes of the cases that OPA does not count. */
export const openSuite = (named) => {
  const folder = named === undefined ? join(sourceOfGoModule(), CASES) : resolve(named)
  const exceptions = join(folder, ...CASES.split('/').map(() => '..'), EXCEPTIONS)
  for (const needed of [join(folder, 'v0'), join(folder, 'v1'), exceptions]) {
    if (!existsSync(needed)) {
      throw new Error(
        `${needed} is missing: "go mod download" in wasm/rego gets OPA's source, and --cases names ${CASES} in a copy of it`,
      )
    }
  }
  return {
    files: ['v0', 'v1'].flatMap((version) => filesOf(folder, version)),
    excluded: new Set(Object.keys(parse(readFileSync(exceptions, 'utf8')))),
  }
}

const filesOf = (folder, version) =>
  readdirSync(join(folder, version), { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .map((file) => ({ version, folder: dirname(file), path: join(folder, version, file) }))
