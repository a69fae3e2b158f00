import { setTimeout as sleep } from 'node:timers/promises'
import { answer, ask, botStops, customerSays, endCommand } from './customer-acts'
import { atTheDesk } from './desk-acts'
import type { Session } from './session'
import { tell, type Act, type Step } from './story'

/** No story waits longer for all to be quiet, in milliseconds. */
export const QUIET_WITHIN_MS = 60_000

/** Plays the story. What is under way at its end goes on. */
export async function play(session: Session): Promise<void> {
  for (const step of session.story.steps) {
    if (step.pause === 'quiet') await session.quiet(QUIET_WITHIN_MS)
    else await sleep(step.pause)
    await perform(session, step)
  }
}

/** What cannot be done is left out: an earlier act may have gone wrong, or another step may be missing. */
async function perform(session: Session, step: Step): Promise<void> {
  const { ledger } = session
  ledger.note(tell(step))
  try {
    await act(session, step)
  } catch (thrown) {
    ledger.note(`      (left out: ${thrown instanceof Error ? thrown.message : String(thrown)})`)
  }
  session.notePresence()
}

async function act(session: Session, step: Act): Promise<void> {
  switch (step.act) {
    case 'ask':
      return ask(session, step.window, step)
    case 'customer says':
      return customerSays(session, step.window, step.what)
    case 'answer':
      return answer(session, step.window, step.by)
    case 'end command':
      return endCommand(session, step.window)
    case 'bot stops':
      return botStops(session, step.window)
    default:
      return atTheDesk(session, step)
  }
}
