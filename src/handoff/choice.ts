import type { EventId, Postback } from '../livechat/types'
import { describe } from '../log'
import { openChoiceTag, type Session } from '../session/session'
import { matchChoice, type Choice } from '../translate/choices'
import type { Deps } from '../wiring'

/** The answer to an open choice, as LiveChat's bots and agents expect it: the button's words, tied to the button. */
export type Answer = { text: string; postback: Postback | undefined }

/** Whether the customer's words pick one of the choices that an agent offered last. */
export async function answerToChoice(reply: string, session: Session, deps: Deps): Promise<Answer | undefined> {
  const { openChoice, threadId } = session
  if (!openChoice) return undefined
  const choices = await choicesBehind(openChoice.eventId, session, deps)
  const picked = matchChoice(reply, choices, { labelsOnly: openChoice.labelsOnly })
  if (!picked) return undefined
  return { text: picked.label, postback: postbackOf(picked, openChoice.eventId as EventId, threadId) }
}

/** A choice is open until the customer's next message, whatever that says. */
export async function closeChoice(session: Session, { sessions }: Deps): Promise<void> {
  const { openChoice } = session
  if (!openChoice) return
  const isReplaced = (sessions.remembered(session) ?? session).openChoice?.eventId !== openChoice.eventId
  if (!isReplaced) await sessions.write(session, { openChoice: openChoiceTag(undefined) })
}

function postbackOf({ postbackId, type, value }: Choice, eventId: EventId, threadId: Session['threadId']) {
  if (!postbackId) return undefined // a button that LiveChat gave no id: its words are the answer
  return { id: postbackId, threadId, eventId, ...(type !== undefined && value !== undefined && { type, value }) }
}

async function choicesBehind(eventId: string, { conversationId }: Session, deps: Deps): Promise<Choice[]> {
  try {
    return await deps.choices.offeredBy(eventId, conversationId)
  } catch (error) {
    // The customer's words go as they are, rather than not at all.
    deps.log.warn(`The buttons of a choice are not known: ${describe(error)}`)
    return []
  }
}
