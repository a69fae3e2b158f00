import type { ActionProps } from '../bp'
import { LiveChatError } from '../livechat/errors'
import type { ChatId, ThreadId } from '../livechat/types'
import { refusal } from '../problems'
import { IdentityLost } from '../session/customer-access'
import type { Session } from '../session/session'
import { ACTION_MS } from '../timing'
import { maskFor } from '../translate/mask'
import { cleanText, hasVisibleText } from '../translate/sanitize'
import type { Deps } from '../wiring'
import { action } from './action'

type Input = ActionProps['rateChat']['input']

/** The customer's rating goes to LiveChat's reports. Only the customer may write it (Customer Chat API, default properties). */
export const rateChat = action<'rateChat'>({
  ms: ACTION_MS,
  failed: 'Rating not written',
  act: rate,
  answerTo: (error, _deps, { chatId, threadId }) => {
    if (error instanceof IdentityLost) throw refusal('unknownChat', chatId, threadId)
    const isRefused = error instanceof LiveChatError && error.failure !== 'try-later'
    throw refusal(isRefused ? 'ratingRefused' : 'ratingNoAnswer')
  },
})

async function rate({ score, comment, ...ids }: Input, deps: Deps): Promise<Record<string, never>> {
  if (score !== 'good' && score !== 'bad') throw refusal('badScore', score) // a field left empty in a form is ''
  const [chatId, threadId] = [ids.chatId, ids.threadId].map((each: string | undefined) => each?.trim())
  const key = { chatId: chatId as ChatId, threadId: threadId as ThreadId }
  const session = key.chatId && key.threadId ? await deps.sessions.findAny(key) : undefined
  if (!session) throw refusal('unknownChat', key.chatId, key.threadId)
  const said = maskFor(deps.privacyOf(session).mask)(cleanComment(comment))
  await write({ score: score === 'good' ? 1 : 0, ...(said && { comment: said }) }, session, deps)
  return {}
}

/** A comment of nothing visible is none. */
const cleanComment = (comment: string | undefined) =>
  hasVisibleText(comment ?? '') ? cleanText(comment ?? '').trim() : ''

async function write(rating: { score: number; comment?: string }, session: Session, deps: Deps): Promise<void> {
  const { chatId, threadId } = session
  await deps.access.asCustomer(session, (identity) =>
    deps.livechat.customer.updateThreadProperties(identity, { chatId, threadId, properties: { rating } }),
  )
}
