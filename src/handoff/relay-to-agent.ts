import type { AnyMessageProps } from '../bp'
import { isFailure, LiveChatError } from '../livechat/errors'
import { describe } from '../log'
import { isRefusal, refusal } from '../problems'
import { RetryLater } from '../retry-later'
import { IdentityLost } from '../session/customer-access'
import type { Session } from '../session/session'
import { CUSTOM_ID_PREFIX } from '../translate/custom-id'
import type { HitlMessage } from '../translate/hitl-message'
import { personLabel } from '../translate/labels'
import { maskFor } from '../translate/mask'
import { maskPayload } from '../translate/mask-payload'
import { permittedName, type Privacy } from '../translate/privacy'
import { speakAs, speakAsCustomer, toLiveChat } from '../translate/to-livechat'
import type { Words } from '../translate/words'
import type { Deps } from '../wiring'
import { endAfterClosedChat, repairMissedEnd } from './after-end'
import { answerToChoice, closeChoice } from './choice'
import { showEarlierWords } from './earlier-words'
import { mark } from './mark-message'
import { isStillThere } from './still-there'
import { sendAsCustomer, type Outgoing } from './send'
import { askForPlace, giveUpWhenDue } from './waiting'
import { reportUndelivered, type Undelivered } from './undelivered'

/**
 * From this age on a message may be a repeated one, in milliseconds: what it became is looked up before it is sent.
 * Repetitions are 5 s apart or more; the two clocks may differ by the rest.
 */
const MAYBE_REPEATED_AFTER_MS = 4500

const MESSAGE_AFTER_END: Undelivered = { reason: 'refused', problem: 'messageAfterEnd' }

/** Kept of the caller's time for reporting a message that did not get through, in milliseconds. */
export const TIME_TO_REPORT_MS = 2_000

export type Message = Pick<AnyMessageProps, 'message' | 'payload' | 'type' | 'conversation' | 'ack'>
type SpeakerKind = 'customer' | 'bot' | 'other'
/** `mayBeRepeated`: it may have been delivered before. */
type RelayContext = { session: Session; speaker: SpeakerKind; mayBeRepeated: boolean }

/** A message of the conversation goes to the agent: once, in order, and in the name of whoever said it. */
export async function relayToAgent(props: Message, deps: Deps): Promise<void> {
  const session = deps.sessions.read(props.conversation)
  if (!session) return deps.log.info('Message of a conversation that is no handoff')
  const speaker = speakerOf(props.payload.userId, session)
  const mayBeRepeated = deps.clock.now() - Date.parse(props.message.createdAt) > MAYBE_REPEATED_AFTER_MS
  const context: RelayContext = { session, speaker, mayBeRepeated }
  const work = deps.memory.toAgentLock.run(session.chatId, deps.deadline, () => relayInTurn(props, context, deps))
  await work.catch((error: unknown) => {
    throw error instanceof RetryLater ? refusal('messageNoAnswer') : error
  })
  if (speaker === 'customer') await askForPlace(session, deps)
}

async function relayInTurn(props: Message, given: RelayContext, deps: Deps): Promise<void> {
  const { sent, halfSent } = deps.memory
  const { message } = props
  if (message.tags.eventId || sent.get(message.id)) return // delivered before
  const session = deps.sessions.remembered(given.session) ?? given.session // it may have ended while this message waited
  const context = { ...given, session, mayBeRepeated: given.mayBeRepeated || halfSent.get(message.id) === true }
  try {
    const isOver = context.speaker !== 'bot' && (await giveUpWhenDue(session, { undelivered: 1 }, deps))
    if (isOver) await reportUndelivered(MESSAGE_AFTER_END, props, session, deps)
    else if (session.ended) await afterEnd(props, context, deps)
    else await send(props, context, deps)
  } catch (error) {
    halfSent.set(message.id, true)
    await onFailure(error, props, context, deps)
  }
}

function speakerOf(userId: string | undefined, session: Session): SpeakerKind {
  if (!userId) return 'bot' // the wire is looser than the schema
  return userId === session.userId ? 'customer' : 'other'
}

/** The bot may think that an agent listens, and nobody does. Words of the bot come after an end as a matter of course. */
async function afterEnd(props: Message, { session, speaker }: RelayContext, deps: Deps): Promise<void> {
  deps.log.info(`A message came after the end of chat ${session.chatId}, thread ${session.threadId}`)
  if (speaker === 'bot') return
  await repairMissedEnd(session, Date.parse(props.message.createdAt), deps)
  await reportUndelivered(MESSAGE_AFTER_END, props, session, deps)
}

async function send(props: Message, context: RelayContext, deps: Deps): Promise<void> {
  const { session, speaker, mayBeRepeated } = context
  const outgoing = await plan(props, context, deps)
  const sentBefore = mayBeRepeated ? await eventsSentBefore(session, deps) : new Map<string, string>()
  const eventIds: string[] = []
  for (const each of outgoing) {
    const before = sentBefore.get(each.customId)
    eventIds.push(...(before ? [before] : await sendAsCustomer(session, each, deps)))
  }
  deps.memory.sent.set(props.message.id, true)
  await Promise.all([
    acknowledge(props, eventIds, deps),
    ...(speaker === 'customer' ? [closeChoice(session, deps).catch(logged('A choice could not be closed', deps))] : []),
    ...(speaker === 'bot'
      ? []
      : [deps.activation.markActive(session).catch(logged('A sign of life was not noted', deps))]),
  ])
  // The plugin passed the message on, so it listens.
  if (speaker === 'customer')
    await showEarlierWords(session, deps).catch(logged('Words of an agent were not shown', deps))
}

