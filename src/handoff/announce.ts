import type { IncomingEvent } from '../livechat/types'
import type { AgentFace } from '../session/agents'
import { announcedTags, hasLeft, isHere, othersAreHere } from '../session/presence'
import type { Session } from '../session/session'
import { authorKind } from '../translate/relayable'
import type { Deps } from '../wiring'
import { glanceAtChat } from './glance-at-chat'

/** How long after the mark another process may still be telling the bot of an agent, in milliseconds. */
const TELLING_MAY_TAKE_MS = 5000

/** Somebody is said to be in the chat now. `face` is what the delivery itself shows of them. */
export type Arrival = {
  agentId: string
  face?: AgentFace
  /** A transfer: whoever was there before is not any more. */
  alone: boolean
}

/** An agent's words and the Botpress user who says them. */
export type Introduced = { session: Session; authorUserId: string }

/**
 * Tells the bot of an agent, once for each change. A repeated or late delivery about somebody announced before changes
 * nothing; somebody who left is announced again only when LiveChat says that they are there.
 */
export async function announce(arrival: Arrival, session: Session, deps: Deps): Promise<Session> {
  const { agentId, alone } = arrival
  if (authorKind(agentId) !== 'human' || session.ended) return session
  const isKnown = session.agentId === agentId || isHere(session, agentId)
  if (isKnown && !(session.agentId === agentId && alone && othersAreHere(session, agentId))) {
    await completeAnnouncement(agentId, session, deps)
    return session
  }
  const seen = mayBeLate(arrival, session, deps) ? await look(session, agentId, deps) : undefined
  if (seen && (hasLeft(session, agentId) ? seen.present !== true : isGone(seen))) return session
  if (isKnown) return markOthersLeft(session, agentId, deps)
  const userId = await agentUser(agentId, { ...seen?.face, ...arrival.face }, session, deps)
  // Marked before it is told: a delivery that comes meanwhile must not tell it again.
  const marked = await mark(session, { agentId, userId, alone }, deps)
  await deps.hitl.assigned(marked, userId)
  return marked
}

/**
 * Marked, and then the process died or Botpress did not take the event: told when LiveChat sends the delivery again. Not
 * to somebody who has spoken, since the plugin makes an announcement of its own of that.
 */
async function completeAnnouncement(agentId: string, session: Session, deps: Deps): Promise<void> {
  const { agentUserId, conversationId, updatedAt } = session
  const mayBeUnderWay = deps.clock.now() - updatedAt < TELLING_MAY_TAKE_MS
  if (mayBeUnderWay || session.agentId !== agentId || !agentUserId) return
  if (await deps.hitl.wasToldOf(session, agentUserId)) return
  if (!(await deps.messages.areBy(agentUserId, conversationId))) await deps.hitl.assigned(session, agentUserId)
}

/** Only LiveChat can tell whether a later change has overtaken what a delivery says; it repeats one for a minute. */
function mayBeLate({ agentId, alone }: Arrival, session: Session, { memory }: Deps): boolean {
  if (hasLeft(session, agentId)) return true
  return alone && othersAreHere(session, agentId) && Boolean(memory.announcedLately.get(session.threadId))
}

const isGone = ({ present }: Seen) => present === false || present === 'never'

function mark(session: Session, agent: Parameters<typeof announcedTags>[1], deps: Deps): Promise<Session> {
  deps.memory.announcedLately.set(session.threadId, true)
  return deps.sessions.write(session, announcedTags(session, agent))
}

/**
 * Makes sure that the author of an event is known to the bot before the words come. The first words of all need no
 * announcement: the plugin makes its own of them. `undefined`: LiveChat knows nobody of that id in the chat.
 */
export async function introduceAuthor(
  { authorId }: IncomingEvent,
  session: Session,
  deps: Deps,
): Promise<Introduced | undefined> {
  if (authorId === undefined || authorId === session.customerId) return undefined
  if (authorId === session.agentId && session.agentUserId) return { session, authorUserId: session.agentUserId }
  const seen: Seen = deps.agents.remembered(authorId)?.name ? {} : await look(session, authorId, deps)
  if (seen.present === 'never') {
    deps.log.warn('Words of somebody who is not in the chat were dropped')
    return undefined
  }
  const { userId } = await deps.agents.userOf(authorId, seen.face ?? {})
  if (session.ended || isHere(session, authorId) || hasLeft(session, authorId)) return { session, authorUserId: userId }
  const marked = await mark(session, { agentId: authorId, userId, alone: false }, deps)
  if (session.agentId) await deps.hitl.assigned(marked, userId)
  return { session: marked, authorUserId: userId }
}

/** The user of an agent whose former user was deleted in Botpress: made again, and noted with the session. */
export async function reintroduce(agentId: string, session: Session, deps: Deps): Promise<Introduced> {
  deps.agents.forget(agentId)
  const authorUserId = await agentUser(agentId, {}, session, deps)
  if (agentId !== session.agentId) return { session, authorUserId }
  return { session: await deps.sessions.write(session, { agentUserId: authorUserId }), authorUserId }
}

/** What a webhook brought is enough; else what Botpress knows; LiveChat is asked only for somebody quite new. */
async function agentUser(agentId: string, face: AgentFace, session: Session, deps: Deps): Promise<string> {
  const user = await deps.agents.userOf(agentId, face)
  if (user.name) return user.userId
  const { face: seen } = await look(session, agentId, deps)
  return seen?.name ? (await deps.agents.userOf(agentId, seen)).userId : user.userId
}

/** A transfer to somebody announced already still means that the others are gone. */
function markOthersLeft(session: Session, agentId: string, { sessions }: Deps): Promise<Session> | Session {
  const { agentUserId } = session
  if (!agentUserId) return session
  return sessions.write(session, announcedTags(session, { agentId, userId: agentUserId, alone: true }))
}

/** `never`: LiveChat knows nobody of that id in the chat. Nothing at all: it could not be asked. */
type Seen = { face?: AgentFace; present?: boolean | 'never' }

/** Asks LiveChat about somebody in the chat. When it does not say, words are not lost because a name is missing. */
async function look(session: Session, agentId: string, deps: Deps): Promise<Seen> {
  const chat = await glanceAtChat(session, 'The name of an agent is not known', deps)
  if (!chat) return {}
  const user = chat.users.find(({ id }) => id === agentId)
  if (!user) return { present: 'never' }
  const present = !user.isUnseen && (user.present ?? chat.thread?.userIds.includes(agentId) ?? false)
  return { face: { name: user.name, avatar: user.avatar }, present }
}
