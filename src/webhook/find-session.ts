import { isOpenedByUs, ownEventsIn } from '../handoff/own-events'
import type { ChatId, ThreadId } from '../livechat/types'
import type { Found } from '../session/sessions'
import type { Session } from '../session/session'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { TryAgain } from './try-again'

/** How old a delivery may be while its handoff may still be starting, in milliseconds. A caller gives up after 60 s. */
const START_MAY_TAKE_MS = 60_000
/**
 * `startHitl` may be about to create the conversation: looked for again after a quarter of a second, one and three, here
 * as pauses in milliseconds. Only once where nothing but the possibility speaks for it, since each foreign chat of the
 * organization is such a case.
 */
const LOOK_AGAIN_AFTER_MS = { likely: [250, 750, 2000], possible: [500] }

export type About = {
  chatId: ChatId
  threadId?: ThreadId
  source: Source
  /** When it happened at LiveChat (RFC 3339), where the delivery tells. */
  happenedAt?: string
}

/** `mayBeStarting`: there is no session yet, and LiveChat should be asked to send the delivery again. */
export type Search = Found & { mayBeStarting: boolean }

/**
 * The session that a delivery is about, ready to be written to: held back while the plugin does not listen yet.
 * `undefined`: not a handoff of this bot, or one that is over. Throws `TryAgain` when LiveChat should send it again.
 */
export async function findLiveSession(about: About, deps: Deps): Promise<Session | undefined> {
  const { session, mayBeStarting } = await findSession(about, deps)
  if (mayBeStarting) throw new TryAgain('no conversation for this thread yet')
  if (!session || session.ended) return undefined
  await mustListen(session, deps)
  return session
}

/** The same, over or not, and without waiting for the plugin. */
export async function findSession(about: About, deps: Deps): Promise<Search> {
  const { chatId, threadId } = about
  // Which thread is meant is not told: the newest, and never from memory, which may not know of it.
  if (!threadId) return { session: await deps.sessions.newestOf(chatId), mayBeStarting: false }
  let found = await deps.sessions.find({ chatId, threadId })
  const starting = found.session ? 'no' : likelihoodOfStart(about, found, deps)
  if (starting === 'no' || (await isOpenedByOthers(threadId, found.newest, deps)))
    return { ...found, mayBeStarting: false }
  for (const pause of LOOK_AGAIN_AFTER_MS[starting]) {
    await deps.clock.sleep(Math.min(pause, deps.deadline.leftMs()))
    found = await deps.sessions.find({ chatId, threadId })
    if (found.session) return { ...found, mayBeStarting: false }
  }
  return { ...found, mayBeStarting: starting === 'likely' }
}

/** An agent may open a thread of a customer of ours: no handoff of ours begins with it, so nothing is waited for. */
async function isOpenedByOthers(threadId: ThreadId, known: Session | undefined, deps: Deps): Promise<boolean> {
  const ours = known && (await ownEventsIn(threadId, known, deps))
  return ours !== undefined && !isOpenedByUs(threadId, ours)
}

/** Throws `TryAgain` when the plugin does not listen yet: what is written now would be dropped without a sign. */
export async function mustListen(session: Session, { activation, deadline }: Deps): Promise<void> {
  if (!(await activation.await(session, deadline))) throw new TryAgain('the bot does not listen yet')
}

/**
 * Whether a miss can mean that `startHitl` is still at work. Without a time, without a source and without a start that
 * this process knows of, nothing speaks for it but the possibility: looked for again, yet LiveChat is not asked to repeat
 * each foreign chat.
 */
function likelihoodOfStart({ source, happenedAt }: About, { newest }: Found, deps: Deps): 'likely' | 'possible' | 'no' {
  const ageMs = happenedAt === undefined ? undefined : deps.clock.now() - Date.parse(happenedAt)
  if (ageMs !== undefined && !(ageMs < START_MAY_TAKE_MS)) return 'no'
  const isOurs = source.clientId === deps.settings.clientId || source.customerClientId === deps.settings.clientId
  return ageMs !== undefined || isOurs || newest || deps.memory.starts.isTaken() ? 'likely' : 'possible'
}
