import type { CustomerApi, CustomerSession, Opening, StartedChat } from './api'
import { LiveChatError } from './errors'
import type { ChatId } from './ids'
import type { RetryPolicy } from './retry'

type Reads = Pick<CustomerApi, 'listChats' | 'getChat'>

/**
 * Opens a thread. It is not repeated blindly: when an answer is lost, the customer's active thread shows by the
 * `customId`s of the opening events whether the chat was opened.
 */
export async function openOnce(
  { retries, reads }: { retries: RetryPolicy; reads: Reads },
  session: CustomerSession,
  opening: Opening,
  send: (form: Opening) => Promise<StartedChat>,
): Promise<StartedChat> {
  return retries.run(() => firstAccepted(formsOf(opening), send), {
    maxBlindRetries: 1,
    lookUp: () => findOpened(reads, session, opening),
  })
}

/**
 * The forms of an opening, the wanted one first. The Customer Chat API documents that customers may set
 * `routing.ignore_bots` and may send initial events of type `file`; an account that refuses either still gets its chat.
 */
function formsOf(opening: Opening): [Opening, ...Opening[]] {
  const { ignoreBots = true, events, eventsWithoutFiles } = opening
  const contents = eventsWithoutFiles ? [events, eventsWithoutFiles] : [events]
  const properties = ignoreBots ? [true, false] : [false]
  const [first = opening, ...others] = contents.flatMap((each) =>
    properties.map((wanted) => ({ ...opening, events: each, ignoreBots: wanted })),
  )
  return [first, ...others]
}

async function firstAccepted<T>(
  [form, next, ...others]: [Opening, ...Opening[]],
  send: (form: Opening) => Promise<T>,
): Promise<T> {
  try {
    return await send(form)
  } catch (error) {
    if (!next || !mayBeTheForm(error)) throw error
    return firstAccepted([next, ...others], send)
  }
}

function mayBeTheForm(error: unknown): boolean {
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
