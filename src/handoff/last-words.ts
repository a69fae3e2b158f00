import type { Chat } from '../livechat/types'
import type { Newest } from '../session/messages'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import { missingAfterAll, newestOf, wordsIn } from './missing-words'
import { introduceAuthor } from './presence'
import { relayToCustomer } from './relay'
import { tryGetChat } from './try-get-chat'

/** The plugin needs this long to pass a message on before it may hear of the end, in milliseconds. */
const PASSED_ON_WITHIN_MS = 700

/** What was said in the chat and which of it is written, before the end; `undefined`: nobody told. */
export type LastWords = { chat: Chat | undefined; newest: Newest | undefined }

/** Looks at both sides at once, at LiveChat for `ms` milliseconds at the most. Never fails: what is `unknown` then is logged. */
export async function lookForLastWords(
  session: Session,
  { unknown, ms }: { unknown: string; ms: number },
  deps: Deps,
): Promise<LastWords> {
  const [chat, newest] = await Promise.all([
    tryGetChat(session, `${unknown} is not known`, deps, ms),
    newestOf(session, deps),
  ])
  return { chat, newest }
}

/** Words whose webhook is late or lost; then a moment for the plugin, which passes nothing on after the end. */
export async function writeLastWords(session: Session, { chat, newest }: LastWords, deps: Deps): Promise<void> {
  const missing = await missingAfterAll(wordsIn(chat, deps), newest, session, deps)
  let current = session
  for (const event of missing) {
    const introduced = await introduceAuthor(event, current, deps)
    if (introduced) current = await relayToCustomer(event, introduced, deps)
  }
  const lastAt = missing.length > 0 ? deps.clock.now() : (newest?.writtenAt ?? 0)
  const waitMs = lastAt + PASSED_ON_WITHIN_MS - deps.clock.now()
  if (waitMs > 0) await deps.clock.sleep(Math.min(waitMs, PASSED_ON_WITHIN_MS))
}
