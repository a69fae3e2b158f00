import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'

const SERVE = fileURLToPath(new URL('./serve.ts', import.meta.url))

let program: Promise<string> | undefined

/** `serve.ts` as one plain script, made once. To load `tsx` in each process first would more than double its start. */
export function serveProgram(): Promise<string> {
  program ??= build({ entryPoints: [SERVE], bundle: true, write: false, platform: 'node', format: 'cjs' }).then(
    ({ outputFiles }) => outputFiles[0]?.text ?? '',
  )
  return program
}
