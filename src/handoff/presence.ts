import type { IncomingEvent, Queue } from '../livechat/types'
import type { AgentFace } from '../session/agents'
import type { Session } from '../session/session'
import { entryOf, isSettled, transition, type Fact, type Notice, type Presence } from '../session/transitions'
import type { Chat, ChatUser, Thread } from '../livechat/types'
import { authorKind } from '../translate/relayable'
import { queueSentence } from '../translate/words'
import type { Deps } from '../wiring'
import { inTurn, type Turn } from './in-turn'
import type { LookedAt } from './missing-words'
import { tryGetChat } from './try-get-chat'

/** Somebody is said to be in the chat now. `face` is what the webhook itself shows of them. */
export type Arrival = {
  agentId: string
  face?: AgentFace
  /** A transfer: whoever was there before is not any more. */
  replacesOthers: boolean
}

/** An agent's words and the Botpress user who says them. */
export type Introduced = { session: Session; authorUserId: string }

/** Notifies the bot of an agent, once for each change. */
export function agentArrived(
  { agentId, face, replacesOthers }: Arrival,
  session: Session,
  deps: Deps,
): Promise<Session> {
  if (authorKind(agentId) !== 'human') return Promise.resolve(session)
  return apply({ kind: 'agentHere', agentId, replacesOthers }, session, { face }, deps)
}

/** Nobody is notified; should the agent come back, that is worth notifying again. */
export function agentLeft(agentId: string, session: Session, deps: Deps): Promise<Session> {
  return apply({ kind: 'agentGone', agentId }, session, {}, deps)
}

/** Where the customer stands in the queue, once per change. `isFirst`: the place at the start. */
export function notifyQueuePosition(queue: Queue, isFirst: boolean, session: Session, deps: Deps): Promise<Session> {
  return apply({ kind: 'queued', queue, isFirst }, session, {}, deps)
}

/**
 * Makes sure that the author of an event is announced before the words come, and that the bot has processed it: the
 * plugin's own announcement of first words is doubled when two of them overlap. `undefined`: LiveChat knows nobody of that
 * id in the chat. `looking`: the chat, where it is asked for already.
 */
export async function introduceAuthor(
  { authorId }: IncomingEvent,
  session: Session,
  deps: Deps,
  looking?: LookedAt,
): Promise<Introduced | undefined> {
  if (authorId === undefined || authorId === session.customerId) return undefined
  const known = entryOf(session, authorId)
  if (known && !known.hasLeft && known.userId) return introduced(session, authorId, known.userId, deps)
  const author = await identify(authorId, session, deps, looking)
  if (author === 'nobody') {
    deps.log.warn('Words of somebody who is not in the chat were dropped')
    return undefined
  }
  const announced = await apply({ kind: 'agentSpoke', agentId: authorId }, session, author, deps)
  return introduced(announced, authorId, await agentUser(authorId, author, announced, deps), deps)
}

async function introduced(session: Session, agentId: string, authorUserId: string, deps: Deps): Promise<Introduced> {
  const { announcedAt } = entryOf(session, agentId) ?? {}
  if (announcedAt !== undefined && !session.ended) await deps.events.untilAnnounced(session, authorUserId, announcedAt)
  return { session, authorUserId }
}

/** The user of an agent whose former user was deleted in Botpress: made again, and noted with the session. */
export async function reintroduce(agentId: string, session: Session, deps: Deps): Promise<Introduced> {
  deps.agents.forget(agentId)
  const authorUserId = await agentUser(agentId, {}, session, deps)
  return { session: await deps.sessions.writeAgentUser(session, agentId, authorUserId), authorUserId }
}

type Known = { face?: AgentFace }

/** What LiveChat shows of an author whom this process does not know; `nobody`: it shows no such user in the chat. */
async function identify(agentId: string, session: Session, deps: Deps, looking?: LookedAt): Promise<Known | 'nobody'> {
  if (deps.agents.remembered(agentId)?.name) return {}
  const chat = await (looking ?? tryGetChat(session, 'The name of an agent is not known', deps))
  if (!chat) return {} // words are not lost because a name is missing
  const user = chat.users.find(({ id }) => id === agentId)
  return user ? { face: { name: user.name, avatar: user.avatar } } : 'nobody'
}

/** What a webhook brought is enough; else what Botpress knows; LiveChat is asked only for somebody quite new. */
async function agentUser(agentId: string, { face = {} }: Known, session: Session, deps: Deps): Promise<string> {
  const user = await deps.agents.userOf(agentId, face)
  if (user.name) return user.userId
  const seen = await identify(agentId, session, deps)
  return seen !== 'nobody' && seen.face?.name ? (await deps.agents.userOf(agentId, seen.face)).userId : user.userId
}

