import type { EndReason } from '../translate/end-reason'
import type { Queue } from '../livechat/types'
import { agentsTag, type AgentEntry } from './session-agents'
import type { Session, SessionTags } from './session'

/** Whether LiveChat shows somebody in the chat now. `unknown`: it was asked and could not say. */
export type Presence = 'here' | 'gone' | 'unknown'

/** What a webhook, a message or `get_chat` says about a handoff. */
export type Fact =
  /**
   * Somebody is in the chat. `replacesOthers`: the chat was given to them, so nobody else is there any more but whom LiveChat
   * shows in `others`.
   */
  | { kind: 'agentHere'; agentId: string; replacesOthers: boolean; presence?: Presence; others?: readonly string[] }
  /** An agent wrote: whoever was not announced before is announced by it. */
  | { kind: 'agentSpoke'; agentId: string; presence?: Presence }
  | { kind: 'agentGone'; agentId: string; presence?: Presence }
  /** The customer waits in the queue. `isFirst`: the place at the start. `stillWaits`: LiveChat says so now. */
  | { kind: 'queued'; queue: Queue; isFirst?: boolean; stillWaits?: boolean }
  /** LiveChat closed the thread. */
  | { kind: 'closed'; reason: EndReason }
  /** Our side ends it. */
  | { kind: 'stopped' }
  /** Another handoff of the same customer begins. `isSameConversation`: from the same conversation with the bot. */
  | { kind: 'replaced'; isSameConversation: boolean }
  /** A message of the customer came through, so the plugin listens. */
  | { kind: 'pluginActive' }

/** What people and bots have to hear of. */
export type Notice =
  | { kind: 'assigned'; agentId: string }
  | { kind: 'queueChanged'; queue: Queue }
  | { kind: 'queueSentence'; queue: Queue; place: string }
  | { kind: 'stopped' }
  | { kind: 'chatEnded'; reason: EndReason }

/** `ask`: the fact may be late or overtaken, and only LiveChat can say; decide again with its answer. */
type Transition = { tags: SessionTags; notices: Notice[]; ask?: 'get_chat' }

/** Whom the announcement is about, where a transition holds one. */
type Announced = { userId: string; at: number }

const NOTHING: Transition = { tags: {}, notices: [] }
const ASK: Transition = { ...NOTHING, ask: 'get_chat' }

/**
 * What a fact changes in a handoff and who hears of it. The same fact again changes nothing; facts that come late or in
 * another order lead to the same end. `announced`: needed for the tags of an announcement.
 */
export function transition(session: Session, fact: Fact, announced?: Announced): Transition {
  if (session.ended) return NOTHING
  switch (fact.kind) {
    case 'agentHere':
      return agentHere(session, fact, announced)
    case 'agentSpoke':
      return agentSpoke(session, fact, announced)
    case 'agentGone':
      return agentGone(session, fact)
    case 'queued':
      return queued(session, fact)
    case 'closed':
      return {
        tags: { ended: fact.reason },
        notices: [{ kind: 'stopped' }, { kind: 'chatEnded', reason: fact.reason }],
      }
    case 'stopped':
      return { tags: { ended: 'us' }, notices: [] }
    case 'replaced':
      return { tags: { ended: 'newer' }, notices: fact.isSameConversation ? [] : [{ kind: 'stopped' }] }
    case 'pluginActive':
      return session.isActive ? NOTHING : { tags: { active: 'true' }, notices: [] }
  }
}

/** Whether there is nothing to do. */
export function isSettled({ tags, notices, ask }: Transition): boolean {
  return ask === undefined && notices.length === 0 && Object.keys(tags).length === 0
}

type AgentHere = Extract<Fact, { kind: 'agentHere' }>

function agentHere(session: Session, fact: AgentHere, announced?: Announced): Transition {
  const { agentId, replacesOthers, presence } = fact
  const entry = entryOf(session, agentId)
  const others = session.agents.some((other) => other.agentId !== agentId && !other.hasLeft)
  if (entry && !entry.hasLeft && !(replacesOthers && others)) return NOTHING
  // The first agent of all is taken at the webhook's word; later ones may have been overtaken by who came after them.
  if (session.agents.length === 0) return announce(session, fact, announced)
  if (presence === undefined) return ASK
  if (presence === 'gone' || (entry?.hasLeft && presence === 'unknown')) return NOTHING
  if (!entry || entry.hasLeft) return announce(session, fact, announced)
  const agents = onlyHere(session, fact)
  return agents.some(({ hasLeft }, place) => hasLeft !== session.agents[place]?.hasLeft)
    ? { tags: agentsTag(agents), notices: [] }
    : NOTHING
}

