import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { startHandler } from './handler/handler'
import { startInstantPlatforms } from './platforms/instant'
import { fixed, left, right, type Table } from './print/table'

const READABLE_BUNDLE = 'dist/bench/readable.cjs'
const PROFILE = 'dist/bench/agent-text.cpuprofile'
const WEBHOOKS = 3000
const TOP = 25

type Frame = { functionName: string; url: string; lineNumber: number }
type Profile = {
  nodes: { id: number; callFrame: Frame; children?: number[] }[]
  samples: number[]
  timeDeltas: number[]
}

/** Where the time of an agent's text goes, function by function; the whole profile opens in any Chromium. */
export async function profileTable(): Promise<Table> {
  mkdirSync('dist/bench', { recursive: true })
  await promisify(execFile)(process.execPath, ['build.mjs', './src/index', READABLE_BUNDLE, '--readable'])
  const platforms = await startInstantPlatforms()
  const handler = await startHandler(READABLE_BUNDLE, platforms.url)
  try {
    const work = { kind: 'agent-texts', from: 1, to: 2, each: WEBHOOKS, lanes: 1 } as const
    await handler.run({ work })
    await handler.run({ work, profile: PROFILE })
    return tableOf(JSON.parse(readFileSync(PROFILE, 'utf8')) as Profile)
  } finally {
    await handler.stop()
    await platforms.close()
  }
}

function tableOf(profile: Profile): Table {
  const { self, withCallees, all } = times(profile)
  const share = (time = 0) => `${fixed((time / all) * 100)} %`
  const top = [...self].sort(([, a], [, b]) => b - a).slice(0, TOP)
  return {
    key: 'profile',
    title: 'Profile of an agent’s text',
    says: `${WEBHOOKS} webhooks through the bundle, not minified. By the time spent in each function itself. Whole profile: ${PROFILE}`,
    columns: [left('function'), left('where'), right('itself'), right('with what it calls')],
    rows: top.map(([key, time]) => ({ cells: [...key.split('\t'), share(time), share(withCallees.get(key))] })),
    data: top,
  }
}

function times({ nodes, samples, timeDeltas }: Profile) {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)))
  const [self, withCallees] = [new Map<string, number>(), new Map<string, number>()]
  let all = 0
  for (const [index, sample] of samples.entries()) {
    const delta = timeDeltas[index] ?? 0
    const stack = new Set<string>()
    for (let id: number | undefined = sample; id !== undefined; id = parents.get(id)) stack.add(nameOf(byId.get(id)))
    const own = nameOf(byId.get(sample))
    if (own.startsWith('(idle)')) continue
    all += delta
    self.set(own, (self.get(own) ?? 0) + delta)
    for (const name of stack) withCallees.set(name, (withCallees.get(name) ?? 0) + delta)
  }
  return { self, withCallees, all }
}

function nameOf(node: Profile['nodes'][number] | undefined): string {
  if (!node) return '(unknown)\t'
  const { functionName, url, lineNumber } = node.callFrame
  const file = url.split('/').at(-1)
  return `${functionName || '(anonymous)'}\t${file ? `${file}:${lineNumber + 1}` : ''}`
}
