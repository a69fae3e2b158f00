import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** Before any test: the bundle that the flow tests run is made of the source as it stands now. */
export default async function buildOnce(): Promise<void> {
  await promisify(execFile)(process.execPath, ['build.mjs'])
}
