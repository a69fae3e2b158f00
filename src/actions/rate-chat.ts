import type { ActionProps } from '../bp'
import { LiveChatError } from '../livechat/errors'
import type { ChatId, ThreadId } from '../livechat/types'
import { refusal } from '../problems'
import { IdentityLost } from '../session/customer-access'
import type { Session } from '../session/session'
import { ACTION_MS } from '../timing'
import { wire, type Deps } from '../wiring'

/** The customer's rating goes to LiveChat's reports. Only the customer may write it (Customer Chat API, default properties). */
export async function rateChat(props: ActionProps['rateChat']): Promise<Record<string, never>> {
  const deps = wire(props, ACTION_MS)
  const { score, comment } = props.input
  if (score !== 'good' && score !== 'bad') throw refusal('badScore', score) // a field left empty in a form is ''
  const key = { chatId: props.input.chatId as ChatId, threadId: props.input.threadId as ThreadId }
  try {
    const session = key.chatId && key.threadId ? await deps.sessions.findAny(key) : undefined
    if (!session) throw new IdentityLost('no handoff of ours')
    await write({ score: score === 'good' ? 1 : 0, ...(comment?.trim() && { comment: comment.trim() }) }, session, deps)
  } catch (error) {
    if (error instanceof IdentityLost) throw refusal('unknownChat', key.chatId, key.threadId)
    deps.log.failed('Rating not written', error)
    const isRefused = error instanceof LiveChatError && error.failure !== 'try-later'
    throw refusal(isRefused ? 'ratingRefused' : 'ratingNoAnswer')
  }
  return {}
}

async function write(rating: { score: number; comment?: string }, session: Session, deps: Deps): Promise<void> {
  const { chatId, threadId } = session
  await deps.access.asCustomer(session, (identity) =>
    deps.livechat.customer.updateThreadProperties(identity, { chatId, threadId, properties: { rating } }),
  )
}
