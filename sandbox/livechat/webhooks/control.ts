import type { WebhookFilters, WebhookRegistration } from '../world/model'

export type Envelope = {
  webhook_id: string
  secret_key: string
  action: string
  organization_id?: string
  payload: unknown
  additional_data?: Record<string, unknown>
}

export type Attempt = { startedAt: number; endedAt?: number; status?: number; error?: string }

/** One webhook on its way to one registration, with everything that became of it. */
export type Delivery = {
  id: number
  registrationId: string
  url: string
  action: string
  envelope: Envelope
  attempts: Attempt[]
  /** `held` waits for `release`, `pending` is under way or between retries, `lost` used up its retries. */
  outcome: 'held' | 'pending' | 'delivered' | 'lost' | 'dropped'
}

/** What is done to deliveries, beside the faults on operation `webhook/<action>`. Applies from now on. */
export type Disturbance = {
  /** Absent: all actions. */
  action?: string
  kind: 'drop' | 'duplicate' | 'delay'
  /** Milliseconds, for `delay`. */
  delayMs?: number
  /** How many copies arrive in all, for `duplicate`; default 2. */
  copies?: number
  /** How many deliveries are hit; default 1, `Infinity` until `undisturb()`. */
  times?: number
}

export type WebhookControl = {
  /** Registrations made by API or by hand. */
  registrations(): readonly WebhookRegistration[]
  /** As the Console's "Chat Webhooks" block does: no token, no limit of filters. Answers the registration's id. */
  registerManually(registration: {
    action: string
    url: string
    secretKey: string
    clientId?: string
    type?: 'license' | 'bot'
    filters?: WebhookFilters
    additionalData?: ('chat_properties' | 'chat_presence_user_ids')[]
    version?: '3.5' | '3.6'
  }): string
  unregister(id: string): void
  /** Everything sent or to be sent, oldest first. */
  deliveries(action?: string): readonly Delivery[]
  /** From now on deliveries wait; those under way go on. With `action` only these. */
  hold(action?: string): void
  /** Sends what was held (in the given order, default the order of happening) and holds no more. */
  release(order?: 'in-order' | 'reversed' | 'shuffled' | ((held: Delivery[]) => Delivery[])): void
  disturb(disturbance: Disturbance): void
  undisturb(): void
  /** Sends the same envelope once more, as after a lost answer. */
  redeliver(delivery: Delivery): Promise<Delivery>
  /** Sends a hand-made or forged envelope to `url` (default: the first registration's) and answers the receiver's status. */
  post(envelope: unknown, options?: { url?: string; raw?: boolean }): Promise<{ status: number; body: string }>
  /** Resolves when nothing is under way, no retry and no summary is waiting (held deliveries do not count). */
  settled(): Promise<void>
}