/** The message is with the agent, whatever becomes of the rest. */
const logged = (what: string, deps: Deps) => (error: unknown) => deps.log.failed(what, error)

/** What the message becomes: the words of a choice, the customer's own, or somebody else's with their name on them. */
async function plan({ message, type, payload }: Message, { session, speaker }: RelayContext, deps: Deps) {
  const customId = (index: number) => CUSTOM_ID_PREFIX + message.id + (index === 0 ? '' : `-${index + 1}`)
  const privacy = deps.privacyOf(session)
  const given = toLiveChat({ type, payload } as HitlMessage)
  const only = given.length === 1 ? given[0] : undefined
  if (speaker === 'customer' && only?.kind === 'text') {
    const answer = await answerToChoice(only.text, session, deps)
    if (answer) {
      const part = { kind: 'text', text: answer.text } as const
      return [{ part, customId: customId(0), filesToCome: 0, postback: answer.postback }] satisfies Outgoing[]
    }
  }
  const masked = { type, payload: maskPayload(payload, maskFor(privacy.mask)) } as HitlMessage
  const parts = toLiveChat(masked, deps.settings.mapLink)
  const { toAgent } = deps.wordsFor(session)
  const label = await labelOf(payload.userId, { speaker, privacy, words: toAgent }, deps)
  const spoken = label === undefined ? speakAsCustomer(parts, toAgent) : speakAs(parts, label, toAgent)
  const filesFrom = (index: number) => spoken.slice(index).filter(({ kind }) => kind === 'media').length
  return spoken.map((part, index): Outgoing => ({ part, customId: customId(index), filesToCome: filesFrom(index) }))
}

async function labelOf(
  userId: string | undefined,
  { speaker, privacy, words }: { speaker: SpeakerKind; privacy: Privacy; words: Words },
  { people }: Deps,
): Promise<string | undefined> {
  if (speaker === 'customer') return undefined
  if (speaker === 'bot' || userId === undefined) return words.say('botLabel')
  return personLabel(words, privacy.sendName ? permittedName(await people.nameOf(userId), privacy) : undefined)
}

/** Event ids by the custom ids that we gave them. */
async function eventsSentBefore(session: Session, deps: Deps): Promise<Map<string, string>> {
  const { chatId, threadId } = session
  const looking = deps.access.asCustomer(session, (identity) =>
    deps.livechat.customer.getChat(identity, { chatId, threadId }),
  )
  const { thread } = await looking.catch((error: unknown) => {
    if (meansOver(error)) throw error
    deps.log.failed('A late message was not sent, since it may have been before', error)
    throw refusal('messageUncertain')
  })
  return new Map((thread?.events ?? []).map(({ customId, id }) => [customId ?? '', id]))
}

/** The message is with the agent whether or not Botpress hears of it; the next one does not wait long for that. */
async function acknowledge({ ack, message }: Message, eventIds: string[], { log, clock }: Deps): Promise<void> {
  const [eventId] = eventIds
  if (eventId === undefined) return
  const all = eventIds.length > 1 ? { eventIds: eventIds.join(' ').slice(0, 500) } : {}
  const cleared = message.tags.undelivered ? { undelivered: '' } : {}
  await mark(ack, { eventId, ...all, ...cleared }, clock).catch((error: unknown) =>
    log.warn(`A delivered message could not be marked: ${describe(error)}`),
  )
}

async function onFailure(error: unknown, props: Message, context: RelayContext, deps: Deps): Promise<void> {
  const { session, speaker } = context
  if (meansOver(error) || (mayMeanOver(error) && !(await isStillThere(session, deps)))) {
    // Words of the bot come after a close as a matter of course; a customer's mean that nobody told the bot.
    if (speaker === 'bot') return
    const ending = endAfterClosedChat(error, session, deps)
    await ending.finally(() => reportUndelivered(MESSAGE_AFTER_END, props, session, deps))
    return
  }
  if (!isRefusal(error)) deps.log.failed('A message was not delivered', error)
  const undelivered = undeliveredBy(error, context)
  if (speaker !== 'bot') await reportUndelivered(undelivered, props, session, deps)
  throw refusal(undelivered.problem)
}

function meansOver(error: unknown): boolean {
  return isFailure(error, 'session-over', 'not-found', 'banned') || error instanceof IdentityLost
}

/** How LiveChat refuses words for a chat that it does not know any more is not documented. */
function mayMeanOver(error: unknown): boolean {
  return isFailure(error, 'refused', 'our-mistake')
}

function undeliveredBy(error: unknown, { mayBeRepeated }: RelayContext): Undelivered {
  if (isRefusal(error)) return { reason: 'uncertain', problem: 'messageUncertain' }
  if (!(error instanceof LiveChatError)) {
    return mayBeRepeated
      ? { reason: 'uncertain', problem: 'messageUncertain' }
      : { reason: 'botpressFailed', problem: 'messageBotpressFailed' }
  }
  const { failure, outcomeUnknown, status } = error
  if (failure === 'credentials') return { reason: 'tokenRefused', problem: 'messageTokenRefused' }
  if (outcomeUnknown) return { reason: 'uncertain', problem: 'messageUncertain' }
  if (failure !== 'try-later') return { reason: 'refused', problem: 'messageRefused' }
  return { reason: 'noAnswer', problem: status === undefined ? 'messageNoAnswer' : 'messageTrouble' }
}
