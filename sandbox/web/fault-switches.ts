import type { LiveChat } from '../livechat'
import type { Fault } from '../http/faults'
import type { Sandbox } from '../sandbox'
import type { FaultSwitch } from './view'

type Switch = {
  id: string
  label: string
  hint: string
  /** Faults on calls to LiveChat. */
  livechat?: Fault[]
  /** Faults on calls to Botpress. */
  botpress?: Fault[]
  /** What else is done while it is on. */
  also?: (livechat: LiveChat) => void
}

const always = { times: Infinity }
const error = (type: string, message: string) => ({ error: { type, message } })

/** Order in which the page lists them. Faults on calls hit some and let others through, so that there is a way on. */
const SWITCHES: Switch[] = [
  {
    id: 'expired-token',
    label: 'The customer’s token has expired',
    hint: 'Refused once; the integration gets a new token and repeats the call.',
    livechat: [
      {
        operation: 'customer/send_event',
        kind: 'answer',
        status: 401,
        body: error('authentication', 'Token has expired'),
      },
    ],
  },
  {
    id: 'too-many',
    label: 'LiveChat: too many requests (429)',
    hint: 'The next two messages of the customer are refused for a moment.',
    livechat: [
      {
        operation: 'customer/send_event',
        kind: 'answer',
        status: 429,
        body: error('too_many_requests', 'Too many requests'),
        times: 2,
      },
    ],
  },
  {
    id: 'livechat-down',
    label: 'LiveChat: internal error (503)',
    hint: 'Two calls of the customer’s side fail.',
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
    hint: 'The next message of an agent cannot be stored; LiveChat delivers it again.',
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
    hint: 'Each call takes a second longer, until switched off.',
    livechat: [{ operation: '*', kind: 'slow', delayMs: 1_000, ...always }],
  },
  {
    id: 'cut',
    label: 'Cut after the work was done',
    hint: 'The next message arrives at LiveChat, its answer is lost. It must not arrive twice.',
    livechat: [{ operation: 'customer/send_event', kind: 'reset-after' }],
  },
  {
    id: 'duplicates',
    label: 'Webhooks arrive twice',
    hint: 'Until switched off. The customer must see each message once.',
    also: ({ webhooks }) => webhooks.disturb({ kind: 'duplicate', copies: 2, ...always }),
  },
  {
    id: 'late',
    label: 'Webhooks overtake one another',
    hint: 'Words of agents arrive 1.5 s after everything else, until switched off.',
    also: ({ webhooks }) => webhooks.disturb({ kind: 'delay', action: 'incoming_event', delayMs: 1_500, ...always }),
  },
  {
    id: 'shuffled',
    label: 'Webhooks wait and come shuffled',
    hint: 'They are held while this is on, and delivered in a random order when it is switched off.',
    also: ({ webhooks }) => webhooks.hold(),
  },
]

/** The switches of the page. A fault that has hit as often as it should switches itself off. */
export class FaultSwitches {
  private on = new Set<string>()

  constructor(private readonly sandbox: Pick<Sandbox, 'livechat' | 'botpress'>) {}

  view(): FaultSwitch[] {
    for (const each of SWITCHES) if (this.isUsedUp(each)) this.on.delete(each.id)
    return SWITCHES.map(({ id, label, hint }) => ({ id, label, hint, on: this.on.has(id) }))
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
    const { livechat, botpress } = this.sandbox
    livechat.faults.clear()
    botpress.faults.clear()
    livechat.webhooks.undisturb()
    for (const each of SWITCHES.filter(({ id }) => this.on.has(id))) {
      for (const fault of each.livechat ?? []) livechat.faults.add(fault)
      for (const fault of each.botpress ?? []) botpress.faults.add(fault)
      each.also?.(livechat)
    }
  }

  private isUsedUp({ livechat = [], botpress = [] }: Switch): boolean {
    if (livechat.length + botpress.length === 0) return false
    const { livechat: chat, botpress: bot } = this.sandbox
    const waiting = [...chat.faults.list(), ...bot.faults.list()]
    return ![...livechat, ...botpress].some((fault) => waiting.some((left) => sameFault(left, fault)))
  }
}

function sameFault(a: Fault, b: Fault): boolean {
  return a.operation === b.operation && a.kind === b.kind && a.status === b.status
}