/** Decides under the lease what a fact changes: notifies first, then marks, so that a mark means "notified". */
async function apply(fact: Fact, session: Session, known: Known, deps: Deps): Promise<Session> {
  const hint = transition(session, fact)
  if (isSettled(hint)) return session
  // Not changed by waiting for the lease, unlike what LiveChat says about who is there.
  const user = mayAnnounce(fact) ? agentUser(agentOf(fact), known, session, deps) : undefined
  user?.catch(() => undefined) // heard of where it is awaited
  let latest = session
  const isDone = (seen: Session) => isSettled(transition((latest = seen), fact))
  const alongside = () => (hint.ask ? tryGetChat(session, 'Who is in the chat is not known', deps) : undefined)
  const changed = await inTurn(
    session,
    { isDone, alongside: async () => alongside() },
    (turn, chat) => decide(turn, fact, { known, user, chat }, deps),
    deps,
  )
  return changed ?? latest
}

type Evidence = { known: Known; user: Promise<string> | undefined; chat: Chat | undefined }

async function decide(turn: Turn, given: Fact, evidence: Evidence, deps: Deps): Promise<Session> {
  const { session } = turn
  const isAsked = transition(session, given).ask !== undefined
  const chat = isAsked
    ? (evidence.chat ?? (await tryGetChat(session, 'Who is in the chat is not known', deps)))
    : undefined
  const fact = isAsked ? withEvidence(given, chat) : given
  const preview = transition(session, fact)
  if (isSettled(preview)) return session
  const isNew = isArrival(preview.notices)
  const userId = isNew ? await (evidence.user ?? agentUser(agentOf(fact), evidence.known, session, deps)) : ''
  const announced = { userId, at: deps.clock.now() }
  const { tags, notices } = transition(session, fact, announced)
  turn.isHalfDone = notices.length > 0
  for (const notice of notices) await notify(notice, turn, announced.userId, deps)
  if (fact.kind === 'agentSpoke') await deps.events.untilAnnounced(session, userId, announced.at)
  const marked = await deps.sessions.write(session, tags)
  turn.isHalfDone = false
  return marked
}

async function notify(notice: Notice, { session, inherited }: Turn, userId: string, deps: Deps): Promise<void> {
  switch (notice.kind) {
    case 'assigned': {
      const before = entryOf(session, notice.agentId)?.announcedAt ?? 0
      if (inherited && (await deps.events.wasAssigned(session, userId, before + JUST_MARKED_MS))) return
      return deps.events.assigned(session, userId)
    }
    case 'queueChanged': {
      const { position, waitTimeSeconds } = notice.queue
      return deps.events.queueChanged(session, { position, waitTimeSeconds })
    }
    case 'queueSentence':
      return writePlaceInQueue(notice, session, deps)
    case 'stopped':
    case 'chatEnded':
      return // an end has words to write first: see `end.ts`
  }
}

/** An announcement is marked within this time, in milliseconds: an event of before is not the one in question. */
const JUST_MARKED_MS = 5_000

/** After what was announced just before, as words of an agent: the plugin would announce the same person once more. */
async function writePlaceInQueue(
  { queue, place }: Extract<Notice, { kind: 'queueSentence' }>,
  session: Session,
  deps: Deps,
): Promise<void> {
  const { conversationId, threadId } = session
  const { toCustomer } = deps.wordsFor(session)
  const text = queueSentence(toCustomer, queue)
  if (text === undefined) return
  const part = { type: 'text' as const, payload: { text } }
  const authorUserId = await deps.agents.neutralAuthor(toCustomer.say('neutralAuthor'))
  for (const { agentId, userId = '' } of session.agents) await introduced(session, agentId, userId, deps)
  await deps.messages.write({ part, eventId: `${threadId}:queue:${place}`, authorUserId, conversationId })
}

/** Whether somebody is a person whom the customer talks with now. A resumed chat lists former agents too. */
export function isPresentPerson({ id, type, present, isUnseen }: ChatUser, thread: Thread | undefined): boolean {
  if (type !== 'agent' || isUnseen || authorKind(id) !== 'human') return false
  return present ?? thread?.userIds.includes(id) ?? false
}

const mayAnnounce = ({ kind }: Fact) => kind === 'agentHere' || kind === 'agentSpoke'

const isArrival = (notices: readonly Notice[]) => notices.some(({ kind }) => kind === 'assigned')

const agentOf = (fact: Fact) => ('agentId' in fact ? fact.agentId : '')

/** The fact with what LiveChat says about it; where it does not answer, the webhook is taken at its word. */
function withEvidence(fact: Fact, chat: Chat | undefined): Fact {
  if (fact.kind === 'queued') return { ...fact, stillWaits: !chat || chat.thread?.queue !== undefined }
  if (!('agentId' in fact)) return fact
  if (!chat) return { ...fact, presence: 'unknown' }
  const here = agentsIn(chat)
  const presence: Presence = here.includes(fact.agentId) ? 'here' : 'gone'
  return fact.kind === 'agentHere' ? { ...fact, presence, others: here } : { ...fact, presence }
}

/** A supervisor who reads along is nobody to the customer. */
function agentsIn({ users, thread }: Chat): string[] {
  const here = users.filter(({ id, present }) => present ?? thread?.userIds.includes(id) ?? false)
  return here.filter(({ isUnseen }) => !isUnseen).map(({ id }) => id)
}
