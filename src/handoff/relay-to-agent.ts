import { OperationTimeoutError } from '@botpress/client'
import type { AnyMessageProps } from '../bp'
import { inTime } from '../clock'
import { isFailure, LiveChatError } from '../livechat/errors'
import { describe } from '../log'
import { isRefusal, refusal } from '../problems'
import type { Session } from '../session/session'
import { NoTurn } from '../session/turns'
import { CUSTOM_ID_PREFIX } from '../translate/custom-id'
import type { HitlMessage } from '../translate/hitl-message'
import { speakAs, toLiveChat } from '../translate/to-livechat'
import { personLabel } from '../translate/words'
import type { Deps } from '../wiring'
import { asCustomer, IdentityLost } from './as-customer'
import { answerToChoice, closeChoice } from './choice'
import { endSession } from './end'
import { sendAsCustomer, type Outgoing } from './send'

/**
 * From this age on a message may be a repeated one, in milliseconds: what it became is looked up before it is sent.
 * Repetitions are 5 s apart or more; the two clocks may differ by the rest.
 */
const MAYBE_REPEATED_AFTER_MS = 4500

/** How long a message waits for being marked as delivered, in milliseconds. */
const MARK_MAY_TAKE_MS = 10_000

/** How long a message may wait for those before it, in milliseconds. */
const MAY_WAIT_MS = 30_000

type Message = Pick<AnyMessageProps, 'message' | 'payload' | 'type' | 'conversation' | 'ack'>
type Speaker = 'customer' | 'bot' | 'other'
/** `isOld`: it may have been delivered before. */
type Said = { session: Session; speaker: Speaker; isOld: boolean }

/** A message of the conversation goes to the agent: once, in order, and in the name of whoever said it. */
export async function relayToAgent(props: Message, deps: Deps): Promise<void> {
  const given = deps.sessions.read(props.conversation)
  if (!given) return deps.log.info('Message of a conversation that is no handoff')
  const speaker = speakerOf(props.payload.userId, given)
  if (speaker !== 'bot') deps.activation.prove(given)
  const isOld = deps.clock.now() - Date.parse(props.message.createdAt) > MAYBE_REPEATED_AFTER_MS
  const said: Said = { session: given, speaker, isOld }
  const work = deps.memory.outgoing.take(given.chatId, deps.deadline, () => relayInTurn(props, said, deps))
  await work.catch((error: unknown) => {
    throw error instanceof NoTurn ? refusal('messageNoAnswer') : error
  })
}

async function relayInTurn(props: Message, said: Said, deps: Deps): Promise<void> {
  if (props.message.tags.eventId || deps.memory.sent.get(props.message.id)) return // delivered before
  const session = deps.sessions.remembered(said.session) ?? said.session // it may have ended while this message waited
  const isOld = said.isOld || deps.memory.halfSent.get(props.message.id) === true
  try {
    if (await isOver(session, deps)) await intoSilence(props, { ...said, session }, deps)
    else await send(props, { ...said, session, isOld }, deps)
  } catch (error) {
    deps.memory.halfSent.set(props.message.id, true)
    await onFailure(error, { ...said, session, isOld }, deps)
  }
}

function speakerOf(userId: string | undefined, session: Session): Speaker {
  if (!userId) return 'bot' // the wire is looser than the schema
  return userId === session.userId ? 'customer' : 'other'
}

/**
 * Over, or replaced by a newer handoff of the same customer, whose agent must not get these words: `send_event` knows
 * only the chat, not the thread.
 */
async function isOver(session: Session, { customers, sessions }: Deps): Promise<boolean> {
  if (session.ended) return true
  const isCurrent = (threadId: string | undefined) => threadId === undefined || threadId === session.threadId
  const warm = await customers.load(session.userId, 'any')
  if (isCurrent(warm?.current?.threadId)) return false
  if (isCurrent((await customers.load(session.userId, 'fresh'))?.current?.threadId)) return false
  // What was noted may be of an older handoff, when noting this one failed: the conversations themselves decide.
  const newest = await sessions.newestOf(session.chatId)
  return newest !== undefined && newest.threadId !== session.threadId
}

/** The bot thinks that an agent listens, and nobody does: say again that it is over. */
async function intoSilence({ message }: Message, { session, speaker }: Said, deps: Deps): Promise<void> {
  deps.log.info(`A message came after the end of chat ${session.chatId}, thread ${session.threadId}`)
  if (speaker !== 'bot' && !wasToldMeanwhile(session, message)) await deps.hitl.stopped(session)
}

/** Written before the end was marked, so before the bot heard of it: of an end told twice at once it may tell twice. */
function wasToldMeanwhile({ ended, superseded, updatedAt }: Session, { createdAt }: Message['message']): boolean {
  const waitedMs = updatedAt - Date.parse(createdAt)
  return ended !== undefined && !superseded && waitedMs >= 0 && waitedMs < MAY_WAIT_MS
}

