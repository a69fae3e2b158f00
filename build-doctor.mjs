// Bundles `npm run doctor`: the set-up check for the terminal, which needs no Botpress.
import { build } from 'esbuild'

await build({
  entryPoints: ['src/doctor/main.ts'],
  outfile: 'dist/doctor.cjs',
  bundle: true,
  platform: 'node',
  target: 'node20',
  legalComments: 'none',
})
