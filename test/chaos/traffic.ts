import type { Exchange } from '../../sandbox/http/wire'
import type { PoolRequest } from '../../sandbox/host/forward'
import type { Sandbox } from '../../sandbox/sandbox'
import { bodyIn, parsed, textIn, type Owners } from './owners'

/** One line of a session's wire. Times are milliseconds since 1970. */
export type Row = {
  at: number
  /** Absent while nobody has answered, and when the connection was cut. */
  endedAt?: number
  to: Exchange['to'] | 'process'
  operation: string
  process?: number
  status?: number
  fault?: string
  gist: string
}

/** What the process of the pool is at work on. */
type Serving = { session: number | undefined; messageId: string }

/** Nothing of a session moves for so long when nothing is under way: hooks of the plugin are seen by nobody. */
const STILL_MS = 2_000
const LOOK_MS = 250
const MOST_EXCHANGES = 2_000

/** Follows every call, and tells whose it is, what is under way, and what was cut off. */
export class Traffic {
  /** Messages whose process was killed before it had answered: Botpress does not hand them over again. */
  readonly cutMessages = new Set<string>()
  private readonly serving = new Map<number, Serving>()
  private readonly moved = new Map<number, number>()
  private readonly rows = new Map<number, Row[]>()
  private readonly open = new Map<Exchange, Row>()
  private pendingAsOf = 0
  /** What is under way, by session. */
  private pending = new Map<number, string>()

  constructor(
    private readonly sandbox: Sandbox,
    private readonly owners: Owners,
  ) {
    for (const { wire } of [sandbox.livechat, sandbox.botpress]) wire.subscribe((exchange) => this.see(exchange))
    sandbox.pool?.log.subscribe(({ kind, process }) => {
      if (['answered', 'killed', 'recycled'].includes(kind)) this.served(process, kind === 'killed')
    })
  }

  /** A process of the pool takes a request. */
  take(process: number, request: PoolRequest): void {
    const body = parsed(request.body.toString('utf8'))
    const session = this.owners.ofRequest(body)
    this.serving.set(process, { session, messageId: textIn(bodyIn(body)['message'], 'id') })
    this.move(session)
  }

  /** The session whose request a process is at work on. */
  servedBy(process: number | undefined): number | undefined {
    return process === undefined ? undefined : this.serving.get(process)?.session
  }

  rowsOf(session: number): readonly Row[] {
    return [...(this.rows.get(session) ?? [])].sort((a, b) => a.at - b.at)
  }

  /** Resolves when nothing about the session is under way, or `mostMs` later. `isBusy`: what only the caller can know. */
  async quiet(session: number, isBusy: () => boolean, mostMs: number): Promise<boolean> {
    const until = performance.now() + mostMs
    this.move(session)
    while (performance.now() < until) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS))
      if (isBusy() || this.underWay(session)) this.move(session)
      else if (performance.now() - (this.moved.get(session) ?? 0) > STILL_MS) return true
    }
    return false
  }

  /** What keeps a session from being quiet; `undefined`: nothing that is seen here. */
  underWay(session: number): string | undefined {
    if ([...this.serving.values()].some((each) => each.session === session)) return 'a request of the integration'
    return this.pendingSessions().get(session)
  }

  /** Sessions with a webhook that LiveChat has still to deliver, or an event that the bot has not processed. */
  private pendingSessions(): ReadonlyMap<number, string> {
    if (performance.now() - this.pendingAsOf < LOOK_MS) return this.pending
    const { livechat, botpress } = this.sandbox
    const webhooks = livechat.webhooks.deliveries().filter(({ outcome }) => outcome === 'pending')
    const events = [...botpress.store.events.values()].filter(({ object }) => object.status === 'pending')
    this.pending = new Map()
    const note = (owner: number | undefined, what: string) => owner !== undefined && this.pending.set(owner, what)
    for (const { action, envelope } of webhooks) note(this.owners.ofDelivery(envelope), `webhook ${action}`)
    for (const { object } of events) {
      const { conversationId, payload, type } = object
      note(this.owners.ofConversation(conversationId ?? textIn(payload, 'conversationId')), `event ${type}`)
    }
    this.pendingAsOf = performance.now()
    return this.pending
  }

  private served(process: number, isKilled: boolean): void {
    const serving = this.serving.get(process)
    if (!serving) return
    this.serving.delete(process)
    this.move(serving.session)
    if (!isKilled || serving.session === undefined) return
    if (serving.messageId) this.cutMessages.add(serving.messageId)
    this.add(serving.session, { at: Date.now(), to: 'process', operation: 'killed', process, gist: '' })
  }

  private move(session: number | undefined): void {
    if (session !== undefined) this.moved.set(session, performance.now())
  }

  private see(exchange: Exchange): void {
    // Botpress hands LiveChat's webhooks on: they stand on LiveChat's wire already.
    if (exchange.to === 'integration' && bodyIn(exchange.requestBody)['req']) return
    const row = this.open.get(exchange) ?? this.begin(exchange)
    if (!row) return
    Object.assign(row, {
      gist: gist(exchange),
      ...(exchange.fault && { fault: exchange.fault }),
      ...(exchange.process !== undefined && { process: exchange.process }),
    })
    if (exchange.endedAt === undefined) return
    Object.assign(row, { status: exchange.status, endedAt: performance.timeOrigin + exchange.endedAt })
    this.open.delete(exchange)
  }

  private begin(exchange: Exchange): Row | undefined {
    this.forget()
    const session = this.ownerOf(exchange)
    if (session === undefined) return undefined
    this.move(session)
    const { to, operation, startedAt } = exchange
    const row = { at: performance.timeOrigin + startedAt, to, operation, gist: '' }
    this.open.set(exchange, row)
    return this.add(session, row)
  }

  private ownerOf({ to, operation, requestBody, process }: Exchange): number | undefined {
    if (to !== 'integration') return this.servedBy(process)
    return operation.startsWith('webhook/') ? this.owners.ofDelivery(requestBody) : this.owners.ofRequest(requestBody)
  }

  private add(session: number, row: Row): Row {
    const rows = this.rows.get(session) ?? []
    this.rows.set(session, rows)
    rows.push(row)
    return row
  }

  /** The wires would hold every body of the whole run. */
  private forget(): void {
    const { livechat, botpress } = this.sandbox
    for (const { wire } of [livechat, botpress]) {
      if (wire.exchanges.length > MOST_EXCHANGES) wire.exchanges.splice(0, MOST_EXCHANGES / 2)
    }
    for (const [exchange] of this.open) {
      if (this.open.size < MOST_EXCHANGES) break
      this.open.delete(exchange) // it was cut long ago
    }
  }
}

const MOST_CHARACTERS = 150

/** The telling part of a request, short. */
function gist({ operation, requestBody, path }: Exchange): string {
  const { payload, event, tags, type, input, message } = bodyIn(requestBody)
  const telling = operation.startsWith('webhook/')
    ? payload
    : (event ?? input ?? (payload === undefined ? undefined : { type, tags, payload }) ?? tags ?? message)
  const text = telling === undefined ? path : JSON.stringify(telling)
  return text.length > MOST_CHARACTERS ? `${text.slice(0, MOST_CHARACTERS)}…` : text
}