async function send(props: Message, { session, speaker, isOld }: Said, deps: Deps): Promise<void> {
  const outgoing = await plan(props, session, speaker, deps)
  const sentBefore = isOld ? await eventsSentBefore(session, deps) : new Map<string, string>()
  const eventIds: string[] = []
  for (const each of outgoing) {
    const before = sentBefore.get(each.customId)
    eventIds.push(...(before ? [before] : await sendAsCustomer(session, each, deps)))
  }
  deps.memory.sent.set(props.message.id, true)
  const closing = speaker === 'customer' ? closeChoice(session, deps) : undefined
  await Promise.all([acknowledge(props, eventIds, deps), closing?.catch(logged(deps))])
}

/** The message is with the agent; a choice that stays open takes one more answer at the most. */
const logged = (deps: Deps) => (error: unknown) => deps.log.failed('A choice could not be closed', error)

/** What the message becomes: the words of a choice, the customer's own, or somebody else's with their name on them. */
async function plan({ message, type, payload }: Message, session: Session, speaker: Speaker, deps: Deps) {
  const customId = (index: number) => CUSTOM_ID_PREFIX + message.id + (index === 0 ? '' : `-${index + 1}`)
  const parts = toLiveChat({ type, payload } as HitlMessage)
  const only = parts.length === 1 ? parts[0] : undefined
  if (speaker === 'customer' && only?.kind === 'text') {
    const answer = await answerToChoice(only.text, session, deps)
    if (answer) {
      const part = { kind: 'text', text: answer.text } as const
      return [{ part, customId: customId(0), filesToCome: 0, postback: answer.postback }] satisfies Outgoing[]
    }
  }
  const label = await labelOf(payload.userId, speaker, deps)
  const spoken = label === undefined ? parts : speakAs(parts, label)
  const filesFrom = (index: number) => spoken.slice(index).filter(({ kind }) => kind === 'media').length
  return spoken.map((part, index): Outgoing => ({ part, customId: customId(index), filesToCome: filesFrom(index) }))
}

async function labelOf(userId: string | undefined, speaker: Speaker, deps: Deps): Promise<string | undefined> {
  if (speaker === 'customer') return undefined
  return speaker === 'bot' || userId === undefined
    ? deps.words.say('botLabel')
    : personLabel(deps.words, await deps.people.nameOf(userId))
}

/** Event ids by the custom ids that we gave them. */
async function eventsSentBefore(session: Session, deps: Deps): Promise<Map<string, string>> {
  const { chatId, threadId, userId, customerId } = session
  const identity = await deps.customers.withTokenOf(userId, customerId)
  if (!identity) return new Map()
  const { thread } = await asCustomer(userId, identity, deps, (current) =>
    deps.livechat.customer.getChat(current, { chatId, threadId }),
  ).catch((error: unknown) => {
    if (meansOver(error)) throw error
    deps.log.failed('A late message was not sent, since it may have been before', error)
    throw refusal('messageUncertain')
  })
  return new Map((thread?.events ?? []).map(({ customId, id }) => [customId ?? '', id]))
}

/** The message is with the agent whether or not Botpress hears of it; the next one does not wait long for that. */
async function acknowledge({ ack }: Message, eventIds: string[], { log, clock }: Deps): Promise<void> {
  const [eventId] = eventIds
  if (eventId === undefined) return
  const all = eventIds.length > 1 ? { eventIds: eventIds.join(' ').slice(0, 500) } : {}
  const marking = ack({ tags: { eventId, ...all } })
  await inTime(marking, { ms: MARK_MAY_TAKE_MS, tooLate: () => new OperationTimeoutError('not marked') }, clock).catch(
    (error: unknown) => log.warn(`A delivered message could not be marked: ${describe(error)}`),
  )
}

async function onFailure(error: unknown, { session, speaker, isOld }: Said, deps: Deps): Promise<void> {
  if (meansOver(error)) {
    // Words of the bot come after a close as a matter of course; a customer's mean that nobody told the bot.
    if (speaker !== 'bot') await endUnheard(error, session, deps)
    return
  }
  if (isRefusal(error)) throw error
  deps.log.failed('A message was not delivered', error)
  throw refusal(problemOf(error, isOld))
}

async function endUnheard(error: unknown, session: Session, deps: Deps): Promise<void> {
  const { chatId } = session
  deps.log.info(`A message met the closed chat ${chatId}, thread ${session.threadId}: the bot takes over`)
  await deps.memory.turns.take(chatId, deps.deadline, async () => {
    if (deps.sessions.remembered(session)?.ended) return // LiveChat told it meanwhile
    await endSession(session, { undelivered: 1 }, deps)
    if (!(error instanceof IdentityLost)) return
    // Nobody can speak for the customer of this chat any more, and its agent should not go on talking to nobody.
    await deps.livechat.agent
      .deactivateChat(session)
      .catch((closing: unknown) => deps.log.warn(`The chat could not be closed: ${describe(closing)}`))
  })
}

function meansOver(error: unknown): boolean {
  return isFailure(error, 'session-over', 'not-found', 'banned') || error instanceof IdentityLost
}

function problemOf(error: unknown, isOld: boolean) {
  if (!(error instanceof LiveChatError)) return isOld ? 'messageUncertain' : 'messageBotpressFailed'
  if (isFailure(error, 'credentials')) return 'messageTokenRefused'
  return isFailure(error, 'try-later') ? 'messageNoAnswer' : 'messageRefused'
}
