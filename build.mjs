// Bundles the integration exactly as `bp build` does (CLI 5.5.6, esbuild 0.25), without needing the CLI.
import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import { build } from 'esbuild'

const entry = `import x from './src/index'; export default x; export const handler = x.handler;`

/** What the definition wants different, read as `bp` reads it: from the definition itself. */
async function definedOptions() {
  const options = { bundle: true, write: false, platform: 'node', packages: 'external', format: 'cjs' }
  const { outputFiles } = await build({ ...options, entryPoints: ['integration.definition.ts'] })
  const module = { exports: {} }
  const run = compileFunction(outputFiles[0].text, ['module', 'exports', 'require'])
  run(module, module.exports, createRequire(import.meta.url))
  return module.exports.default.__advanced?.esbuild ?? {}
}

await build({
  outfile: 'dist/index.cjs',
  stdin: { contents: entry, resolveDir: process.cwd(), loader: 'ts' },
  absWorkingDir: process.cwd(),
  bundle: true,
  platform: 'node',
  target: 'es2020',
  minify: true,
  keepNames: true,
  legalComments: 'none',
  logOverride: { 'equals-negative-zero': 'silent' },
  ...(await definedOptions()),
})
