import type { Options } from './options'
import { KINDS, type Kind, type Violation } from './oracle/violation'
import type { Outcome, Played, Progress } from './run'
import type { Smallest } from './shrink'
import { tell, type Story } from './story'
import type { Row } from './traffic'

const isTerminal = process.stdout.isTTY
const paint = (code: number) => (text: string) => (isTerminal ? `\u001b[${code}m${text}\u001b[0m` : text)
const [bold, dim, red, green] = [paint(1), paint(2), paint(31), paint(32)]

const percent = (rate: number) => `${Number((rate * 100).toPrecision(2))} %`
const plural = (count: number, one: string) => `${count} ${one}${count === 1 ? '' : 's'}`

export function printHeading(options: Options, mostProcesses: number): void {
  const { seed, index, sessions, faults, kills, pool, mode, latestMs } = options
  const what = index === undefined ? `seed ${seed}, ${plural(sessions, 'session')}` : `story ${seed}/${index}`
  const trouble =
    faults + kills > 0 ? `${percent(faults)} of the calls fail, ${percent(kills)} kill a process` : 'nothing fails'
  console.log(bold(`\nChaos: ${what}; ${trouble}`))
  const webhooks = `Webhooks come once to three times, up to ${latestMs / 1_000} s late.`
  console.log(dim(`${webhooks} A pool of ${pool} to ${mostProcesses} processes. Platforms: ${mode.name}.\n`))
}

let lastLine = 0
/** Without a terminal a line every so many milliseconds. */
const LINE_EVERY_MS = 15_000

export function printProgress({ done, all, playing, violations, pace }: Progress, startedAt: number): void {
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  const found = violations > 0 ? red(plural(violations, 'violation')) : 'no violation'
  const text = `  ${done} of ${all} sessions · ${playing} at once · ${found} · load ${pace.load.toFixed(1)} · ${duration(seconds)}`
  if (isTerminal) return void process.stdout.write(`\r\u001b[K${text}`)
  if (Date.now() - lastLine < LINE_EVERY_MS && done < all) return
  lastLine = Date.now()
  console.log(text)
}

const duration = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`

export function printOutcome(
  { played, faults, kills, stalls, failures }: Outcome,
  startedAt: number,
  hasFaults: boolean,
): void {
  const count = played.reduce((sum, { violations }) => sum + violations.length, 0)
  const seconds = Math.round((Date.now() - startedAt) / 1_000)
  const trouble = hasFaults ? `, ${plural(faults, 'fault')}, ${plural(kills, 'kill')}` : ''
  const text = `${count === 0 ? 'No violation' : plural(count, 'violation')} in ${plural(played.length, 'session')}`
  console.log(
    `${isTerminal ? '\r\u001b[K' : ''}\n${bold((count === 0 ? green : red)(text))} ${dim(`(${duration(seconds)}${trouble})`)}`,
  )
  if (stalls.length > 0) {
    const longest = Math.max(...stalls.map(({ ms }) => ms))
    console.log(
      dim(
        `The machine stood still ${plural(stalls.length, 'time')}, for ${longest} ms at the longest: some timeouts may be its own.`,
      ),
    )
  }
  if (!hasFaults && failures.length > 0) {
    console.log(`\nBotpress noted ${plural(failures.length, 'failure')}:`)
    for (const failure of failures.slice(0, 10)) console.log(dim(`  ${failure}`))
  }
}

export type Group = { kind: Kind; cases: { played: Played; violation: Violation }[] }

/** By kind, the most frequent first. */
export function grouped(played: readonly Played[]): Group[] {
  const groups = new Map<Kind, Group>()
  for (const each of played) {
    for (const violation of each.violations) {
      const group = groups.get(violation.kind) ?? { kind: violation.kind, cases: [] }
      groups.set(violation.kind, group)
      group.cases.push({ played: each, violation })
    }
  }
  return [...groups.values()].sort((a, b) => b.cases.length - a.cases.length)
}

const MOST_CASES = 12

export function printGroup({ kind, cases }: Group, number: number): void {
  console.log(`\n${bold(`${number}. ${KINDS[kind]}`)}: ${cases.length}`)
  for (const { played, violation } of cases.slice(0, MOST_CASES)) {
    const { seed, index } = played.session.story
    console.log(`   story ${seed}/${index}: ${violation.detail}`)
  }
  if (cases.length > MOST_CASES) console.log(dim(`   … and ${cases.length - MOST_CASES} more`))
}

export function printSmallest({ story, shows, tries }: Smallest, command: string): void {
  const seen =
    shows > 0 ? `It showed in ${shows} of ${tries} repetitions:` : `It did not show again in ${tries} repetitions of:`
  console.log(`   The smallest story found. ${seen}`)
  for (const line of storyLines(story)) console.log(`     ${line}`)
  console.log(dim(`   ${command}`))
}

export function storyLines({ steps, hasEmail, isNamed }: Story): string[] {
  const address = hasEmail ? 'The bot knows the address' : 'The bot knows no address'
  const named = isNamed ? 'and passes on the conversation and the user' : 'and passes on no ids'
  return [`${address} ${named}.`, ...steps.map((step, place) => `${String(place + 1).padStart(2)}. ${tell(step)}`)]
}

/** The story as it was played, with all calls between its steps. */
export function printTrace({ session, violations }: Played): void {
  const steps = session.ledger.log.map(({ at, text }) => ({ at, text: bold(text) }))
  const calls = session.world.traffic.rowsOf(session.number).map((row) => ({ at: row.at, text: rowText(row) }))
  const all = [...steps, ...calls].sort((a, b) => a.at - b.at)
  const begin = all[0]?.at ?? 0
  console.log(bold(`\nStory ${session.story.seed}/${session.story.index}`))
  for (const { kind, detail } of violations) console.log(red(`  ${KINDS[kind]}: ${detail}`))
  for (const { at, text } of all) console.log(`${((at - begin) / 1_000).toFixed(3).padStart(8)}  ${text}`)
  console.log('')
}

const ARROWS = { integration: '→', livechat: '    LiveChat', botpress: '    Botpress', process: '✕' } as const

function rowText({ to, operation, process, status, fault, gist, at, endedAt }: Row): string {
  if (to === 'process') return red(`    process ${process} killed`)
  const answer = endedAt === undefined ? 'no answer' : `${status} after ${Math.round(endedAt - at)} ms`
  const by = process === undefined ? '' : ` [${process}]`
  const wrong = fault === undefined ? '' : red(` ${fault}`)
  return `${ARROWS[to]}${by} ${operation}: ${answer}${wrong} ${dim(gist)}`
}
