import { RuntimeError } from '@botpress/client'
import type { ActionProps } from '../bp'
import { asCustomer } from '../handoff/as-customer'
import type { ChatId, ThreadId } from '../livechat/types'
import { PROBLEMS } from '../problems'
import { wire } from '../wiring'

const TIME_FOR_RATING_MS = 50_000

/** The customer's rating goes into LiveChat's own reports; only the customer may write it (contract 6.10). */
export async function rateChat(props: ActionProps['rateChat']): Promise<Record<string, never>> {
  const deps = wire(props, TIME_FOR_RATING_MS)
  const { score, comment } = props.input
  const key = { chatId: props.input.chatId as ChatId, threadId: props.input.threadId as ThreadId }
  const session = key.chatId && key.threadId ? (await deps.sessions.find(key, 'any')).session : undefined
  const identity = session && (await deps.customers.withToken(session.userId))
  if (!session || !identity) throw new RuntimeError(PROBLEMS.unknownChat)
  const rating = { score: score === 'good' ? 1 : 0, ...(comment?.trim() && { comment: comment.trim() }) }
  try {
    await asCustomer(session.userId, identity, deps, (current) =>
      deps.livechat.customer.updateThreadProperties(current, { ...key, properties: { rating } }),
    )
  } catch (error) {
    deps.log.failed('Rating not written', error)
    throw new RuntimeError(PROBLEMS.ratingRefused)
  }
  return {}
}
