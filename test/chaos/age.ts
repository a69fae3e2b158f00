import { ageHandoff } from '../../sandbox/age'
import type { Session } from './session'

/** After this time without a word a handoff gives way to a new one of the same customer, and a little more. */
const MINUTES = 6

/** Makes all that a session has left behind some minutes older: whoever was at it is not any more. */
export function age(session: Session): void {
  for (const { threads } of session.chats) {
    for (const thread of threads) {
      session.ledger.aged.set(thread.id, MINUTES * 60_000)
      thread.created_at = older(thread.created_at)
      for (const event of thread.events) event.created_at = older(event.created_at)
    }
  }
  const { owners, sandbox } = session.world
  const { botpress } = sandbox
  const own = [...botpress.store.conversations.keys()].filter((id) => owners.ofConversation(id) === session.number)
  for (const id of own) ageHandoff(botpress, id, MINUTES * 60_000)
  session.ledger.note(`The run itself: ${MINUTES} minutes go by.`)
}

/** The microseconds of LiveChat's times get lost, which nothing needs after so many minutes. */
const older = (time: string) => new Date(Date.parse(time) - MINUTES * 60_000).toISOString()
