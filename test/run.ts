// Types, lint and format beside the tests, which mostly wait. Usage: tsx test/run.ts [--all] [arguments of vitest]
//   --all   every matrix whole, and every browser story; otherwise a sample of each is played (see sample.ts), and a story only
//           where the sandbox has changed
import { spawn, type SpawnOptions } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { changedFiles } from './changed-files'
import { sampled } from './sample'

/** Browser stories in a sample that changes what the page shows: each takes some 35 s of processor time. */
const STORIES = 1
const SHOWN = /^(sandbox|test\/browser)\//
const BROWSER = 'test/browser'
const CACHE = 'node_modules/.cache/checks'

const all = process.argv.includes('--all')
const givenArguments = process.argv.slice(2).filter((argument) => argument !== '--all')
const seed = Number(process.env['TEST_SEED'] ?? randomInt(1_000_000))

const isCi = Boolean(process.env['CI'])

/** CI lints every file, and without caches, so nothing that they overlook gets past it; a sample what CI has not seen. */
const changed = isCi || all ? undefined : changedFiles()
const files = changed ?? ['.']
const cached = (...options: string[]) => (isCi ? [] : options)

const TYPES_AND_LINT = ['tsx', 'test/types-and-lint.ts', ...cached('--cache', CACHE), ...files]
const FORMAT = ['prettier', '--check', '--log-level', 'warn', '--ignore-unknown', ...cached('--cache'), ...files]
const CHECKS = files.length > 0 ? [TYPES_AND_LINT, FORMAT] : [TYPES_AND_LINT]

/** Resolves to whether it went well. What it has written is printed when it did not. */
async function run([command = '', ...args]: string[], options: SpawnOptions): Promise<boolean> {
  const child = spawn(`node_modules/.bin/${command}`, args, { shell: process.platform === 'win32', ...options })
  const written: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => void written.push(text))
  }
  const code = await new Promise((resolve) => child.on('close', resolve).on('error', resolve))
  if (code !== 0) console.error(`\n${command} ${args[0] ?? ''} has failed.\n${written.join('')}`)
  return code === 0
}

/** One after the other; what a check finds is printed at once. */
async function check(): Promise<boolean> {
  let isClean = true
  for (const each of CHECKS) isClean = (await run(each, { stdio: ['ignore', 'pipe', 'pipe'] })) && isClean
  return isClean
}

/** Leaves out the browser stories that the seed has not drawn. */
function withoutStories(): string[] {
  if (all) return []
  const stories = readdirSync(BROWSER).filter((name) => name.endsWith('.test.ts'))
  const isShown = changed?.some((name) => SHOWN.test(name)) ?? true
  const drawn = sampled(stories, isShown ? STORIES : 0, { seed })
  const played = isShown ? drawn.join(', ') : 'none, since nothing of the sandbox has changed'
  console.log(`Of ${stories.length} browser stories, this run plays ${played}.`)
  return stories.filter((name) => !drawn.includes(name)).flatMap((name) => ['--exclude', `${BROWSER}/${name}`])
}

async function main(): Promise<void> {
  const env = { ...process.env, TEST_SEED: String(seed), TEST_ALL: all ? 'yes' : '' }
  const vitest = ['vitest', 'run', ...withoutStories(), ...givenArguments]
  const [isClean, isGreen] = await Promise.all([check(), run(vitest, { stdio: 'inherit', env })])
  if (!isClean) console.error('Types, lint or format are not clean: see above.')
  process.exitCode = isClean && isGreen ? 0 : 1
}

void main()
