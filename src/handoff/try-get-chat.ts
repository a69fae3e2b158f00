import { inTime, type Clock } from '../clock'
import { LiveChatError } from '../livechat/errors'
import type { Chat } from '../livechat/types'
import { describe } from '../log'
import type { SessionKey } from '../session/sessions'
import { PATIENCE_MS } from '../timing'
import type { Deps } from '../wiring'

/**
 * The chat as LiveChat shows it to the agent token. `undefined`, with `missing` in the log, when LiveChat does not answer
 * soon: an agent's words and the end of a chat must not wait for a name or a reason until LiveChat gives up on the webhook.
 */
export async function tryGetChat(
  { chatId, threadId }: SessionKey,
  missing: string,
  { livechat, clock, log }: Pick<Deps, 'livechat' | 'clock' | 'log'>,
  ms = PATIENCE_MS,
): Promise<Chat | undefined> {
  const look = () => livechat.agent.getChat({ chatId, threadId })
  try {
    return await inTime(askAgain(look, ms / 3, clock), { ms, tooLate }, clock)
  } catch (error) {
    log.warn(`${missing}: ${describe(error)}`)
    return undefined
  }
}

/** Asks a second time when there is no answer after `ms`, for the first may never come. What comes first counts. */
function askAgain<T>(ask: () => Promise<T>, ms: number, clock: Clock): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = clock.after(ms, () => void ask().then(resolve, reject))
    ask().then(resolve, reject).finally(giveUp)
  })
}

const tooLate = () => new LiveChatError({ api: 'agent', action: 'get_chat', failure: 'try-later', type: 'too_slow' })
