import { createRequire } from 'node:module'

/** Required and not imported: the package has it bundled without its own builtins, and this is the one it publishes. */
export const opaWasm = createRequire(import.meta.url)('@open-policy-agent/opa-wasm')
