import { asCustomer, IdentityLost } from './as-customer'
import { isFailure } from '../livechat/errors'
import type { EventId, OutgoingEvent } from '../livechat/types'
import { describe } from '../log'
import type { CustomerIdentity } from '../session/identities'
import type { Session } from '../session/session'
import { mediaAsText, textParts, type OutgoingMedia, type OutgoingPart } from '../translate/to-livechat'
import type { Deps } from '../wiring'

/** A part with the id that finds it again when the answer is lost or the message comes twice. */
export type Outgoing = { part: OutgoingPart; customId: string; postback?: Postback }
type Postback = (OutgoingEvent & { type: 'message' })['postback']

/** Says something in the customer's name. Throws `LiveChatError`, `IdentityLost`. */
export async function sendAsCustomer(session: Session, outgoing: Outgoing, deps: Deps): Promise<EventId[]> {
  const identity = await deps.customers.withTokenOf(session.userId, session.customerId)
  if (!identity) throw new IdentityLost('the customer of this chat is not ours any more')
  return asCustomer(session.userId, identity, deps, (current) => send(current, session, outgoing, deps))
}

async function send(
  identity: CustomerIdentity,
  { chatId }: Session,
  { part, customId, postback }: Outgoing,
  deps: Deps,
): Promise<EventId[]> {
  const { customer } = deps.livechat
  if (part.kind === 'text') {
    return [await customer.sendEvent(identity, chatId, { type: 'message', text: part.text, customId, postback })]
  }
  const url = await upload(identity, part, deps)
  if (url) return [await customer.sendEvent(identity, chatId, { type: 'file', url, customId })]
  const ids: EventId[] = []
  for (const [index, piece] of textParts(mediaAsText(part, deps.words)).entries()) {
    const pieceId = index === 0 ? customId : `${customId}.${index + 1}`
    const text = piece.kind === 'text' ? piece.text : ''
    ids.push(await customer.sendEvent(identity, chatId, { type: 'message', text, customId: pieceId }))
  }
  return ids
}

/** `undefined` when it cannot be attached, for whatever reason: the agent then gets its title and link. */
async function upload(
  identity: CustomerIdentity,
  media: OutgoingMedia,
  { livechat, log, mediaOrigins, deadline }: Deps,
): Promise<string | undefined> {
  // Loaded on use: most conversations never send a file.
  const { openMedia } = await import('../media/fetch-media')
  try {
    const { stream, fileName, contentType } = await openMedia(media.url, {
      allowedOrigins: mediaOrigins,
      title: media.title,
      totalTimeoutMs: Math.min(25_000, deadline.leftMs()),
    })
    return await livechat.customer.uploadFile(identity, { content: stream, fileName, contentType })
  } catch (error) {
    if (isFailure(error, 'credentials')) throw error
    log.info(
      `A file of kind ${media.media} goes as a link: ${error instanceof Error ? error.message : describe(error)}`,
    )
    return undefined
  }
}
