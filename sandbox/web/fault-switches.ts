import type { LiveChat } from '../livechat'
import type { Fault } from '../http/faults'
import type { Sandbox } from '../sandbox'
import type { FaultSwitch } from './view'

type Switch = Omit<FaultSwitch, 'on' | 'kind'> & {
  kind?: FaultSwitch['kind']
  /** Faults on calls to LiveChat. */
  livechat?: Fault[]
  /** Faults on calls to Botpress. */
  botpress?: Fault[]
  /** What else is done while it is on. */
  also?: (livechat: LiveChat) => unknown
  /** Kills whichever process makes the next call. */
  kills?: boolean
}

const always = { times: Infinity }
const error = (type: string, message: string) => ({ error: { type, message } })
const refusedMessage = (status: number, type: string, message: string): Fault => ({
  operation: 'customer/send_event',
  kind: 'answer',
  status,
  body: error(type, message),
})

/** Order in which the page lists them. Faults on calls hit some and let others through, so that there is a way on. */
const SWITCHES: Switch[] = [
  {
    id: 'refused',
    label: 'LiveChat refuses a message',
    hint: 'The next message of the customer is answered 400.',
    sees: 'The message is marked as not delivered, with the reason.',
    livechat: [refusedMessage(400, 'validation', 'Refused by the sandbox')],
  },
  {
    id: 'expired-token',
    label: 'The customer’s token has expired',
    hint: 'The next message of the customer is answered 401, once.',
    sees: 'Nothing: the integration gets a new token and repeats the call.',
    livechat: [refusedMessage(401, 'authentication', 'Token has expired')],
  },
  {
    id: 'too-many',
    label: 'LiveChat: too many requests (429)',
    hint: 'The next message of the customer is refused twice.',
    sees: 'The message arrives about a second later.',
    livechat: [{ ...refusedMessage(429, 'too_many_requests', 'Too many requests'), times: 2 }],
  },
  {
    id: 'livechat-down',
    label: 'LiveChat: service unavailable (503)',
    hint: 'The next two calls for the customer fail.',
    sees: 'The message arrives about a second later.',
    livechat: [
      {
        operation: 'customer/*',
        kind: 'answer',
        status: 503,
        body: error('service_unavailable', 'Service unavailable'),
        times: 2,
      },
    ],
  },
  {
    id: 'botpress-down',
    label: 'Botpress: internal error (500)',
    hint: 'Botpress does not store the next message of an agent.',
    sees: 'The customer reads the message some seconds later, once.',
    botpress: [
      {
        operation: 'getOrCreateMessage',
        kind: 'answer',
        status: 500,
        body: { id: 'err_sandbox', code: 500, type: 'Internal', message: 'An internal error occurred' },
      },
    ],
  },
  {
    id: 'slow',
    label: 'LiveChat is slow',
    hint: 'Each call takes a second longer, until you switch this off.',
    sees: 'Messages arrive late, in the right order.',
    livechat: [{ operation: '*', kind: 'slow', delayMs: 1_000, ...always }],
  },
  {
    id: 'cut',
    label: 'The answer is lost after the work was done',
    hint: 'LiveChat takes the next message, and the connection is cut.',
    sees: 'The agent reads the message once, although it is sent again.',
    livechat: [{ operation: 'customer/send_event', kind: 'reset-after' }],
  },
  {
    id: 'killed',
    label: 'A process is killed at its next call',
    hint: 'LiveChat or Botpress still does what the call asks. The integration gives no answer.',
    sees: 'A message of the customer is marked: maybe not delivered. The agent reads it once.',
    kills: true,
  },
  {
    id: 'duplicates',
    label: 'Webhooks arrive twice',
    hint: 'LiveChat delivers each webhook twice, until you switch this off.',
    sees: 'The customer reads each message once.',
    also: ({ webhooks }) => webhooks.disturb({ kind: 'duplicate', copies: 2, ...always }),
  },
  {
    id: 'late',
    label: 'Webhooks overtake one another',
    hint: 'Messages of agents come 1.5 s after everything else, until you switch this off.',
    sees: 'The customer still reads the last words of the agent before the bot takes over.',
    also: ({ webhooks }) => webhooks.disturb({ kind: 'delay', action: 'incoming_event', delayMs: 1_500, ...always }),
  },
  {
    id: 'shuffled',
    label: 'Webhooks wait and come shuffled',
    hint: 'LiveChat holds its webhooks while this is on. Then they come in a random order.',
    sees: 'The customer reads nothing for now, and each message once when you switch this off.',
    also: ({ webhooks }) => webhooks.hold(),
  },
  {
    id: 'no-notes',
    kind: 'open',
    label: 'Chats have no field for private notes',
    hint: 'LiveChat says so of some widgets. Nobody knows whether it holds for this channel.',
    sees: 'Agents write “/bot refund” as a reply. The customer does not see it.',
    also: ({ settings }) => (settings.desk.privateNotes = false),
  },
  {
    id: 'summary-content',
    kind: 'open',
    label: 'Summaries come as title and points',
    hint: 'LiveChat documents two forms of a summary: one text, or a title with points.',
    sees: 'Nothing: the bot gets the same summary.',
    also: ({ settings }) => (settings.chats.summaryForm = 'content'),
  },
]

