import { defineConfig } from 'tsup'

/**
 * fp-ts and io-ts are bundled: Node cannot import fp-ts by directory as ESM, and its `lib` files cost
 * the browser five times as much. They stay dependencies for the types.
 */
export default defineConfig({
  entry: {
    index: 'src/index.ts',
    node: 'src/node.ts',
    compiler: 'src/compiler/index.ts',
    cli: 'src/cli/main.ts',
  },
  format: ['esm', 'cjs'],
  target: 'es2022',
  dts: { entry: { index: 'src/index.ts', node: 'src/node.ts', compiler: 'src/compiler/index.ts' } },
  splitting: true,
  sourcemap: false,
  clean: true,
  noExternal: ['fp-ts', 'io-ts', /^fp-ts\//, /^io-ts\//],
  shims: true,
})
