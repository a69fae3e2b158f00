import type { Outcome } from './cell'
import { BOTPRESS_KINDS, LIVECHAT_KINDS } from './kinds'
import type { PlayedCell } from './matrix'

const SIGN: Record<Outcome, string> = {
  done: 'done',
  retried: 'retried',
  refused: 'refused',
  unmet: '·',
  broken: 'BROKEN',
}

const INTRODUCTION = `# What happens when a remote call fails

Written by \`test/faults/matrix.test.ts\`, which fails when a cell is not one of these:

- **done**: the whole effect, once, at the first attempt (the call is not needed for it, or its answer is not).
- **retried**: the whole effect, once, after the call or the webhook was repeated.
- **refused**: no effect, and the caller gets a sentence of \`src/problems.ts\`, or LiveChat's webhook is answered and the
  log says why. Nothing is left half done: what comes next works as if nothing had happened.
- **·**: the scene did without the call this time.

After each refusal in the first two tables, and after each "cut after the work", "down" and "always 500", the story goes on: the
customer is handed over again where the handoff was refused, both people write, and the agent closes the chat; each message has to
arrive once. "down", "silent" and "always 500" last for the whole scene, the
other faults hit the first call only. Documented error types last as well; at most calls one type stands for all types
that \`src/livechat/failures.ts\` gives the same meaning (or Botpress the same code).

Botpress' own client repeats a call whose connection was cut. An event that was carried out before the cut is therefore told
twice (\`createEvent\`, "cut after the work"); nothing in Botpress recognises the second.
`

/** The whole matrix as Markdown. */
export function report(tables: { title: string; cells: PlayedCell[] }[]): string {
  return [INTRODUCTION, ...tables.map(({ title, cells }) => `## ${title}\n\n${table(cells)}\n`)].join('\n')
}

/** Refusals in order of the documented types: one line for each call, since most calls treat most types alike. */
export function reportTypes(title: string, cells: PlayedCell[]): string {
  const lines = [...groups(cells, ({ call }) => call.operation)].map(([operation, played]) => {
    const outcomes = [...groups(played, (_cell, outcome) => outcome)]
    const told = outcomes.map(
      ([outcome, some]) => `**${outcome}**: ${some.map(({ cell }) => cell.kind.name).join(', ')}`,
    )
    return `| \`${operation}\` | ${told.join('<br>')} |`
  })
  return [`## ${title}`, '', '| Call | Outcome for each documented error |', '|---|---|', ...lines, ''].join('\n')
}

function table(cells: PlayedCell[]): string {
  const kinds = [...new Set([...LIVECHAT_KINDS, ...BOTPRESS_KINDS].map(({ name }) => name))].filter((name) =>
    cells.some(({ cell }) => cell.kind.name === name),
  )
  // A call that was made once by chance, such as for a token that has just run out, says nothing of its scene.
  const calls = [...groups(cells, ({ scene, call }) => `${scene.name} | \`${call.operation}\``)].filter(([, played]) =>
    played.some(({ verdict }) => verdict.outcome !== 'unmet'),
  )
  const rows = calls.map(([row, played]) => {
    const sign = (kind: string) => {
      const found = played.find(({ cell }) => cell.kind.name === kind)
      return found ? SIGN[found.verdict.outcome] : ''
    }
    return `| ${row} | ${kinds.map(sign).join(' | ')} |`
  })
  const head = ['Scene', 'Call', ...kinds]
  return [`| ${head.join(' | ')} |`, `|${head.map(() => '---|').join('')}`, ...rows].join('\n')
}

function groups(
  cells: PlayedCell[],
  keyOf: (cell: PlayedCell['cell'], outcome: Outcome) => string,
): Map<string, PlayedCell[]> {
  const found = new Map<string, PlayedCell[]>()
  for (const played of cells) {
    const key = keyOf(played.cell, played.verdict.outcome)
    found.set(key, [...(found.get(key) ?? []), played])
  }
  return found
}

/** By what `outcomesIn` finds a cell: documented errors are written once for each call, whatever the scene. */
export function outcomeKey({ scene, call, kind, alone }: PlayedCell['cell']): string {
  return `${alone ? '' : `${scene.name} | `}${call.operation} | ${kind.name}`
}

/** What the page says of each cell. */
export function outcomesIn(page: string): Map<string, string> {
  const rows = page.split('\n').filter((line) => line.startsWith('| '))
  let head: string[] = []
  const cells = rows.flatMap((row) => {
    const [first = '', second = '', ...signs] = row.slice(2, -2).split(' | ')
    if (first === 'Scene' || first === 'Call') head = signs
    else if (head.length === 0) return typesIn(first, second)
    else
      return signs.map((sign, index) => [`${first} | ${bare(second)} | ${head[index] ?? ''}`, outcomeOf(sign)] as const)
    return []
  })
  return new Map(cells.filter(([, outcome]) => outcome !== ''))
}

/** `**refused**: Unknown, Forbidden<br>**done**: …` */
function typesIn(call: string, outcomes: string) {
  return outcomes.split('<br>').flatMap((part) => {
    const [, outcome = '', types = ''] = /^\*\*(\w+)\*\*: (.*)$/.exec(part) ?? []
    return types.split(', ').map((type) => [`${bare(call)} | ${type}`, outcome] as const)
  })
}

const bare = (text: string) => text.replaceAll('`', '')
const outcomeOf = (sign: string) => Object.entries(SIGN).find(([, each]) => each === sign.trim())?.[0] ?? ''
