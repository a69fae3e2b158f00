import { randomUUID } from 'node:crypto'
import { setMaxListeners } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Faults } from '../../http/faults'
import { post } from '../../http/post'
import type { Wire } from '../../http/wire'
import { CLIENT_ID } from '../world/defaults'
import type { Emission, PayloadVersion } from '../world/emission'
import type { WebhookRegistration } from '../world/model'
import type { Settings } from '../world/settings'
import type { Store } from '../world/store'
import type { NewRegistration, Outbox, Outlet } from '../world/world'
import { chanceOf } from './chance'
import type { Delivery, Disturbance, Envelope, WebhookControl } from './control'
import { attempt, type Sender } from './delivery'
import { passesFilters, presentUsers } from './filters'

/** Any number of deliveries may wait at a time. */
function stopper(): AbortController {
  const controller = new AbortController()
  setMaxListeners(0, controller.signal)
  return controller
}

type Parts = { store: Store; settings: Settings; wire: Wire; faults: Faults }

/** Decides which webhook goes where, and delivers it: after the causing call was answered, with timeout and retries. */
export class Webhooks implements WebhookControl, Outlet {
  /** Of the call whose method is running. */
  private outbox: ((leave: () => void) => void) | undefined
  private readonly sent: Delivery[] = []
  private readonly waiters = new Set<() => void>()
  private disturbances: (Disturbance & { times: number })[] = []
  private holding: { action?: string } | undefined
  private inFlight = 0
  private stop = stopper()

  constructor(private readonly parts: Parts) {}

  collect(): Outbox {
    const waiting: (() => void)[] = []
    let isDispatched = false // before the work is done when the caller does not wait for it
    const outbox = (leave: () => void) => (isDispatched ? leave() : void waiting.push(leave))
    return {
      run: (work) => {
        this.outbox = outbox
        try {
          return work()
        } finally {
          this.outbox = undefined
        }
      },
      dispatch: () => {
        isDispatched = true
        for (const leave of waiting.splice(0)) leave()
      },
    }
  }

  /** Tells every registration that wants to know. */
  emit(emission: Emission): void {
    for (const registration of this.parts.store.webhooks.values()) {
      if (this.wants(registration, emission)) this.enqueue(this.deliveryOf(registration, emission))
    }
  }

  registrations(): readonly WebhookRegistration[] {
    return [...this.parts.store.webhooks.values()]
  }

  register(registration: NewRegistration): string {
    const { store, settings } = this.parts
    const id = `wh_${randomUUID().replaceAll('-', '').slice(0, 12)}`
    store.webhooks.set(id, { ...registration, id, activeFrom: store.now() + settings.webhooks.propagationDelayMs })
    return id
  }

  registerManually(registration: Parameters<WebhookControl['registerManually']>[0]): string {
    const { secretKey, clientId = CLIENT_ID, type = 'license', version = '3.6', additionalData, ...rest } = registration
    const owner = { owner_client_id: clientId, secret_key: secretKey, additional_data: additionalData }
    return this.register({ ...rest, ...owner, type, version })
  }

  unregister(id: string): void {
    this.parts.store.webhooks.delete(id)
  }

  deliveries(action?: string): readonly Delivery[] {
    return this.sent.filter((delivery) => !action || delivery.action === action)
  }

  hold(action?: string): void {
    this.holding = { action }
  }

  release(order: Parameters<WebhookControl['release']>[0] = 'in-order'): void {
    this.holding = undefined
    const held = this.sent.filter(({ outcome }) => outcome === 'held')
    for (const delivery of ordered(held, order)) {
      delivery.outcome = 'pending'
      this.inFlight += 1
      void this.carry(delivery)
    }
  }

  disturb(disturbance: Disturbance): void {
    this.disturbances.push({ times: 1, ...disturbance })
  }

  undisturb(): void {
    this.disturbances = []
  }

  async redeliver(delivery: Delivery): Promise<Delivery> {
    const again = this.record({ ...delivery, attempts: [], outcome: 'pending' })
    this.inFlight += 1
    await this.carry(again)
    return again
  }

  async post(
    envelope: unknown,
    options: { url?: string; raw?: boolean } = {},
  ): Promise<{ status: number; body: string }> {
    const url = options.url ?? this.registrations()[0]?.url
    if (!url) throw new Error('no webhook is registered, so there is no URL to send to')
    const body = options.raw && typeof envelope === 'string' ? envelope : JSON.stringify(envelope)
    const { status, text } = await post(url, { headers: { 'content-type': 'application/json' }, body })
    return { status, body: text }
  }

  later(delayMs: number, work: () => void): void {
    if (delayMs === 0) return work()
    const { signal } = this.stop
    this.inFlight += 1
    void sleep(delayMs, undefined, { signal })
      .then(work, () => undefined)
      .finally(() => this.land())
  }

  settled(): Promise<void> {
    if (this.inFlight === 0) return Promise.resolve()
    return new Promise((resolve) => this.waiters.add(resolve))
  }

  /** Gives up everything under way. */
  reset(): void {
    this.stop.abort()
    this.stop = stopper()
    this.sent.length = 0
    this.holding = undefined
    this.undisturb()
  }

