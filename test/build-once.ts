import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { TestProject } from 'vitest/node'
import { describeRun } from './sample'

const build = async () => void (await promisify(execFile)(process.execPath, ['build.mjs', '--sourcemap']))

/**
 * Before any test: the bundle that the flow tests run is made of the source as it stands now; while tests are watched, before
 * each run again. The processes of the integration share its compiled code in a folder that goes when the tests end.
 */
export default async function buildOnce(project: TestProject): Promise<() => void> {
  console.log(describeRun())
  const codeCache = mkdtempSync(join(tmpdir(), 'livechat-hitl-'))
  process.env['CODE_CACHE'] = codeCache
  // What a process ran is written when it ends, and coverage is read as soon as the tests have ended.
  if (!process.env['NODE_V8_COVERAGE']) process.env['REUSE_PROCESSES'] = 'yes'
  await build()
  project.onTestsRerun(build)
  return () => rmSync(codeCache, { recursive: true, force: true })
}
