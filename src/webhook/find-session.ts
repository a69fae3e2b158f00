import { isOpenedByUs, ownEventsIn } from '../handoff/own-events'
import { isFailure } from '../livechat/errors'
import type { ChatId, IncomingEvent, ThreadId } from '../livechat/types'
import { describe } from '../log'
import { RetryLater } from '../retry-later'
import type { Session } from '../session/session'
import type { Found } from '../session/sessions'
import { START_MAY_TAKE_MS } from '../timing'
import { isOpeningOf } from '../translate/start-key'
import type { Deps } from '../wiring'
import { isOurSource } from './clients'
import type { Source } from './delivery'

/** How old a delivery may be while its handoff may still be starting, in milliseconds. A caller gives up after 60 s. */
const STARTING_WITHIN_MS = 60_000
/** `startHitl` may be about to create the conversation: looked for again one and three seconds later, here as pauses. */
const LOOK_AGAIN_AFTER_MS = [250, 750, 2000]

export type About = {
  chatId: ChatId
  threadId?: ThreadId
  source: Source
  /** When it happened at LiveChat (RFC 3339), where the delivery says so. */
  happenedAt?: string
  /** The events of the thread, where the delivery holds them. */
  events?: readonly IncomingEvent[]
}

/** `mayBeStarting`: there is no session yet, and LiveChat should be asked to send the delivery again. */
type Search = Found & { mayBeStarting: boolean }

/**
 * The session that a delivery is about, ready to be written to: held back while the plugin does not listen yet.
 * `undefined`: not a handoff of this bot, or one that is over. Throws `RetryLater` when LiveChat should send it again.
 */
export async function findLiveSession(about: About, deps: Deps): Promise<Session | undefined> {
  const { session, mayBeStarting } = await findSession(about, deps)
  if (mayBeStarting) throw new RetryLater('no conversation for this thread yet')
  if (!session || session.ended) return undefined
  await requirePluginActive(session, deps)
  return session
}

/** The same, over or not, and without waiting for the plugin. */
export async function findSession(about: About, deps: Deps): Promise<Search> {
  const { chatId, threadId } = about
  // Which thread is meant is not said: the newest.
  if (!threadId) return { session: await deps.sessions.newestOf(chatId), mayBeStarting: false }
  if (deps.memory.foreignThreads.get(threadId)) return { mayBeStarting: false }
  let found = await deps.sessions.find({ chatId, threadId })
  if (found.session) return { ...found, mayBeStarting: false }
  const isStarting = await mayBeStarting(about, threadId, found.newest, deps)
  if (!isStarting) return { ...found, mayBeStarting: false }
  for (const pause of LOOK_AGAIN_AFTER_MS) {
    await deps.clock.sleep(Math.min(pause, deps.deadline.leftMs()))
    found = await deps.sessions.find({ chatId, threadId })
    if (found.session) return { ...found, mayBeStarting: false }
  }
  return { ...found, mayBeStarting: true }
}

/** Throws `RetryLater` when the plugin does not listen yet: what is written now would be dropped without a sign. */
export async function requirePluginActive(session: Session, { activation, deadline }: Deps): Promise<void> {
  if (!(await activation.waitUntilActive(session, deadline))) throw new RetryLater('the bot does not listen yet')
}

/** Whether a miss can mean that `startHitl` is still at work: the thread holds our opening, or nobody can tell. */
async function mayBeStarting(
  about: About,
  threadId: ThreadId,
  known: Session | undefined,
  deps: Deps,
): Promise<boolean> {
  const ageMs = about.happenedAt === undefined ? 0 : deps.clock.now() - Date.parse(about.happenedAt)
  const isYoung = ageMs < STARTING_WITHIN_MS
  if (known) {
    // An agent may open a thread of a customer of ours: no handoff of ours begins with it.
    const ours = isYoung ? await ownEventsIn(threadId, known, deps) : undefined
    return isYoung && (ours === undefined || isOpenedByUs(ours))
  }
  const opened = await openedBy(about, threadId, deps)
  if (opened === 'others') deps.memory.foreignThreads.set(threadId, true)
  return isYoung && (opened === 'us' || (opened === 'unknown' && (await isLikely(about, deps))))
}

/** Who opened a thread, by the events in it. An opening of ours that is minutes old and has no conversation was cut off. */
async function openedBy(about: About, threadId: ThreadId, deps: Deps): Promise<'us' | 'others' | 'unknown'> {
  const isOurs = (events: readonly IncomingEvent[]) =>
    events.some(({ customId }) => isOpeningOf(deps.installationMark, customId))
  // A delivery without events tells nothing: they may have been left out.
  if (about.events?.length) return isOurs(about.events) ? 'us' : 'others'
  const key = { chatId: about.chatId, threadId }
  try {
    const { thread } = await deps.livechat.agent.getChat(key)
    if (!isOurs(thread?.events ?? [])) return 'others'
    const isCutOff = thread?.active && Date.parse(thread.createdAt ?? '') < deps.clock.now() - START_MAY_TAKE_MS
    if (isCutOff) await deps.livechat.agent.deactivateChat(key)
    return 'us'
  } catch (error) {
    deps.log.info(`Who opened a thread is not known: ${describe(error)}`)
    return isFailure(error, 'not-found') ? 'others' : 'unknown'
  }
}

/** Where LiveChat does not say who opened a thread: each foreign chat of the organization is such a case too. */
async function isLikely({ source, happenedAt }: About, deps: Deps): Promise<boolean> {
  return happenedAt !== undefined || deps.memory.startLock.isLocked() || isOurSource(source, deps)
}