  private wants(registration: WebhookRegistration, emission: Emission): boolean {
    const { store, settings } = this.parts
    const owner = registration.owner_client_id
    const app = store.apps.get(owner)
    if (registration.action !== emission.action || registration.activeFrom > store.now()) return false
    if (!app?.installed || !app.webhooksEnabled) return false
    const myBots = [...store.agents.values()].filter(({ bot, ownerClientId }) => bot && ownerClientId === owner)
    if (registration.type === 'bot' && myBots.every(({ status }) => status === 'offline')) return false
    return passesFilters(emission, registration, settings, (userId) => myBots.some(({ id }) => id === userId))
  }

  private deliveryOf(registration: WebhookRegistration, emission: Emission): Delivery {
    const { action, id, url } = registration
    const version = this.parts.settings.webhooks.payloadVersion ?? registration.version
    const envelope: Envelope = {
      webhook_id: id,
      secret_key: registration.secret_key,
      action,
      organization_id: this.parts.store.organizationId,
      payload: snapshot(emission, version),
      additional_data: additionalData(registration, emission, this.parts.settings.webhooks.additionalData),
    }
    return this.record({ id: 0, registrationId: id, url, action, envelope, attempts: [], outcome: 'pending' })
  }

  private record(delivery: Delivery): Delivery {
    const recorded = { ...delivery, id: this.sent.length + 1 }
    this.sent.push(recorded)
    return recorded
  }

  private enqueue(delivery: Delivery): void {
    const disturbance = this.takeDisturbance(delivery.action)
    if (disturbance?.kind === 'drop') {
      delivery.outcome = 'dropped'
      return
    }
    const chance = chanceOf(this.parts.settings.webhooks, delivery)
    const copies = disturbance?.kind === 'duplicate' ? (disturbance.copies ?? 2) : chance.copies
    this.start(delivery, disturbance?.delayMs ?? chance.delayMs(1))
    for (let copy = 2; copy <= copies; copy += 1)
      this.start(this.record({ ...delivery, attempts: [] }), chance.delayMs(copy))
  }

  private start(delivery: Delivery, delayMs: number): void {
    if (this.holding && (!this.holding.action || this.holding.action === delivery.action)) {
      delivery.outcome = 'held'
      return
    }
    this.inFlight += 1
    const leave = () => {
      if (delayMs) setTimeout(() => void this.carry(delivery), delayMs)
      else void this.carry(delivery)
    }
    const outbox = this.parts.settings.webhooks.leave === 'after-answer' ? this.outbox : undefined
    if (outbox) outbox(leave)
    else leave()
  }

  private async carry(delivery: Delivery): Promise<void> {
    const { settings, wire, faults } = this.parts
    const sender: Sender = { settings: settings.webhooks, wire, faults, signal: this.stop.signal }
    try {
      // A delivery of before a reset is forgotten, even when the call that caused it ends only now.
      if (this.sent.lastIndexOf(delivery) >= 0) await attempt(delivery, sender)
    } finally {
      this.land()
    }
  }

  /** Something that was under way is there; who waits for the last of them goes on. */
  private land(): void {
    this.inFlight -= 1
    if (this.inFlight > 0) return
    for (const resolve of this.waiters) resolve()
    this.waiters.clear()
  }

  private takeDisturbance(action: string): Disturbance | undefined {
    const hit = this.disturbances.find((disturbance) => !disturbance.action || disturbance.action === action)
    if (!hit) return undefined
    hit.times -= 1
    if (hit.times <= 0) this.disturbances = this.disturbances.filter((disturbance) => disturbance !== hit)
    return hit
  }
}

function snapshot(emission: Emission, version: PayloadVersion): unknown {
  return JSON.parse(JSON.stringify(emission.payload(version)))
}

/** Their samples have no `additional_data`, in no version of the documents; all others have an object. */
const WITHOUT_ADDITIONAL_DATA: readonly string[] = ['chat_transferred', 'thread_summary_set']

function additionalData(
  registration: WebhookRegistration,
  { action, chat }: Emission,
  rule: Settings['webhooks']['additionalData'],
): Envelope['additional_data'] {
  const wanted = registration.additional_data ?? []
  const lacksIt = WITHOUT_ADDITIONAL_DATA.includes(action) && (rule === 'documented' || wanted.length === 0)
  if (rule === 'never' || lacksIt) return undefined
  const data: Record<string, unknown> = {}
  if (chat && wanted.includes('chat_properties')) data.chat_properties = structuredClone(chat.properties)
  if (chat && wanted.includes('chat_presence_user_ids')) data.chat_presence_user_ids = presentUsers(chat)
  return data
}

function ordered(held: Delivery[], order: Parameters<WebhookControl['release']>[0]): Delivery[] {
  if (typeof order === 'function') return order(held)
  if (order === 'reversed') return [...held].reverse()
  if (order !== 'shuffled') return held
  const marked = held.map((delivery) => ({ delivery, mark: Math.random() }))
  return marked.sort((a, b) => a.mark - b.mark).map(({ delivery }) => delivery)
}
