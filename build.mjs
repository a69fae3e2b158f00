// Bundles the integration exactly as `bp build` does (CLI 5.5.6, esbuild 0.25), without needing the CLI.
import { build } from 'esbuild'

const entry = `import x from './src/index'; export default x; export const handler = x.handler;`

await build({
  stdin: { contents: entry, resolveDir: process.cwd(), loader: 'ts' },
  outfile: 'dist/index.cjs',
  bundle: true,
  platform: 'node',
  target: 'es2020',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logOverride: { 'equals-negative-zero': 'silent' },
})
