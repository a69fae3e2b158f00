import { isFailure } from '../livechat/errors'
import type { StartedChat } from '../livechat/api'
import type { EventId, Postback } from '../livechat/types'
import type { CustomerIdentity } from '../session/identities'
import type { Session } from '../session/session'
import { maskFor } from '../translate/mask'
import {
  mediaAsText,
  textParts,
  type NotAttached,
  type OutgoingMedia,
  type OutgoingPart,
} from '../translate/to-livechat'
import type { Deps } from '../wiring'
import { attach } from './attach'
import { noteHandled } from './event-gaps'
import { takeBackFromOtherHandoff } from './other-thread'

/**
 * A part with the id that finds it again when the answer is lost or the message comes twice. `filesToCome`: how many files
 * are still to be sent, this part included.
 */
export type Outgoing = { part: OutgoingPart; customId: string; filesToCome: number; postback?: Postback }

/** Says something in the customer's name. Throws `LiveChatError`, `IdentityLost`. */
export async function sendAsCustomer(session: Session, outgoing: Outgoing, deps: Deps): Promise<EventId[]> {
  const eventIds = await deps.access.asCustomer(session, (identity) => send(identity, session, outgoing, deps))
  for (const eventId of eventIds) noteHandled(eventId, deps)
  await takeBackFromOtherHandoff(eventIds, session, deps)
  return eventIds
}

async function send(
  identity: CustomerIdentity,
  thread: Session,
  { part, customId, filesToCome, postback }: Outgoing,
  deps: Deps,
): Promise<EventId[]> {
  if (part.kind === 'text') return [await sendText(identity, thread, { text: part.text, customId, postback }, deps)]
  const mask = maskFor(deps.privacyOf(thread).mask)
  const attached = await attach(identity, { thread, media: part, mask, customId, filesToCome }, deps)
  if ('eventId' in attached) return [attached.eventId]
  return sendLink(identity, { thread, media: part, customId, reason: attached.reason }, deps)
}

type TextMessage = { text: string; customId: string; postback?: Postback }

/** The button behind an answer may be gone, or not be known by its id: then the words alone are the answer. */
async function sendText(
  identity: CustomerIdentity,
  thread: StartedChat,
  message: TextMessage,
  deps: Deps,
): Promise<EventId> {
  const { customer } = deps.livechat
  try {
    return await customer.sendEvent(identity, thread, { type: 'message', ...message })
  } catch (error) {
    if (!message.postback || !isFailure(error, 'refused', 'our-mistake', 'not-found')) throw error
    deps.log.info(`An answer goes without its button: ${error.message}`)
    return customer.sendEvent(identity, thread, { type: 'message', ...message, postback: undefined })
  }
}

async function sendLink(
  identity: CustomerIdentity,
  {
    thread,
    media,
    customId,
    reason,
  }: { thread: Session; media: OutgoingMedia; customId: string; reason?: NotAttached },
  { livechat, wordsFor }: Deps,
): Promise<EventId[]> {
  const ids: EventId[] = []
  for (const [index, piece] of textParts(mediaAsText(media, wordsFor(thread).toAgent, reason)).entries()) {
    const pieceId = index === 0 ? customId : `${customId}.${index + 1}`
    const text = piece.kind === 'text' ? piece.text : ''
    ids.push(await livechat.customer.sendEvent(identity, thread, { type: 'message', text, customId: pieceId }))
  }
  return ids
}
