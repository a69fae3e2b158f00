import type { ChatId, CustomerId, ThreadId } from '../livechat/types'
import type { EndReason } from '../translate/end-reason'
import { readWording, wordingTag, type Wording } from '../translate/wording'
import { agentsTag, readAgents, type AgentEntry } from './session-agents'

/** One handoff: a Botpress conversation and the LiveChat thread that it stands for. Kept in the conversation's tags. */
export type Session = Wording & {
  conversationId: string
  /** The Botpress user who was handed over. */
  userId: string
  chatId: ChatId
  threadId: ThreadId
  customerId: CustomerId
  /** The agents announced so far, oldest first, each at their last announcement. */
  agents: readonly AgentEntry[]
  /** When the first agent was announced (ISO). */
  assignedAt?: string
  /** The plugin is known to listen. */
  isActive: boolean
  /** When we wrote a tag to see whether that moves `updatedAt`, in milliseconds since 1970. */
  testedAt?: number
  /** Place and waiting time last reported. */
  queue?: string
  openChoice?: OpenChoice
  /** Absent while the handoff lives. */
  ended?: Ended
  /** By which command or tag an agent gave the customer back. */
  command?: string
  /** The thread was an agent's, and what they wrote before the handoff was not shown yet. */
  hasEarlierWords: boolean
  /** The customer's own conversation and user, where the bot told. */
  upstream: { conversationId?: string; userId?: string }
  /** Milliseconds since 1970. */
  createdAt: number
  updatedAt: number
}

/**
 * `us`: the bot, `/end` or a time limit of the plugin. `newer`: another handoff of the same customer took its place. The
 * others are what LiveChat did.
 */
export type Ended = 'us' | 'newer' | EndReason

/** After another message of an agent only whole labels answer a choice, since "2" could mean something else by then. */
export type OpenChoice = { eventId: string; labelsOnly: boolean }

/** The tags of a conversation, as the definition declares them. */
export type SessionTags = Partial<
  Record<
    | 'chatId'
    | 'threadId'
    | 'customerId'
    | 'userId'
    | 'agentId'
    | 'agentsSeen'
    | 'assignedAt'
    | 'active'
    | 'queue'
    | 'openChoice'
    | 'ended'
    | 'upstream'
    | 'wording'
    | 'command',
    string
  >
>

type Conversation = { id: string; createdAt: string; updatedAt: string; tags: Record<string, string | undefined> }

const LABELS_ONLY = ' labels'

/** Reads the tags of a conversation; `undefined` when it is no handoff of ours. */
export function readSession({ id, createdAt, updatedAt, tags }: Conversation): Session | undefined {
  const { chatId, threadId, customerId, userId } = tags
  if (!chatId || !threadId || !customerId || !userId) return undefined
  return {
    conversationId: id,
    userId,
    chatId: chatId as ChatId,
    threadId: threadId as ThreadId,
    customerId: customerId as CustomerId,
    agents: readAgents(tags),
    assignedAt: tags['assignedAt'] || undefined,
    ...readActive(tags['active']),
    queue: tags['queue'] || undefined,
    openChoice: readOpenChoice(tags['openChoice']),
    ended: readEnded(tags),
    command: tags['command'] || undefined,
    upstream: { ...pluginsLink(tags), ...readUpstream(tags['upstream']) },
    hasEarlierWords: tags['upstream']?.endsWith(EARLIER_WORDS) === true,
    ...readWording(tags['wording']),
    createdAt: Date.parse(createdAt),
    updatedAt: Date.parse(updatedAt),
  }
}

/** The session as it is once `tags` are written. */
export function withTags(session: Session, tags: SessionTags): Session {
  const { conversationId: id, createdAt, updatedAt } = session
  const iso = (ms: number) => new Date(ms).toISOString()
  const all = { ...tagsOf(session), ...tags }
  return readSession({ id, createdAt: iso(createdAt), updatedAt: iso(updatedAt), tags: all }) ?? session
}

function tagsOf(session: Session): SessionTags {
  const { chatId, threadId, customerId, userId, agents, assignedAt = '', isActive, queue = '' } = session
  return {
    ...{ chatId, threadId, customerId, userId, assignedAt, queue },
    ...agentsTag(agents),
    active: isActive ? 'true' : '',
    ...(session.testedAt !== undefined && !isActive && { active: testedTag(session.testedAt) }),
    openChoice: openChoiceTag(session.openChoice),
    ended: session.ended ?? '',
    command: session.command ?? '',
    upstream: upstreamTag(session.upstream, session.hasEarlierWords),
    wording: wordingTag(session),
  }
}

const ENDS = new Set<string>(['us', 'newer', 'agent', 'customer', 'idle', 'nobody', 'disconnected', 'other'])

/** Up to 1.0.0 a second tag, `endedByUs`, said that the end was ours or that a newer handoff had begun. */
function readEnded(tags: Conversation['tags']): Ended | undefined {
  const { ended, endedByUs } = tags
  if (endedByUs === 'superseded') return 'newer'
  if (endedByUs === 'true') return 'us'
  if (!ended) return undefined
  return ENDS.has(ended) ? (ended as Ended) : 'other'
}

const TESTED = 'tested@'

/** The value of `active` that notes a test write instead of an active plugin. */
export const testedTag = (atMs: number) => `${TESTED}${atMs}`

function readActive(tag = ''): Pick<Session, 'isActive' | 'testedAt'> {
  return tag.startsWith(TESTED)
    ? { isActive: false, testedAt: Number(tag.slice(TESTED.length)) }
    : { isActive: tag !== '' }
}

function readOpenChoice(tag: string | undefined): OpenChoice | undefined {
  if (!tag) return undefined
  const labelsOnly = tag.endsWith(LABELS_ONLY)
  return { eventId: labelsOnly ? tag.slice(0, -LABELS_ONLY.length) : tag, labelsOnly }
}

/** An empty tag is a removed one. */
export function openChoiceTag(choice: OpenChoice | undefined): string {
  return choice ? choice.eventId + (choice.labelsOnly ? LABELS_ONLY : '') : ''
}

const NONE = '-'

const EARLIER_WORDS = ' earlierWords'

/** Two ids without blanks, and a word, in one tag: the number of tags is limited. */
export function upstreamTag({ conversationId, userId }: Session['upstream'], hasEarlierWords = false): string {
  if (!conversationId && !userId && !hasEarlierWords) return ''
  return `${conversationId || NONE} ${userId || NONE}${hasEarlierWords ? EARLIER_WORDS : ''}`
}

function readUpstream(tag = ''): Session['upstream'] {
  const [conversationId, userId] = tag.split(' ').map((id) => (id === NONE || id === '' ? undefined : id))
  return { ...(conversationId && { conversationId }), ...(userId && { userId }) }
}

/**
 * The HITL plugin names the customer's own conversation in a tag of ours. Whether an integration sees the tags of a plugin is
 * not documented: where it does, the bot need not say it.
 */
function pluginsLink(tags: Conversation['tags']): Session['upstream'] {
  const conversationId = Object.entries(tags).find(([name]) => name.endsWith('#upstream'))?.[1]
  return conversationId ? { conversationId } : {}
}
