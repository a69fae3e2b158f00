// Bundles the integration exactly as `bp build` does (CLI 5.5.6, esbuild 0.25), without needing the CLI.
// Usage: build.mjs [entry point without extension] [bundle] [--readable] [--sourcemap]; another entry point is built as an
// integration of its own, and a readable bundle is for profiles. The source map stands beside the bundle, which does not name it.
import { createRequire } from 'node:module'
import { compileFunction } from 'node:vm'
import { build } from 'esbuild'

const OURS = './src/index'
const given = process.argv.slice(2)
const [entryPoint = OURS, outfile = 'dist/index.cjs'] = given.filter((argument) => !argument.startsWith('--'))
const entry = `import x from '${entryPoint}'; export default x; export const handler = x.handler;`

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
  outfile,
  stdin: { contents: entry, resolveDir: process.cwd(), loader: 'ts' },
  absWorkingDir: process.cwd(),
  bundle: true,
  platform: 'node',
  target: 'es2020',
  minify: !given.includes('--readable'),
  sourcemap: given.includes('--sourcemap') ? 'external' : false,
  keepNames: true,
  legalComments: 'none',
  logOverride: { 'equals-negative-zero': 'silent' },
  ...(entryPoint === OURS ? await definedOptions() : {}),
})
