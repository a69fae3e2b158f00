// `npm run doctor`: bundles the check of the settings for the terminal, which needs no Botpress, and runs it.
// `npm run doctor -- --sandbox` runs it against the sandbox's LiveChat, so that nobody needs an account to try it.
import { spawn } from 'node:child_process'
import { build } from 'esbuild'

const BUNDLE = 'dist/doctor.cjs'

await build({
  entryPoints: ['src/doctor/main.ts'],
  outfile: BUNDLE,
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
})

const program = process.argv.includes('--sandbox') ? ['--import', 'tsx', 'sandbox/doctor.ts', BUNDLE] : [BUNDLE]
spawn(process.execPath, program, { stdio: 'inherit' }).on('exit', (status) => {
  process.exitCode = status ?? 1
})
