import { isApiError } from '@botpress/client'
import type { Client } from '../bp'
import type { Clock, Deadline } from '../clock'
import type { EndReason } from '../translate/end-reason'
import type { HandoffTimes } from '../translate/handoff-times'
import type { Cache } from './cache'
import type { Session } from './session'

/** How long something waits until the bot has processed an event that has to come first, in milliseconds. */
const PROCESSED_WITHIN_MS = 3_000
const POLL_MS = 150
/** Before an event is sent again of which nobody knows whether it was taken, in milliseconds. */
const AGAIN_AFTER_MS = 300

type NewEvent = Parameters<Client['createEvent']>[0]
type StoredEvent = Awaited<ReturnType<Client['listEvents']>>['events'][number]

type ChatEnd = {
  reason: EndReason
  closedBy?: string
  command?: string
  tags: string[]
  rating?: { score?: 'good' | 'bad'; comment?: string }
  undelivered: number
  /** The LiveChat group that had the chat last. */
  groupId?: number
  /** Language of our sentences, as a tag. */
  language: string
} & HandoffTimes

/** What an agent wrote to a customer who is with the bot. */
type AgentsOpening = { agentName?: string; text?: string }

type UndeliveredMessage = {
  /** The Botpress message of the handoff's conversation. */
  messageId: string
  text?: string
  reason: 'noAnswer' | 'refused' | 'uncertain' | 'tokenRefused' | 'botpressFailed'
  sentence: string
}

export type EventsMemory = {
  /** Announcements that the bot may not have processed yet, by conversation and agent user. */
  announcements: Cache<string>
}

type Needs = {
  client: Client
  /** Creates an event with one attempt: Botpress knows no repeated event, so nothing may repeat it unseen. */
  once: () => Client
  memory: EventsMemory
  clock: Clock
  deadline: Deadline
}

/** What we report to the bot beside messages. */
export class Events {
  constructor(private readonly needs: Needs) {}

  /** The plugin shows the agent to the customer. The agent's user stands at the event too, so that it is found again. */
  async assigned({ conversationId }: Session, agentUserId: string): Promise<void> {
    const payload = { conversationId, userId: agentUserId }
    const event = await this.create({ type: 'hitlAssigned', userId: agentUserId, payload }, { conversationId })
    this.needs.memory.announcements.set(keyOf(conversationId, agentUserId), event)
  }

  /** Whether the agent was announced after `sinceMs`, by any process. */
  async wasAssigned({ conversationId }: Session, agentUserId: string, sinceMs: number): Promise<boolean> {
    const event = await this.newest('hitlAssigned', agentUserId, { conversationId })
    return event !== undefined && Date.parse(event.createdAt) > sinceMs
  }

  /** The plugin gives the customer back to the bot. Repeating it is harmless: the end of what has ended is ignored. */
  async stopped({ conversationId, userId }: Session): Promise<void> {
    await this.create({ type: 'hitlStopped', userId, payload: { conversationId } }, { conversationId })
  }

  /** The same, then waits until the plugin has processed it, for `waitMs` at the most. */
  async stoppedAndProcessed({ conversationId, userId }: Session, waitMs: number): Promise<void> {
    const id = await this.create({ type: 'hitlStopped', userId, payload: { conversationId } }, { conversationId })
    await this.untilProcessed(id, waitMs).catch(() => undefined)
  }

  /** When the plugin was last asked to end this handoff, in milliseconds since 1970. */
  async stoppedAt({ conversationId, userId }: Session): Promise<number | undefined> {
    const event = await this.newest('hitlStopped', userId, { conversationId })
    return event && Date.parse(event.createdAt)
  }

  /** `asked`: the customer has just written. */
  async queueChanged(
    session: Session,
    queue: { position?: number; waitTimeSeconds?: number; asked?: true },
  ): Promise<void> {
    const { userId } = session
    const payload = { ...idsOf(session), ...queue }
    await this.create({ type: 'queueChanged', userId, payload }, { threadId: session.threadId, ...queue })
  }

  async chatEnded(session: Session, end: ChatEnd): Promise<void> {
    const { userId, threadId } = session
    await this.create({ type: 'chatEnded', userId, payload: { ...idsOf(session), ...end } }, { threadId })
  }

  async messageNotDelivered(session: Session, undelivered: UndeliveredMessage): Promise<void> {
    const { userId } = session
    const payload = { ...idsOf(session), ...undelivered }
    await this.create({ type: 'messageNotDelivered', userId, payload }, { messageId: undelivered.messageId })
  }

  async hasReportedUndelivered({ userId }: Session, messageId: string): Promise<boolean> {
    return (await this.newest('messageNotDelivered', userId, { messageId })) !== undefined
  }

