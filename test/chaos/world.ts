import { randomly } from '../../sandbox/host/choice'
import { seeded } from '../../sandbox/random'
import { REALISTIC } from '../../sandbox/botpress'
import { defaults, type Drawn } from '../../sandbox/livechat'
import type { Exchange } from '../../sandbox/http/wire'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'
import { withMode, type Mode } from '../modes'
import { Owners } from './owners'
import { Traffic } from './traffic'
import { Trouble, type Rates } from './trouble'

export type WorldOptions = Rates & {
  seed: number
  /** Processes that the pool keeps ready, and the most that it may have. */
  pool: { size: number; max: number }
  mode: Mode
  /** How late a webhook may come, in milliseconds. */
  latestMs: number
}

/** Logins of the team, in the order of `TEAM`. */
export const LOGINS = [defaults.MARIA, defaults.OMAR, 'nina@acme.test'] as const

/**
 * LiveChat's pauses between its attempts, times this: 1.5, 4.5 and 9 s. What a killed process held is free 11 s later at the
 * latest, which must be before the last attempt.
 */
const TIME_SCALE = 0.3
const LATENCY = { minMs: 60, maxMs: 140 }
/** Share of the webhooks that come twice; of these so many come a third time. */
const DUPLICATE_RATE = 0.25
/** Two of three webhooks come at once, one of ten later than half of the longest delay. */
const SKEW = 6

/** Both platforms with all that may happen between them, and a pool of the integration. */
export type World = {
  readonly options: WorldOptions
  readonly sandbox: Sandbox
  readonly owners: Owners
  readonly traffic: Traffic
  readonly trouble: Trouble
  /** Gives a session of this run its number; what chance does to it goes by the name. */
  enter(name: string): number
  close(): Promise<void>
}

/** Opens a world without a bot: the stories run the cards of the plugin themselves. */
export async function openWorld(options: WorldOptions): Promise<World> {
  const names: string[] = []
  const nameOf = (session: number) => names[session - 1] ?? ''
  // The sandbox is not there yet when its parts learn whom to ask.
  const parts: { traffic?: Traffic; owners?: Owners } = {}
  const counts = new Map<string, number>()
  const drawnBy = ({ id, action, envelope }: Drawn) => {
    const session = parts.owners?.ofDelivery(envelope)
    if (session === undefined) return String(id)
    const key = `${nameOf(session)}/${action}`
    counts.set(key, (counts.get(key) ?? 0) + 1)
    return `${key}/${counts.get(key)}`
  }
  const sandbox = await startSandbox(sandboxOptions(options, drawnBy, parts))
  for (const id of LOGINS) sandbox.livechat.agents.add({ id, name: nameOfLogin(id), maxChats: 100_000 })
  const owners = new Owners(sandbox.livechat, sandbox.botpress)
  const traffic = new Traffic(sandbox, owners)
  Object.assign(parts, { owners, traffic })
  const trouble = makeTrouble({ sandbox, owners, traffic }, options, nameOf)
  return {
    options,
    sandbox,
    owners,
    traffic,
    trouble,
    enter: (name) => names.push(name),
    close: () => sandbox.close(),
  }
}

function sandboxOptions(
  { seed, pool, mode, latestMs }: WorldOptions,
  drawnBy: (delivery: Drawn) => string,
  parts: { traffic?: Traffic },
): SandboxOptions {
  const anyFrozen = randomly(seeded(seed))
  const choose: typeof anyFrozen = (frozen, request) => {
    const chosen = anyFrozen(frozen, request)
    if (chosen) parts.traffic?.take(chosen.number, request)
    return chosen
  }
  const delayMs = { min: 0, max: latestMs, skew: SKEW }
  const webhooks = { timeScale: TIME_SCALE, duplicateRate: DUPLICATE_RATE, seed, delayMs, drawnBy }
  const lostAnswer = seed % 2 === 0 ? 'cut' : 'bad-gateway'
  const options: SandboxOptions = {
    bot: null,
    processes: { pool: { ...pool, choose, lostAnswer } },
    latency: { ...LATENCY, seed },
    livechat: { webhooks, chats: { severalPublicAgents: true } },
    botpress: { ...REALISTIC, seed },
  }
  return withMode(options, mode)
}

const nameOfLogin = (login: string) => login.charAt(0).toUpperCase() + login.slice(1, login.indexOf('@'))

type Parts = Pick<World, 'sandbox' | 'owners' | 'traffic'>

function makeTrouble({ sandbox, owners, traffic }: Parts, rates: Rates, nameOf: (session: number) => string): Trouble {
  const { livechat, botpress, pool } = sandbox
  const trouble = new Trouble(nameOf, rates, ({ operation, process, body }) => {
    if (process !== undefined) return traffic.servedBy(process)
    return operation.startsWith('webhook/') ? owners.ofDelivery(body) : owners.ofRequest(body)
  })
  livechat.faults.chance = trouble.atLiveChat
  botpress.faults.chance = trouble.atBotpress
  const kill = ({ to, operation, process, endedAt }: Exchange) => {
    if (to === 'integration' || process === undefined || endedAt !== undefined) return
    if (trouble.killsAt({ operation, process })) void pool?.kill(process)
  }
  for (const { wire } of [livechat, botpress]) wire.subscribe(kill)
  return trouble
}

/** Chats of a session's customers at LiveChat, oldest first. */
export function chatsOf({ sandbox, owners }: World, session: number) {
  return [...sandbox.livechat.store.chats.values()].filter(({ id }) => owners.ofChat(id) === session)
}

/** Handoffs of the plugin that began in one of these upstream conversations, oldest first. */
export function handoffsIn({ sandbox }: World, upstreamIds: readonly string[]) {
  return sandbox.installation.sessions.filter(({ upstreamId }) => upstreamIds.includes(upstreamId))
}
