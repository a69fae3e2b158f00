// Types, lint and format beside the tests, which mostly wait. Usage: run.mjs [--all] [arguments of vitest]
//   --all   every matrix whole; otherwise a sample of each is played (see sample.ts)
import { spawn } from 'node:child_process'
import { buffer } from 'node:stream/consumers'

const all = process.argv.includes('--all')
const vitestArguments = process.argv.slice(2).filter((argument) => argument !== '--all')
const CACHE = 'node_modules/.cache/checks'

/** CI starts without caches, so nothing that they overlook gets past it. */
const cached = (...options) => (process.env['CI'] ? [] : options)

const CHECKS = [
  ['tsc', '--noEmit', ...cached('--incremental', '--tsBuildInfoFile', `${CACHE}/types.json`)],
  ['eslint', '.', ...cached('--cache', '--cache-strategy', 'content', '--cache-location', `${CACHE}/lint.json`)],
  ['prettier', '--check', '--log-level', 'warn', '.', ...cached('--cache', '--cache-location', `${CACHE}/format.json`)],
]

/** Resolves to whether it went well. */
async function run([command, ...args], options) {
  const child = spawn(`node_modules/.bin/${command}`, args, { shell: process.platform === 'win32', ...options })
  const ended = new Promise((resolve) => child.on('close', resolve).on('error', resolve))
  const text = child.stdout ? Promise.all([buffer(child.stdout), buffer(child.stderr)]).then(Buffer.concat) : undefined
  const failed = (await ended) !== 0
  if (failed) console.error(`\n${command} found something:\n${(await text) ?? ''}`)
  return !failed
}

/** One after the other; what a check finds is printed at once. */
async function check() {
  let clean = true
  for (const each of CHECKS) clean = (await run(each, { stdio: ['ignore', 'pipe', 'pipe'] })) && clean
  return clean
}

const env = { ...process.env, ...(all && { TEST_ALL: 'yes' }) }
const [isClean, isGreen] = await Promise.all([check(), run(['vitest', 'run', ...vitestArguments], { stdio: 'inherit', env })])
if (!isClean) console.error('\nTypes, lint or format are not clean: see above.')
process.exitCode = isClean && isGreen ? 0 : 1