  /** `session`: the newest handoff of the chat. `threadId`: the thread that the agent opened. */
  async agentOpenedChat(session: Session, threadId: string, opening: AgentsOpening): Promise<void> {
    const { userId } = session
    const payload = { ...idsOf(session), threadId, ...opening }
    await this.create({ type: 'agentOpenedChat', userId, payload }, { threadId })
  }

  async chatSummarized(session: Session, text: string): Promise<void> {
    const { userId, threadId } = session
    await this.create({ type: 'chatSummarized', userId, payload: { ...idsOf(session), text } }, { threadId })
  }

  /** Whether `chatSummarized` of this handoff was sent before, by any process. */
  async hasReportedSummary({ userId, threadId }: Session): Promise<boolean> {
    return (await this.newest('chatSummarized', userId, { threadId })) !== undefined
  }

  /** Whether `agentOpenedChat` of this thread was sent before, by any process. */
  async hasReportedOpening({ userId }: Session, threadId: string): Promise<boolean> {
    return (await this.newest('agentOpenedChat', userId, { threadId })) !== undefined
  }

  /** Whether `chatEnded` of this handoff was sent before, by any process. */
  async hasReportedEnd({ userId, threadId }: Session): Promise<boolean> {
    return (await this.newest('chatEnded', userId, { threadId })) !== undefined
  }

  /**
   * Words that the bot gets before the announcement of their author would announce them a second time: waits until the
   * announcement is processed, until 3 s after it at the most. One that another process sent is looked up.
   */
  async untilAnnounced({ conversationId }: Session, agentUserId: string, announcedAt: number): Promise<void> {
    const { memory, clock, deadline } = this.needs
    const key = keyOf(conversationId, agentUserId)
    const eventId = memory.announcements.get(key)
    const ageMs = clock.now() - announcedAt
    const waitMs = Math.min(PROCESSED_WITHIN_MS - ageMs, deadline.leftMs())
    if (eventId === DONE || waitMs <= 0) return
    const processed = async () => {
      const id = eventId ?? (await this.newest('hitlAssigned', agentUserId, { conversationId }))?.id
      if (id !== undefined) await this.untilProcessed(id, waitMs)
    }
    // Botpress' client repeats a failed call for seconds, and nothing here is worth losing what waits behind it.
    await Promise.race([processed().catch(() => undefined), clock.sleep(waitMs)])
    memory.announcements.set(key, DONE)
  }

  private async untilProcessed(eventId: string, waitMs: number): Promise<void> {
    const { client, clock } = this.needs
    const until = clock.now() + waitMs
    while (clock.now() < until) {
      if ((await client.getEvent({ id: eventId })).event.status !== 'pending') return
      await clock.sleep(POLL_MS)
    }
  }

  /** One event, once: when its answer was lost, it is looked for before it is sent again. Returns its id. */
  private async create(event: NewEvent, mark: Record<string, unknown>): Promise<string> {
    const { once, clock } = this.needs
    const since = clock.now()
    try {
      return (await once().createEvent(event)).event.id
    } catch (error) {
      if (isRefused(error)) throw error
      await clock.sleep(AGAIN_AFTER_MS)
      const sent = wasNotTaken(error) ? undefined : await this.newest(event.type, event.userId, mark)
      const isThisOne = sent !== undefined && Date.parse(sent.createdAt) > since - SAME_EVENT_WITHIN_MS
      return isThisOne ? sent.id : (await once().createEvent(event)).event.id
    }
  }

  /** Found by the user at the event; the conversation cannot stand there, the plugin would swallow the event. */
  private async newest(type: string, userId: string | undefined, payload: Record<string, unknown>) {
    const { events } = await this.needs.client.listEvents({ userId })
    const fits = (event: StoredEvent) =>
      event.type.endsWith(type) && Object.entries(payload).every(([key, value]) => event.payload[key] === value)
    return events.filter(fits).sort((a, b) => b.createdAt.localeCompare(a.createdAt))[0]
  }
}

/** Clocks of two computers differ; an event of this call is younger than this, in milliseconds. */
const SAME_EVENT_WITHIN_MS = 2_000
/** In place of the id of an announcement that the bot has processed. */
const DONE = ''

/** Botpress said no, and would say so again. */
function isRefused(error: unknown): boolean {
  return isApiError(error) && error.code >= 400 && error.code < 500 && !wasNotTaken(error)
}

/** Botpress said that it did nothing, for now. */
function wasNotTaken(error: unknown): boolean {
  return isApiError(error) && (error.code === 409 || error.code === 429)
}

const keyOf = (conversationId: string, userId: string) => `${conversationId} ${userId}`

// Never `conversationId`: the plugin swallows an event that carries it while the session lives.
function idsOf({ userId, conversationId, chatId, threadId, upstream }: Session) {
  return {
    ...{ userId, hitlConversationId: conversationId, chatId, threadId },
    ...(upstream.conversationId && { upstreamConversationId: upstream.conversationId }),
    ...(upstream.userId && { upstreamUserId: upstream.userId }),
  }
}
