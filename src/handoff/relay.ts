import { isApiError } from '@botpress/client'
import { describe } from '../log'
import type { IncomingEvent } from '../livechat/types'
import { openChoiceTag, type OpenChoice, type Session } from '../session/session'
import { choicesOf } from '../translate/choices'
import { asWanted } from '../translate/agent-markdown'
import { toBotpress, type BotpressPart } from '../translate/to-botpress'
import type { Deps } from '../wiring'
import { reintroduce, type Introduced } from './presence'

/**
 * One event of an agent becomes messages of the conversation; a repeated event finds them there and adds none. Takes no
 * lease. Returns the session as it is then.
 */
export async function relayToCustomer(event: IncomingEvent, introduced: Introduced, deps: Deps): Promise<Session> {
  const parts = toBotpress(asWanted(event, deps.settings), deps.wordsFor(introduced.session).toCustomer)
  if (parts.length === 0) {
    deps.log.info(`Event of type ${event.type.slice(0, 40)} holds nothing to show`)
    return introduced.session
  }
  const session = await updateChoice(event, introduced.session, deps)
  await write(parts, event, { ...introduced, session }, deps).catch(async (error: unknown) => {
    if (!isUnknownUser(error) || event.authorId === undefined) throw error
    await write(parts, event, await reintroduce(event.authorId, session, deps), deps)
  })
  if (deps.settings.markAsSeen) await markAsSeen(event, session, deps)
  return session
}

async function write(
  parts: BotpressPart[],
  { id }: IncomingEvent,
  { session: { conversationId }, authorUserId }: Introduced,
  { messages }: Deps,
): Promise<void> {
  for (const [index, part] of parts.entries()) {
    await messages.write({ part, eventId: partId(id, index), authorUserId, conversationId })
  }
}

/** Somebody deleted the agent's user in Botpress (or the conversation, which the second try tells). */
function isUnknownUser(error: unknown): boolean {
  return isApiError(error) && (error.type === 'ReferenceNotFound' || error.type === 'ResourceNotFound')
}

/** The first part has the event's own id, so that an edit or a deletion finds it. */
const partId = (eventId: string, index: number) => (index === 0 ? eventId : `${eventId}:${index + 1}`)

/**
 * A new choice replaces the open one; other words of an agent leave it open to whole labels only. What Botpress does not
 * store costs the choice, never the words.
 */
async function updateChoice(event: IncomingEvent, copy: Session, deps: Deps): Promise<Session> {
  const choices = choicesOf(event)
  const changes = ({ openChoice }: Session) =>
    choices.length > 0 ? openChoice?.eventId !== event.id : openChoice?.labelsOnly === false
  if (!changes(copy)) return copy
  const [session, isRepeated] = await Promise.all([freshOf(copy, deps), wasRelayed(event, copy, deps)])
  if (isRepeated || !changes(session)) return session
  try {
    if (choices.length === 0)
      return await deps.sessions.write(session, { openChoice: openChoiceTag(labelsOnly(session.openChoice)) })
    // The buttons first: a tag without them would promise what nobody can look up.
    await deps.choices.save(session.conversationId, { eventId: event.id, choices })
    return await deps.sessions.write(session, { openChoice: openChoiceTag({ eventId: event.id, labelsOnly: false }) })
  } catch (error) {
    deps.log.failed('The buttons of a message are not offered as a choice', error)
    return session
  }
}

/** The customer may have answered the choice in another process: a copy that is older must not open it again. */
async function freshOf(copy: Session, { sessions, log }: Deps): Promise<Session> {
  try {
    return (await sessions.get(copy.conversationId)) ?? copy
  } catch (error) {
    log.warn(`Whether a choice is still open is not known: ${describe(error)}`)
    return copy
  }
}

const labelsOnly = (choice: OpenChoice | undefined) => choice && { ...choice, labelsOnly: true }

/**
 * A delivery that comes again must not open a choice that was answered meanwhile, nor narrow a newer one. Where that
 * cannot be looked up the words are worth more than the choice.
 */
async function wasRelayed(event: IncomingEvent, { conversationId }: Session, { messages, log }: Deps) {
  try {
    return (await messages.of(event.id, conversationId)) !== undefined
  } catch (error) {
    log.warn(`Whether an event came before is not known: ${describe(error)}`)
    return false
  }
}

/** Only a courtesy: at most once in 5 s for a chat, and never worth failing a delivery. */
async function markAsSeen({ createdAt }: IncomingEvent, session: Session, deps: Deps): Promise<void> {
  const { chatId } = session
  const { seenLately } = deps.memory
  if (!createdAt || seenLately.get(chatId)) return
  seenLately.set(chatId, true)
  try {
    await deps.access.asCustomer(session, (identity) =>
      deps.livechat.customer.markEventsAsSeen(identity, { chatId, seenUpTo: createdAt }),
    )
  } catch (error) {
    deps.log.info(`Not marked as seen: ${describe(error)}`)
  }
}
