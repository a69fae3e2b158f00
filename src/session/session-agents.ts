import { MAX_TAG_CHARACTERS } from '../translate/wording'

/** Somebody who was announced in a handoff. */
export type AgentEntry = {
  /** Login e-mail of the LiveChat agent. */
  agentId: string
  /** The Botpress user that stands for them; unknown for entries that version 1.0.0 wrote. */
  userId?: string
  /** When they were last announced, in milliseconds since 1970; unknown for older entries. */
  announcedAt?: number
  /** Gone since: coming back is a change that the customer should hear of. */
  hasLeft: boolean
}

// One entry is `agentId,userId,time`; a leading `-` marks one who left. Neither addresses nor ids hold blanks or commas,
// and the time is in base 36.
const RADIX = 36

/** Reads the tag `agentsSeen`. Version 1.0.0 kept the user of the agent last announced in a tag of its own. */
export function readAgents(tags: Record<string, string | undefined>): AgentEntry[] {
  const entries = (tags['agentsSeen'] ?? '').split(' ').filter(Boolean).map(readEntry)
  const { agentId, agentUserId } = tags
  if (!agentId) return entries
  const last = entries.find((entry) => entry.agentId === agentId)
  if (!last) return [...entries, { agentId, ...(agentUserId && { userId: agentUserId }), hasLeft: false }]
  return entries.map((entry) =>
    entry === last && !entry.userId && agentUserId ? { ...entry, userId: agentUserId } : entry,
  )
}

function readEntry(text: string): AgentEntry {
  const hasLeft = text.startsWith('-')
  const [agentId = '', userId, time] = (hasLeft ? text.slice(1) : text).split(',')
  const announcedAt = time ? parseInt(time, RADIX) : NaN
  return { agentId, ...(userId && { userId }), ...(Number.isFinite(announcedAt) && { announcedAt }), hasLeft }
}

/** The tags of these agents: all of them, as far as they fit, and the one last announced. */
export function agentsTag(agents: readonly AgentEntry[]): { agentId: string; agentsSeen: string } {
  return { agentId: agents.at(-1)?.agentId ?? '', agentsSeen: newestThatFit(agents.map(entryText)) }
}

function entryText({ agentId, userId = '', announcedAt, hasLeft }: AgentEntry): string {
  const time = announcedAt === undefined ? '' : announcedAt.toString(RADIX)
  return `${hasLeft ? '-' : ''}${[agentId, userId, time].join(',').replace(/,+$/, '')}`
}

function newestThatFit(list: string[]): string {
  const joined = list.join(' ')
  return joined.length <= MAX_TAG_CHARACTERS || list.length <= 1 ? joined : newestThatFit(list.slice(1))
}
