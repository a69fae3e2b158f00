import type { Fault, Met } from '../../sandbox/http/faults'
import { conflict } from '../../sandbox/botpress'
import { errorAnswer } from '../../sandbox/livechat'
import { Dice, fraction } from './dice'

export type Rates = {
  /** Share of the calls that fail, 0 to 1. */
  faults: number
  /** Share of the integration's own calls at which its process is killed, 0 to 1. */
  kills: number
}

/** Which session's call something is; `undefined` where that cannot be told. */
type OwnerOf = (met: Met) => number | undefined

type Weighted = readonly (readonly [weight: number, fault: Omit<Fault, 'operation'>])[]

const HTML = '<html><body><h1>503 Service Unavailable</h1></body></html>'
const answer = (
  given: { status: number; body: unknown },
  headers?: Record<string, string>,
): Omit<Fault, 'operation'> => ({
  kind: 'answer',
  ...given,
  ...(headers && { headers }),
})
const botpressError = (type: string, code: number) => ({
  status: code,
  body: { id: 'err_chaos', code, type, message: `${type}: drawn by chance` },
})

const LIVECHAT: Weighted = [
  [3, answer(errorAnswer('internal'))],
  [2, answer({ status: 503, body: HTML })],
  [2, answer(errorAnswer('too_many_requests'))],
  [1, answer(errorAnswer('too_many_requests'), { 'retry-after': '1' })],
  [2, { kind: 'refuse' }],
  [4, { kind: 'reset-after' }],
  [1, { kind: 'silence' }],
]
const BOTPRESS_READS: Weighted = [
  [3, answer(botpressError('Internal', 500))],
  [2, answer({ status: 503, body: HTML })],
  [2, answer(botpressError('RateLimited', 429), { 'retry-after': '1' })],
  [2, { kind: 'refuse' }],
  [3, { kind: 'reset-after' }],
  [0.5, { kind: 'silence' }],
]
const BOTPRESS_WRITES: Weighted = [
  ...BOTPRESS_READS,
  [2, conflict('', 'ResourceLockedConflict')],
  [1, conflict('', 'AlreadyExists')],
]
/** The work is done, and the bot's client calls again. */
const ACTIONS: Weighted = [
  [2, { kind: 'reset-after' }],
  [1, { kind: 'answer-after', status: 502, body: HTML }],
]
/** The work is done; Botpress is not known to hand a message over again. */
const MESSAGES: Weighted = [[1, { kind: 'reset-after' }]]
/** LiveChat sends the webhook again. */
const WEBHOOKS: Weighted = [
  [2, { kind: 'refuse' }],
  [2, { kind: 'reset-after' }],
  [1, answer({ status: 502, body: HTML })],
  [0.5, { kind: 'silence' }],
]

/** The words and files of people come from elsewhere. */
const SPARED = ['cdn/get', 'register', 'unregister']

/**
 * Draws what goes wrong. The nth call of an operation in a session always draws the same, whatever other sessions do
 * meanwhile.
 */
export class Trouble {
  private readonly counts = new Map<string, number>()
  private readonly spared = new Set<number>()
  /** How many faults and kills there were. */
  faults = 0
  kills = 0

  constructor(
    private readonly name: (session: number) => string,
    private readonly rates: Rates,
    private readonly ownerOf: OwnerOf,
  ) {}

  /** From now on nothing goes wrong for this session: only what went wrong before may show. */
  spare(session: number): void {
    this.spared.add(session)
  }

  readonly atLiveChat = (met: Met): Fault | undefined =>
    this.draw(met, met.operation.startsWith('webhook/') ? WEBHOOKS : LIVECHAT)

  readonly atBotpress = (met: Met): Fault | undefined => {
    const { operation } = met
    if (operation.startsWith('webhook')) return undefined // cut at LiveChat's side
    if (operation.startsWith('action/')) return met.body === undefined ? undefined : this.draw(met, ACTIONS)
    if (operation.startsWith('message/')) return this.draw(met, MESSAGES)
    return this.draw(met, /^(get|list)(?!Or)/.test(operation) ? BOTPRESS_READS : BOTPRESS_WRITES)
  }

  /** Whether the process that makes this call is killed at it. */
  killsAt(met: Met): boolean {
    const session = this.ownerOf(met)
    if (this.rates.kills === 0 || session === undefined || this.spared.has(session)) return false
    const isHit = fraction(this.next(session, `kill ${met.operation}`)) < this.rates.kills
    if (isHit) this.kills += 1
    return isHit
  }

  private draw(met: Met, kinds: Weighted): Fault | undefined {
    const session = this.ownerOf(met)
    if (this.rates.faults === 0 || session === undefined) return undefined
    if (this.spared.has(session) || SPARED.includes(met.operation)) return undefined
    const dice = new Dice(this.next(session, met.operation))
    if (!dice.chance(this.rates.faults)) return undefined
    this.faults += 1
    return { ...dice.weigh(kinds), operation: met.operation }
  }

  /** The name of the next draw. */
  private next(session: number, what: string): string {
    const key = `${session} ${what}`
    const count = (this.counts.get(key) ?? 0) + 1
    this.counts.set(key, count)
    return `${this.name(session)}/${what}/${count}`
  }
}
