import { performance } from 'node:perf_hooks'
import type { Delivery } from '../../sandbox/livechat'
import type { HandOver, Sandbox } from '../../sandbox/sandbox'

/** An envelope as LiveChat sends it, with the right secret unless another is given. */
export function envelope(
  { configuration, livechat }: Sandbox,
  action: string,
  payload: unknown,
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    webhook_id: 'W1',
    secret_key: configuration.webhookSecret,
    action,
    organization_id: livechat.credentials.organizationId,
    payload,
    additional_data: {},
    ...changes,
  }
}

/** An event in the chat of a handoff as `incoming_event` would bring it; `undefined`: it names no author. */
export function eventFrom(
  author: string | undefined,
  { chatId, threadId }: Pick<HandOver, 'chatId' | 'threadId'>,
  event: Record<string, unknown>,
) {
  const id = `${threadId}_${Math.floor(performance.now() * 1000)}`
  const created_at = new Date().toISOString()
  const whole = { id, created_at, visibility: 'all', ...(author !== undefined && { author_id: author }), ...event }
  return { chat_id: chatId, thread_id: threadId, event: whole }
}

/** Sorts deliveries by their action, in the order given. */
export function inOrder(...actions: string[]): (held: Delivery[]) => Delivery[] {
  const place = ({ action }: Delivery) => (actions.includes(action) ? actions.indexOf(action) : actions.length)
  return (held) => [...held].sort((a, b) => place(a) - place(b))
}
