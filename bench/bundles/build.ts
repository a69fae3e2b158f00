import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Our bundle, made by `npm run build`. */
export const OUR_BUNDLE = 'dist/index.cjs'

/** Bundles an integration beside this file by the very recipe of ours; answers the bundle's path. */
export async function buildBundle(name: 'empty' | 'one-message'): Promise<string> {
  const outfile = `dist/bench/${name}.cjs`
  await promisify(execFile)(process.execPath, ['build.mjs', `./bench/bundles/${name}`, outfile])
  return outfile
}
