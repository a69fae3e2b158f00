import type { ChatId, CustomerId, ThreadId } from '../livechat/types'

/** One handoff: a Botpress conversation and the LiveChat thread that it stands for. Kept in the conversation's tags. */
export type Session = {
  conversationId: string
  /** The Botpress user who was handed over. */
  userId: string
  chatId: ChatId
  threadId: ThreadId
  customerId: CustomerId
  /** The agent last announced, and the Botpress user that stands for them. */
  agentId?: string
  agentUserId?: string
  /** Agents announced so far, separated by spaces; a leading `-` marks one who left. */
  agentsSeen: string
  /** Place and waiting time last told. */
  queue?: string
  openChoice?: OpenChoice
  /** Why it is over; absent while it lives. */
  ended?: Ended
  /** Our side asked LiveChat to close the chat. */
  endedByUs: boolean
  /** A newer handoff began before this one was known to be over: the bot was not told of its end. */
  superseded: boolean
  /** Milliseconds since 1970. */
  createdAt: number
  updatedAt: number
}

/** `us`: the bot, `/end` or a time limit of the plugin. The others are what LiveChat did. */
export type Ended = 'us' | EndReason
export type EndReason = 'agent' | 'customer' | 'idle' | 'nobody' | 'disconnected' | 'other'

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
    | 'agentUserId'
    | 'agentsSeen'
    | 'queue'
    | 'openChoice'
    | 'ended'
    | 'endedByUs',
    string
  >
>

type Conversation = { id: string; createdAt: string; updatedAt: string; tags: Record<string, string | undefined> }

const LABELS_ONLY = ' labels'
const SUPERSEDED = 'superseded'

/** What marks a handoff that a newer one has taken the place of. */
export const SUPERSEDED_TAGS: SessionTags = { ended: 'other', endedByUs: SUPERSEDED }

const END_REASONS = new Set<string>(['us', 'agent', 'customer', 'idle', 'nobody', 'disconnected', 'other'])

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
    agentId: tags['agentId'] || undefined,
    agentUserId: tags['agentUserId'] || undefined,
    agentsSeen: tags['agentsSeen'] ?? '',
    queue: tags['queue'] || undefined,
    openChoice: readOpenChoice(tags['openChoice']),
    ended: readEnded(tags['ended']),
    endedByUs: tags['endedByUs'] === 'true',
    superseded: tags['endedByUs'] === SUPERSEDED,
    createdAt: Date.parse(createdAt),
    updatedAt: Date.parse(updatedAt),
  }
}

function readEnded(tag: string | undefined): Ended | undefined {
  if (!tag) return undefined
  return END_REASONS.has(tag) ? (tag as Ended) : 'other'
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
