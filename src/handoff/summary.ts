import { describe } from '../log'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { inTurn } from './in-turn'

/** Asks LiveChat to summarize a closed chat, which it does once. The answer comes as a webhook, or never. */
export async function askForSummary(session: Session, { livechat, log, settings }: Deps): Promise<void> {
  if (settings.summarize !== 'ask') return
  try {
    await livechat.agent.requestThreadSummary(session)
  } catch (error) {
    log.info(`No summary was asked for: ${describe(error)}`) // made already, not in the plan, or nothing to summarize
  }
}

/** The bot gets the summary of a handoff once, whichever process it reaches. */
export async function reportSummary(text: string, session: Session, deps: Deps): Promise<void> {
  await inTurn(
    session,
    { isDone: () => false, alongside: () => deps.events.hasReportedSummary(session) },
    async (_turn, isReported) => {
      if (!isReported) await deps.events.chatSummarized(session, text)
    },
    deps,
  )
}