/** Words may have been said before their author left, and are late then. */
function agentSpoke(session: Session, fact: Extract<Fact, { kind: 'agentSpoke' }>, announced?: Announced): Transition {
  const entry = entryOf(session, fact.agentId)
  if (!entry) return announce(session, fact, announced)
  if (!entry.hasLeft) return NOTHING
  if (fact.presence === undefined) return ASK
  return fact.presence === 'here' ? announce(session, fact, announced) : NOTHING
}

function announce(
  session: Session,
  fact: { agentId: string; replacesOthers?: boolean; others?: readonly string[] },
  announced?: Announced,
): Transition {
  const { agentId } = fact
  const others = fact.replacesOthers ? onlyHere(session, fact) : [...session.agents]
  const entry: AgentEntry = { agentId, hasLeft: false, userId: announced?.userId, announcedAt: announced?.at }
  const assignedAt = session.assignedAt ? {} : { assignedAt: new Date(announced?.at ?? 0).toISOString() }
  const agents = [...others.filter((other) => other.agentId !== agentId), entry]
  return { tags: { ...agentsTag(agents), ...assignedAt }, notices: [{ kind: 'assigned', agentId }] }
}

function agentGone(session: Session, { agentId, presence }: Extract<Fact, { kind: 'agentGone' }>): Transition {
  const entry = entryOf(session, agentId)
  if (!entry || entry.hasLeft) return NOTHING
  if (presence === undefined) return ASK
  if (presence === 'here') return NOTHING // they left, and were back before we heard of it
  const agents = session.agents.map((other) => (other === entry ? { ...entry, hasLeft: true } : other))
  return { tags: agentsTag(agents), notices: [] }
}

/** To the bot while nobody was announced yet, to the customer once somebody was. Whoever waits has no agent. */
function queued(session: Session, { queue, isFirst, stillWaits }: Extract<Fact, { kind: 'queued' }>): Transition {
  const place = queueTag(queue)
  const isFirstWait = session.agents.length === 0
  if (isFirst && (session.queue !== undefined || !isFirstWait)) return NOTHING
  if (!isNews(queue, session, isFirstWait)) return NOTHING
  if (isFirstWait) return { tags: { queue: place }, notices: [{ kind: 'queueChanged', queue }] }
  if (stillWaits === undefined) return ASK
  if (!stillWaits) return NOTHING
  const agents = session.agents.map((entry) => ({ ...entry, hasLeft: true }))
  return { tags: { queue: place, ...agentsTag(agents) }, notices: [{ kind: 'queueSentence', queue, place }] }
}

/** What is remembered of the place last reported, as `position/seconds@since`. */
const queueTag = (queue: Queue) => `${placeOf(queue)}@${queue.queuedAt ?? ''}`
const placeOf = ({ position, waitTimeSeconds }: Queue) => `${position ?? ''}/${waitTimeSeconds ?? ''}`

/** A repeated webhook may come after a newer one. To who has talked with an agent the same place is news: they wait anew. */
function isNews(queue: Queue, { queue: reported = '' }: Session, isFirstWait: boolean): boolean {
  const [place, since = ''] = reported.split('@')
  if (Date.parse(queue.queuedAt ?? '') < Date.parse(since)) return false
  return isFirstWait ? place !== placeOf(queue) : reported !== queueTag(queue)
}

function onlyHere(session: Session, { agentId, others = [] }: { agentId: string; others?: readonly string[] }) {
  const here = [agentId, ...others]
  return session.agents.map((entry): AgentEntry => (here.includes(entry.agentId) ? entry : { ...entry, hasLeft: true }))
}

/** The agent as far as the customer knows of them. */
export function entryOf({ agents }: Session, agentId: string | undefined): AgentEntry | undefined {
  return agents.find((entry) => entry.agentId === agentId)
}
