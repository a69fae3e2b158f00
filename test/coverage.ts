// Which lines of `src/` the bundle ran, in percent, and which it did not. Usage: npm run coverage -- [arguments of vitest]
// Only processes of the integration count that ended by themselves: a killed one writes nothing. Tables beside the source run
// outside the bundle and do not count.
import { spawn } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { WRAPPER } from '../sandbox/host/compile'
import { mappingsOf, type Mapping } from './source-map'

const BUNDLE = 'dist/index.cjs'

type Range = { startOffset: number; endOffset: number; count: number }
type Report = { result: { url: string; functions: { ranges: Range[] }[] }[] }

/** Resolves when the tests have ended, whatever came of them. */
async function runTests(folder: string): Promise<void> {
  const env = { ...process.env, NODE_V8_COVERAGE: folder }
  const child = spawn('node_modules/.bin/vitest', ['run', ...process.argv.slice(2)], { stdio: 'inherit', env })
  await new Promise((resolve) => child.on('close', resolve))
}

/** For each character of the bundle, whether any process ran it. */
function ranIn(folder: string, length: number): Uint8Array {
  const everRan = new Uint8Array(length)
  for (const name of readdirSync(folder)) {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Report
    for (const { functions } of result.filter(({ url }) => url.endsWith(BUNDLE))) {
      const ran = new Uint8Array(length)
      // Outer functions and blocks come before those that stand in them.
      for (const { startOffset, endOffset, count } of functions.flatMap(({ ranges }) => ranges)) {
        ran.fill(count > 0 ? 1 : 0, Math.max(0, startOffset - WRAPPER.length), Math.max(0, endOffset - WRAPPER.length))
      }
      ran.forEach((value, offset) => {
        if (value) everRan[offset] = 1
      })
    }
  }
  return everRan
}

/** Lines of each source file that stand in the bundle, with whether one of their characters ran. */
function linesOf(text: string, mappings: Mapping[], ran: Uint8Array): Map<string, Map<number, boolean>> {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
  const files = new Map<string, Map<number, boolean>>()
  for (const { line, column, source, sourceLine } of mappings) {
    if (!/(^|\/)src\//.test(source) || source.includes('node_modules')) continue
    const lines = files.get(source) ?? new Map<number, boolean>()
    const isRun = ran[(starts[line] ?? 0) + column] === 1
    files.set(source, lines.set(sourceLine + 1, isRun || lines.get(sourceLine + 1) === true))
  }
  return files
}

function print(files: Map<string, Map<number, boolean>>): void {
  let [all, covered] = [0, 0]
  for (const [source, lines] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const missed = [...lines].filter(([, isRun]) => !isRun).map(([line]) => line)
    all += lines.size
    covered += lines.size - missed.length
    const percent = Math.round((100 * (lines.size - missed.length)) / lines.size)
    const name = source.replace(/^.*?src\//, 'src/')
    console.log(`${String(percent).padStart(4)} %  ${name}  ${missed.sort((a, b) => a - b).join(' ')}`)
  }
  console.log(`${((100 * covered) / all).toFixed(1)} % of ${all} lines`)
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'livechat-hitl-coverage-'))
  await runTests(folder)
  const text = readFileSync(BUNDLE, 'utf8')
  print(linesOf(text, mappingsOf(readFileSync(`${BUNDLE}.map`, 'utf8')), ranIn(folder, text.length)))
  rmSync(folder, { recursive: true })
}

void main()
