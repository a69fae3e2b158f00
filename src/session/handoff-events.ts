import type { Client } from '../bp'
import type { Clock, Deadline } from '../clock'
import type { Memory } from './memory'
import type { EndReason, Session } from './session'

/** How long words are held back until the bot has processed the assignment before them, in milliseconds. */
const ASSIGNMENT_HOLD_MS = 3000
const POLL_MS = 150

export type ChatEnd = {
  reason: EndReason
  closedBy?: string
  tags: string[]
  rating?: { score?: 'good' | 'bad'; comment?: string }
  undelivered: number
}

/** What we tell the bot beside messages. Botpress does not recognise a repeated event: callers mark before they tell. */
export class HandoffEvents {
  constructor(
    private readonly client: Client,
    private readonly memory: Memory,
    private readonly clock: Clock,
  ) {}

  /** The agent's user stands at the event too, so that it is found again. */
  async assigned({ conversationId }: Session, agentUserId: string): Promise<void> {
    const { event } = await this.client.createEvent({
      type: 'hitlAssigned',
      userId: agentUserId,
      payload: { conversationId, userId: agentUserId },
    })
    this.memory.assignments.set(conversationId, event.id)
    this.memory.toldOf.set(conversationId, agentUserId)
  }

  /** Whether `hitlAssigned` of this agent was sent before, by any process. */
  async wasToldOf({ conversationId }: Session, agentUserId: string): Promise<boolean> {
    if (this.memory.toldOf.get(conversationId) === agentUserId) return true
    const { events } = await this.client.listEvents({ userId: agentUserId })
    return events.some(
      ({ type, payload }) => type.endsWith('hitlAssigned') && payload['conversationId'] === conversationId,
    )
  }

  /** Repeating it is harmless: the plugin ignores the end of what has ended. */
  async stopped({ conversationId }: Session): Promise<void> {
    await this.client.createEvent({ type: 'hitlStopped', payload: { conversationId } })
  }

  async queueChanged(session: Session, queue: { position?: number; waitTimeSeconds?: number }): Promise<void> {
    await this.client.createEvent({ type: 'queueChanged', payload: { ...idsOf(session), ...queue } })
  }

  async chatEnded(session: Session, end: ChatEnd): Promise<void> {
    const { userId, threadId } = session
    await this.client.createEvent({ type: 'chatEnded', userId, payload: { ...idsOf(session), ...end } })
    this.memory.reportedEnds.set(threadId, true)
  }

  /** Whether `chatEnded` of this session was sent before, by any process. */
  async hasReportedEnd({ userId, threadId }: Session): Promise<boolean> {
    if (this.memory.reportedEnds.get(threadId)) return true
    const { events } = await this.client.listEvents({ userId })
    const reported = events.some(({ type, payload }) => type.endsWith('chatEnded') && payload['threadId'] === threadId)
    if (reported) this.memory.reportedEnds.set(threadId, true)
    return reported
  }

  /**
   * Words of an agent that the bot gets before the assignment just sent would announce the agent a second time: waits
   * until that event is processed, for 3 s at the most.
   */
  async settleAssignment({ conversationId }: Session, deadline: Deadline): Promise<void> {
    const eventId = this.memory.assignments.get(conversationId)
    if (!eventId) return
    const waitMs = Math.min(ASSIGNMENT_HOLD_MS, deadline.leftMs())
    // Botpress' client repeats a failed call for seconds, and nothing here is worth losing what waits behind it.
    await Promise.race([this.untilProcessed(eventId, waitMs).catch(() => undefined), this.clock.sleep(waitMs)])
    this.memory.assignments.delete(conversationId)
  }

  private async untilProcessed(eventId: string, waitMs: number): Promise<void> {
    const until = this.clock.now() + waitMs
    while (this.clock.now() < until) {
      const { event } = await this.client.getEvent({ id: eventId })
      if (event.status !== 'pending') return
      await this.clock.sleep(POLL_MS)
    }
  }
}

// Never `conversationId`: the plugin swallows an event that carries it while the session lives (botpress-contract 2.8).
function idsOf({ userId, conversationId, chatId, threadId }: Session) {
  return { userId, hitlConversationId: conversationId, chatId, threadId }
}
