import * as z from 'zod/mini'
import { ChatId, ThreadId } from '../livechat/ids'
import { maybe } from '../livechat/shape'
import type { Settings } from '../settings'
import type { Deps } from '../wiring'
import type { Source } from './delivery'

/** How one kind of webhook is read and handled. */
type Webhook<Payload> = {
  shape: z.ZodMiniType<Payload>
  /** Why it means nothing to a handoff, judged by payload and settings alone; absent when it may mean something. */
  irrelevance?: (payload: Payload, settings: Settings) => string | undefined
  /** One at a time for each chat in this process. Throws `RetryLater` when LiveChat should send it again. */
  handle: (payload: Payload, source: Source, deps: Deps) => Promise<void>
}

/** What all chat webhooks name: the thread may be missing. */
export type InChat = { chatId: ChatId; threadId?: ThreadId }
export const inChat = { chat_id: ChatId, thread_id: maybe(ThreadId) }

type AnyWebhook = {
  /** `undefined`: the payload does not fit the action. */
  read(payload: unknown, settings: Settings): Reading | undefined
}
export type Reading = {
  chatId: ChatId
  source: Source | undefined
  irrelevance: string | undefined
  handle(source: Source, deps: Deps): Promise<void>
}

/** Binds shape and handler together, so that a table of webhooks needs no types of their payloads. */
export function webhook<Payload extends InChat & { source?: Source }>(entry: Webhook<Payload>): AnyWebhook {
  return {
    read(raw, settings) {
      const payload = z.safeParse(entry.shape, raw)
      if (!payload.success) return undefined
      const { data } = payload
      return {
        chatId: data.chatId,
        source: data.source,
        irrelevance: entry.irrelevance?.(data, settings),
        handle: (source, deps) => entry.handle(data, source, deps),
      }
    },
  }
}
