import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** The package is imported by its own name: from `src`, or from the built `dist` with TEST_DIST=1. */
const entry = (name: string): string =>
  fileURLToPath(
    new URL(
      process.env['TEST_DIST']
        ? `./dist/${name}.js`
        : `./src/${name === 'compiler' || name === 'worker' ? `${name}/index` : name}.ts`,
      import.meta.url,
    ),
  )

export default defineConfig({
  resolve: {
    alias: [
      { find: /^aks-checklist$/, replacement: entry('index') },
      { find: /^aks-checklist\/node$/, replacement: entry('node') },
      { find: /^aks-checklist\/compiler$/, replacement: entry('compiler') },
      { find: /^aks-checklist\/worker$/, replacement: entry('worker') },
    ],
  },
  test: {
    include: ['test/**/*.test.ts'],
    // Files that share a process share OPA's compiler, whose start is most of what many of them take.
    isolate: false,
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    typecheck: { enabled: true, include: ['test/**/*.test-d.ts'], tsconfig: './tsconfig.json' },
  },
})
