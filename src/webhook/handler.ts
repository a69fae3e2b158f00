import type { HandlerProps, IntegrationProps } from '../bp'
import { isRefusedForGood } from '../botpress-client'
import { inTime } from '../clock'
import { isFailure } from '../livechat/errors'
import { RetryLater } from '../retry-later'
import { WEBHOOK_MS } from '../timing'
import { wire, type Deps } from '../wiring'
import { isOurSource } from './clients'
import { readDelivery, RejectedDelivery, type Delivery, type Source } from './delivery'
import { chatDeactivated } from './on-chat-deactivated'
import { chatTransferred } from './on-chat-transferred'
import { eventDeleted } from './on-event-deleted'
import { eventUpdated } from './on-event-updated'
import { incomingChat } from './on-incoming-chat'
import { incomingEvent } from './on-incoming-event'
import { threadSummarySet } from './on-thread-summary-set'
import { threadTagged } from './on-thread-tagged'
import { userAddedToChat, userRemovedFromChat } from './on-user'
import { acceptsSecret } from './secrets'
import type { Reading } from './webhook'

/** The webhooks that mean something to us. New ones are LiveChat's right. */
const WEBHOOKS_BY_ACTION = new Map(
  Object.entries({
    incoming_event: incomingEvent,
    event_updated: eventUpdated,
    event_deleted: eventDeleted,
    incoming_chat: incomingChat,
    chat_deactivated: chatDeactivated,
    chat_transferred: chatTransferred,
    user_added_to_chat: userAddedToChat,
    user_removed_from_chat: userRemovedFromChat,
    thread_tagged: threadTagged,
    thread_summary_set: threadSummarySet,
  }),
)

type WebhookAnswer = { status: number; body?: string }

/** LiveChat speaks. Answers 200 (done or not for us), 400, 401, or 503 when LiveChat should send it again. */
export const handler: IntegrationProps['handler'] = async (props: HandlerProps): Promise<WebhookAnswer> => {
  if (/^\/oauth\b/.test(props.req.path)) return { status: 501, body: 'OAuth is not supported by this installation.' }
  const deps = wire(props, WEBHOOK_MS)
  try {
    // An answer that comes too late is none: LiveChat would send again while the first is still at work.
    await inTime(receive(props.req.body, deps), { ms: deps.deadline.leftMs(), tooLate }, deps.clock)
    return { status: 200 }
  } catch (error) {
    return answerTo(error, deps)
  }
}

const tooLate = () => new RetryLater('it took too long')

async function receive(body: string | undefined, deps: Deps): Promise<void> {
  const { organizationId } = deps.settings
  const delivery = await readDelivery(body, { isOurSecret: (given) => acceptsSecret(given, deps), organizationId })
  if (!delivery) return
  const reading = readPayload(delivery, deps)
  const source = { ...reading?.source, ...knownSource(delivery.source) }
  if (!reading || !(await mayBeOurs(source, deps))) return
  if (reading.irrelevance) return deps.log.info(`Webhook ${delivery.action}: ${reading.irrelevance}`)
  await deps.memory.webhookLock.run(reading.chatId, deps.deadline, () => reading.handle(source, deps))
}

/** `undefined`: it means nothing to a handoff. Throws `RejectedDelivery`. */
function readPayload({ action, payload }: Delivery, { settings }: Deps): Reading | undefined {
  const webhook = WEBHOOKS_BY_ACTION.get(action)
  const reading = webhook?.read(payload, settings)
  if (webhook && !reading) throw new RejectedDelivery(400, 'the payload does not fit its action')
  return reading
}

const knownSource = ({ clientId, customerClientId }: Source): Source => ({
  ...(clientId && { clientId }),
  ...(customerClientId && { customerClientId }),
})

/**
 * License webhooks report all chats of an organization. A chat whose two apps are known and both are other people's is not
 * ours. Nothing shows that a chat is ours, since several bots may share a Client ID.
 */
async function mayBeOurs(source: Source, deps: Deps): Promise<boolean> {
  return !source.clientId || !source.customerClientId || isOurSource(source, deps)
}

function answerTo(error: unknown, { log }: Deps): WebhookAnswer {
  if (error instanceof RejectedDelivery) {
    log.warn(`Webhook refused with ${error.status}: ${error.message}`)
    return { status: error.status, body: error.message }
  }
  if (error instanceof RetryLater) {
    log.info(`Webhook put off: ${error.message}`)
    return { status: 503, body: 'try again' }
  }
  log.failed('Webhook failed', error)
  return { status: isLasting(error) ? 200 : 503 }
}

/** Refusals that a repetition would only meet again. */
function isLasting(error: unknown): boolean {
  if (isRefusedForGood(error)) return true
  return isFailure(error, 'credentials', 'refused', 'our-mistake', 'not-found', 'banned')
}
