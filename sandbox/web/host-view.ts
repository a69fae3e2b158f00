import type { PoolEvent } from '../host/pool-log'
import type { Exchange } from '../http/wire'
import type { Sandbox } from '../sandbox'
import type { Moment } from './story/tell'
import type { HostView, ProcessEvent } from './view'

type Parts = Pick<Sandbox, 'integrations' | 'pool' | 'botpress'>

/** Events of processes that a page gets, the newest of them. */
const MAX_EVENTS = 60

/** The processes of the integration as they stand, and what has happened to them since `from` (`performance.now()`). */
export function hostView({ integrations, pool, botpress }: Parts, from: number): HostView {
  if (!pool) {
    const running = integrations.map(({ pid }, at) => ({ number: at + 1, pid, state: 'running' as const, served: 0 }))
    return { kind: 'always', size: running.length, processes: running, events: [] }
  }
  const requests = requestsOf(botpress)
  const waiting = requests.filter(({ endedAt }) => endedAt === undefined)
  const now = waiting.length === 1 ? waiting[0]?.operation : undefined
  const processes = [...pool.processes]
    .sort((a, b) => a.number - b.number)
    .flatMap(({ number, pid, state, served }) =>
      state === 'ended' ? [] : [{ number, pid, state, served, ...(state === 'busy' && now !== undefined && { now }) }],
    )
  const seen = { events: pool.log.events, requests }
  const events = seen.events.filter(({ at }) => at >= from).flatMap((event, at) => shown(event, at, seen))
  return { kind: 'pool', size: pool.options.size ?? processes.length, processes, events: events.slice(-MAX_EVENTS) }
}

type Seen = { events: readonly PoolEvent[]; requests: readonly Exchange[] }

function shown(event: PoolEvent, index: number, seen: Seen): ProcessEvent[] {
  const { kind, process, at } = event
  if (kind === 'answered') return [] // the freeze that follows says as much
  const operation = kind === 'thawed' || kind === 'killed' ? operationOf(event, seen) : undefined
  return [{ id: `${index}`, process, kind, atMs: at, ...(operation !== undefined && { operation }) }]
}

const requestsOf = ({ wire }: Parts['botpress']) => wire.exchanges.filter(({ to }) => to === 'integration')

/** What the process was asked; a request names its process when it has been answered. */
function operationOf({ process, request }: PoolEvent, { events, requests }: Seen): string | undefined {
  const at = events.find((event) => event.kind === 'thawed' && event.request === request)?.at
  if (request === undefined || at === undefined) return undefined
  const open = requests.filter(({ startedAt, endedAt = Infinity }) => startedAt <= at && at <= endedAt)
  const its = open.find((exchange) => exchange.process === process)
  const unnamed = open.filter((exchange) => exchange.process === undefined)
  return (its ?? (unnamed.length === 1 ? unnamed[0] : undefined))?.operation
}

/** What the story tells of the processes: those that are killed, and those that take their place. */
export function processMoments({ pool, botpress }: Parts, from: number): Moment[] {
  const seen = { events: pool?.log.events ?? [], requests: requestsOf(botpress) }
  return seen.events
    .filter(({ at }) => at >= from)
    .flatMap((event, index): Moment[] => {
      const { kind, process, at, request } = event
      const told = { id: `process-${index}`, at, who: 'process' as const, calls: [] }
      if (kind === 'started') return [{ ...told, text: `Process ${process} starts. It remembers nothing.` }]
      if (kind !== 'killed') return []
      const operation = operationOf(event, seen)
      const work = operation === undefined ? 'in the middle of a request' : `in the middle of ${operation}`
      return [{ ...told, text: `Process ${process} is killed${request === undefined ? '' : ` ${work}`}.` }]
    })
}
