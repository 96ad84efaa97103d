import { defineConfig } from 'tsup'

/**
 * opa-wasm brings builtins of its own, with an older YAML reader and a printf, 28 KB after gzip. This package supplies
 * all builtins itself (`src/rego/builtins`), so they would be loaded for nothing.
 */
const withoutForeignBuiltins = {
  name: 'without-foreign-builtins',
  setup: (build: {
    onLoad: (options: { filter: RegExp }, load: () => { contents: string; loader: 'js' }) => void
  }): void => {
    build.onLoad({ filter: /opa-wasm[\\/]src[\\/]builtins[\\/]index\.js$/ }, () => ({
      contents: 'module.exports = {}',
      loader: 'js',
    }))
  },
}

/** What users import. */
const ENTRIES = {
  index: 'src/index.ts',
  node: 'src/node.ts',
  compiler: 'src/compiler/index.ts',
  worker: 'src/worker/index.ts',
}

/**
 * fp-ts and io-ts are bundled: Node cannot import fp-ts by directory as ESM, and its `lib` files cost
 * the browser five times as much. They stay dependencies for the types. The WASI host is ESM only, which older Node cannot require.
 */
export default defineConfig({
  entry: { ...ENTRIES, 'policy-thread': 'src/policy-thread.ts', cli: 'src/cli/main.ts' },
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: { entry: ENTRIES },
  splitting: true,
  sourcemap: false,
  clean: true,
  noExternal: ['fp-ts', 'io-ts', /^fp-ts\//, /^io-ts\//, '@open-policy-agent/opa-wasm', '@bjorn3/browser_wasi_shim'],
  esbuildPlugins: [withoutForeignBuiltins],
  // CommonJS has no import.meta.url; the shim that tsup has for it would bring Node's modules into the browser's code.
  banner: ({ format }) =>
    format === 'cjs'
      ? { js: "const importMetaUrl = new URL('file:' + __filename.replace(/[%?#]/g, encodeURIComponent)).href" }
      : {},
  esbuildOptions: (options, { format }) => {
    if (format !== 'cjs') return
    options.define = { ...options.define, 'import.meta.url': 'importMetaUrl' }
    // The command and the thread are started by their files, as ESM, also by who required the package.
    options.entryPoints = ENTRIES
  },
})