/** The switches of the page. A fault that has hit as often as it should switches itself off. */
export class FaultSwitches {
  private on = new Set<string>()
  /** Events of the pool that there were when a kill was ordered. */
  private eventsBefore = 0

  constructor(private readonly sandbox: Pick<Sandbox, 'livechat' | 'botpress' | 'pool'>) {}

  view(): FaultSwitch[] {
    for (const each of SWITCHES) if (this.isUsedUp(each)) this.on.delete(each.id)
    return SWITCHES.filter(({ kills }) => !kills || this.sandbox.pool).map(
      ({ id, kind = 'fault', label, hint, sees }) => ({
        id,
        kind,
        label,
        hint,
        sees,
        on: this.on.has(id),
      }),
    )
  }

  set(id: string, on: boolean): void {
    if (!SWITCHES.some((each) => each.id === id)) throw new Error(`There is no fault "${id}".`)
    const wasHeld = this.on.has('shuffled')
    if (on) this.on.add(id)
    else this.on.delete(id)
    this.apply()
    if (wasHeld && !this.on.has('shuffled')) this.sandbox.livechat.webhooks.release('shuffled')
  }

  /** After a reset of the platforms nothing is on. */
  forget(): void {
    this.on.clear()
  }

  private apply(): void {
    const { livechat, botpress, pool } = this.sandbox
    pool?.killAtCall(0)
    livechat.faults.clear()
    botpress.faults.clear()
    livechat.webhooks.undisturb()
    livechat.settings.desk.privateNotes = true
    livechat.settings.chats.summaryForm = 'text'
    for (const each of SWITCHES.filter(({ id }) => this.on.has(id))) {
      for (const fault of each.livechat ?? []) livechat.faults.add(fault)
      for (const fault of each.botpress ?? []) botpress.faults.add(fault)
      each.also?.(livechat)
      if (each.kills) this.orderKill()
    }
  }

  private orderKill(): void {
    const { pool } = this.sandbox
    this.eventsBefore = pool?.log.events.length ?? 0
    pool?.killAtCall(1)
  }

  private isUsedUp({ livechat = [], botpress = [], kills }: Switch): boolean {
    if (kills)
      return this.sandbox.pool?.log.events.slice(this.eventsBefore).some(({ kind }) => kind === 'killed') ?? true
    if (livechat.length + botpress.length === 0) return false
    const { livechat: chat, botpress: bot } = this.sandbox
    const waiting = [...chat.faults.list(), ...bot.faults.list()]
    return ![...livechat, ...botpress].some((fault) => waiting.some((left) => sameFault(left, fault)))
  }
}

function sameFault(a: Fault, b: Fault): boolean {
  return a.operation === b.operation && a.kind === b.kind && a.status === b.status
}
