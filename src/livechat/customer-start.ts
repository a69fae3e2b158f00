import type { CustomerApi, CustomerSession, Opening, StartedChat } from './api'
import { LiveChatError } from './errors'
import type { ChatId } from './ids'
import type { RetryPolicy } from './retry'

type Reads = Pick<CustomerApi, 'listChats' | 'getChat'>

/**
 * Opens a thread. It is not repeated blindly: when an answer is lost, the customer's active thread tells by the
 * `customId`s of the opening events whether the chat was opened.
 */
export async function openOnce(
  { retries, reads }: { retries: RetryPolicy; reads: Reads },
  session: CustomerSession,
  opening: Opening,
  send: (ignoreBots: boolean) => Promise<StartedChat>,
): Promise<StartedChat> {
  return retries.run(() => withoutPropertiesIfRefused(opening.ignoreBots ?? true, send), {
    maxBlindRetries: 1,
    lookUp: () => findOpened(reads, session, opening),
  })
}

/** That customers may set `routing.ignore_bots` here is documented, not demonstrated (contract 5.1, 12.38). */
async function withoutPropertiesIfRefused<T>(
  ignoreBots: boolean,
  send: (ignoreBots: boolean) => Promise<T>,
): Promise<T> {
  try {
    return await send(ignoreBots)
  } catch (error) {
    if (!ignoreBots || !mayBeTheProperties(error)) throw error
    return send(false)
  }
}

function mayBeTheProperties(error: unknown): boolean {
  if (!(error instanceof LiveChatError)) return false
  const { type, failure } = error
  return type === 'authorization' || (type === 'validation' && failure === 'our-mistake')
}

async function findOpened(reads: Reads, session: CustomerSession, opening: Opening): Promise<StartedChat | undefined> {
  const [newest] = await reads.listChats(session, { limit: 1 })
  if (!newest?.active) return undefined
  return findIn(reads, session, newest.chatId, new Set(opening.events.map((event) => event.customId)))
}

async function findIn(
  reads: Reads,
  session: CustomerSession,
  chatId: ChatId,
  customIds: ReadonlySet<string>,
): Promise<StartedChat | undefined> {
  const { thread } = await reads.getChat(session, { chatId })
  if (!thread?.active) return undefined
  const isOurs = thread.events.some(({ customId }) => customId !== undefined && customIds.has(customId))
  return isOurs ? { chatId, threadId: thread.id } : undefined
}
