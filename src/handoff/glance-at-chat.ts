import { inTime } from '../clock'
import { LiveChatError } from '../livechat/errors'
import type { Chat } from '../livechat/types'
import { describe } from '../log'
import type { SessionKey } from '../session/sessions'
import type { Deps } from '../wiring'

/** Longest wait for something that is good to know and not needed, in milliseconds. */
const PATIENCE_MS = 3000

/**
 * The chat as LiveChat shows it. `undefined`, with `missing` in the log, when it is not told soon: an agent's words and
 * the end of a chat must not wait for a name or a reason until LiveChat gives up on the delivery.
 */
export async function glanceAtChat(
  { chatId, threadId }: SessionKey,
  missing: string,
  { livechat, clock, log }: Deps,
): Promise<Chat | undefined> {
  const looking = livechat.agent.getChat({ chatId, threadId })
  try {
    return await inTime(looking, { ms: PATIENCE_MS, tooLate }, clock)
  } catch (error) {
    log.warn(`${missing}: ${describe(error)}`)
    return undefined
  }
}

const tooLate = () => new LiveChatError({ api: 'agent', action: 'get_chat', failure: 'try-later', type: 'too_slow' })
