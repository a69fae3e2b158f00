import type { Session, SessionTags } from './session'

/** Longest value of a tag, in characters. */
const MAX_TAG_CHARACTERS = 500

// `agentsSeen` holds who was announced in this session, oldest first; a leading `-` marks one who left since.
const entries = ({ agentsSeen }: Session) => agentsSeen.split(' ').filter(Boolean)

/** Announced before, and not known to have left: a webhook about them is late or repeated. */
export function isHere(session: Session, agentId: string): boolean {
  return entries(session).includes(agentId)
}

/** Announced before, and gone since: coming back is a change that the customer should hear of. */
export function hasLeft(session: Session, agentId: string): boolean {
  return entries(session).includes(`-${agentId}`)
}

export function othersAreHere(session: Session, agentId: string): boolean {
  return entries(session).some((entry) => entry !== agentId && !entry.startsWith('-'))
}

/** The tags that mark an agent as the one announced; `alone` when a transfer means that the others left. */
export function announcedTags(
  session: Session,
  agent: { agentId: string; userId: string; alone: boolean },
): SessionTags {
  const others = entries(session).filter((entry) => entry.replace(/^-/, '') !== agent.agentId)
  const kept = agent.alone ? others.map((entry) => `-${entry.replace(/^-/, '')}`) : others
  return {
    agentId: agent.agentId,
    agentUserId: agent.userId,
    agentsSeen: newestThatFit([...kept, agent.agentId]),
  }
}

/** The tag that marks an agent as gone. */
export function leftTags(session: Session, agentId: string): SessionTags {
  return { agentsSeen: newestThatFit(entries(session).map((entry) => (entry === agentId ? `-${agentId}` : entry))) }
}

function newestThatFit(list: string[]): string {
  const joined = list.join(' ')
  return joined.length <= MAX_TAG_CHARACTERS || list.length <= 1 ? joined : newestThatFit(list.slice(1))
}
