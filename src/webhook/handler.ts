import { isApiError } from '@botpress/client'
import type { HandlerProps, IntegrationProps } from '../bp'
import { inTime } from '../clock'
import { isFailure } from '../livechat/errors'
import { NoTurn } from '../session/turns'
import { wire, type Deps } from '../wiring'
import { isOurClient } from './clients'
import { readDelivery, RejectedDelivery, type Delivery } from './delivery'
import { onChatDeactivated } from './on-chat-deactivated'
import { onChatTransferred } from './on-chat-transferred'
import { onEventDeleted } from './on-event-deleted'
import { onEventUpdated } from './on-event-updated'
import { onIncomingChat } from './on-incoming-chat'
import { onIncomingEvent } from './on-incoming-event'
import { onUserAdded, onUserRemoved } from './on-user'
import { acceptsSecret } from './secrets'
import { TryAgain } from './try-again'

/** LiveChat waits about 10 s and then sends again ("Webhooks", retries); our answer is on its way before that. */
const TIME_FOR_DELIVERY_MS = 7500

type Answer = { status: number; body?: string }

/** LiveChat speaks. Answers 200 (done or not for us), 400, 401, or 503 when LiveChat should send it again. */
export const handler: IntegrationProps['handler'] = async (props: HandlerProps): Promise<Answer> => {
  if (/^\/oauth\b/.test(props.req.path)) return { status: 501, body: 'OAuth is not supported by this installation.' }
  // Half of an assignment or an end would be worse than a late one, so what is begun may end after the answer.
  const deps = wire(props, TIME_FOR_DELIVERY_MS)
  try {
    await inTime(receive(props.req.body, deps), timeOf(deps), deps.clock)
    return { status: 200 }
  } catch (error) {
    return answerTo(error, deps)
  }
}

async function receive(body: string | undefined, deps: Deps): Promise<void> {
  const { organizationId } = deps.settings
  const delivery = await readDelivery(body, { isOurSecret: (given) => acceptsSecret(given, deps), organizationId })
  if (await mayBeOurs(delivery, deps)) await take(delivery, deps)
}

function take(delivery: Delivery, deps: Deps): Promise<void> {
  switch (delivery.action) {
    case 'incoming_event':
      return onIncomingEvent(delivery.payload, delivery.source, deps)
    case 'event_updated':
      return onEventUpdated(delivery.payload, delivery.source, deps)
    case 'event_deleted':
      return onEventDeleted(delivery.payload, deps)
    case 'incoming_chat':
      return onIncomingChat(delivery.payload, delivery.source, deps)
    case 'chat_deactivated':
      return onChatDeactivated(delivery.payload, delivery.source, deps)
    case 'chat_transferred':
      return onChatTransferred(delivery.payload, delivery.source, deps)
    case 'user_added_to_chat':
      return onUserAdded(delivery.payload, delivery.source, deps)
    case 'user_removed_from_chat':
      return onUserRemoved(delivery.payload, deps)
    case 'ignored':
      deps.log.info(`Webhook ${delivery.original.slice(0, 60)} means nothing to a handoff`)
      return Promise.resolve()
  }
}

/**
 * License webhooks report all chats of an organization. A chat whose two apps are known and both are other people's is not
 * ours. Nothing shows that a chat is ours, since several bots may share a Client ID.
 */
async function mayBeOurs({ source }: Delivery, deps: Deps): Promise<boolean> {
  const { clientId, customerClientId } = source
  if (!clientId || !customerClientId) return true
  return (await isOurClient(clientId, deps)) || (await isOurClient(customerClientId, deps))
}

/** An answer that comes too late is none: LiveChat would send again while the first is still at work. */
function timeOf({ deadline }: Deps) {
  return { ms: deadline.leftMs(), tooLate: () => new TryAgain('it took too long') }
}

function answerTo(error: unknown, { log }: Deps): Answer {
  if (error instanceof RejectedDelivery) {
    log.warn(`Webhook refused with ${error.status}: ${error.message}`)
    return { status: error.status, body: error.message }
  }
  if (error instanceof TryAgain || error instanceof NoTurn) {
    log.info(`Webhook put off: ${error.message}`)
    return { status: 503, body: 'try again' }
  }
  log.failed('Webhook failed', error)
  return { status: isLasting(error) ? 200 : 503 }
}

/** 408, 409 and 429: a locked object, a crowd. */
const PASSING_CODES = new Set([408, 409, 429])

/** Refusals that a repetition would only meet again. */
function isLasting(error: unknown): boolean {
  if (isApiError(error)) return error.code >= 400 && error.code < 500 && !PASSING_CODES.has(error.code)
  return isFailure(error, 'credentials', 'refused', 'our-mistake', 'not-found', 'banned')
}
