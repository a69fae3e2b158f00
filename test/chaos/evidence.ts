import type { Event, Message } from '../../sandbox/botpress'
import type { Thread } from '../../sandbox/livechat'
import { chatOf } from '../../sandbox/sandbox'
import type { Asked, Ledger } from './ledger'
import { messageBehind, wordsIn } from './marks'
import { tag, textIn } from './owners'
import type { Session } from './session'
import type { Story, Window } from './story'
import type { Row } from './traffic'
import { LOGINS } from './world'

/** One message as a window shows it. */
type Line = { at: number; from: 'customer' | 'agent' | 'bot'; text: string; words: string[] }

/** A message of the customer that the plugin passed on to the integration. */
export type Passed = { id: string; at: number; text: string; isCut: boolean }

/** A message that the integration wrote for an agent. */
type Relayed = { at: number; agent: number; words: string[]; eventId: string }

type Reported = { messageId: string; at: number; reason: string }

/** One handoff as the plugin, the bot and the integration's conversation tell it. */
export type Handoff = {
  window: Window
  asked: Asked | undefined
  conversationId: string
  threadId: string
  phase: string
  /** Why it ended, in the plugin's words. */
  reason: string | undefined
  isActive: boolean
  /** The integration was asked to stop, and its process was killed or its answer got lost: the plugin then leaves out its words. */
  isStopCut: boolean
  passed: Passed[]
  relayed: Relayed[]
  announced: { at: number; agent: number }[]
  /** When the bot's triggers heard of the end. */
  chatEnded: number[]
  reported: Reported[]
}

/** One event of a thread. `messageId`: the message of the customer that it came from. */
export type Written = { at: number; customId: string; messageId: string | undefined; words: string[] }
/** `askedAt`: when the integration wrote its opening; an agent may have opened the thread before. */
export type ThreadSeen = { id: string; active: boolean; askedAt: number | undefined; events: Written[] }

/** How the webhook of an agent's event fared. */
type Fared = { triedAt: number; deliveredAt: number | undefined }

/** What both platforms hold of one session when all is over. */
export type Evidence = {
  session: number
  story: Story
  ledger: Ledger
  /** Calls were made to fail, or processes to die. */
  hasFaults: boolean
  /** How late a webhook could be, in milliseconds. */
  latestMs: number
  windows: [Line[], Line[]]
  handoffs: Handoff[]
  threads: ThreadSeen[]
  /** By the id of the event. */
  fared: ReadonlyMap<string, Fared>
  /** Webhooks of which no copy arrived before LiveChat gave up. */
  lost: string[]
}

export function gather(session: Session): Evidence {
  const { world, ledger, story, number, chats } = session
  const { faults, kills, latestMs } = world.options
  return {
    session: number,
    story,
    ledger,
    hasFaults: faults > 0 || kills > 0,
    latestMs,
    windows: [linesOf(session, 0), linesOf(session, 1)],
    handoffs: handoffsOf(session),
    threads: chats.flatMap(({ threads }) =>
      threads.map((thread) => seenThread(thread, ledger.aged.get(thread.id) ?? 0)),
    ),
    ...deliveriesOf(session),
  }
}

function linesOf(session: Session, window: Window): Line[] {
  return session
    .customer(window)
    .sees()
    .map(({ createdAt, from, text = '' }) => ({
      at: Date.parse(createdAt),
      from,
      text,
      words: wordsIn(text),
    }))
}

function handoffsOf(session: Session): Handoff[] {
  const { botpress, installation } = session.world.sandbox
  return session.handoffs.map((started, place, all): Handoff => {
    const window: Window = started.upstreamId === session.customer(0).conversationId ? 0 : 1
    const before = all.slice(0, place).filter(({ upstreamId }) => upstreamId === started.upstreamId).length
    const conversationId = started.downstreamId ?? ''
    const about = (event: Event) =>
      [event.payload['conversationId'], event.payload['hitlConversationId']].includes(conversationId)
    const messages = botpress.messagesIn(conversationId)
    return {
      window,
      asked: session.ledger.asked.filter((each) => each.window === window && wasTaken(each))[before],
      conversationId,
      threadId: chatOf(botpress, conversationId).threadId,
      phase: started.phase,
      reason: started.reason,
      isActive: [started.upstreamId, conversationId].some((id) => id !== '' && botpress.isActive(id)),
      isStopCut: session.world.traffic.rowsOf(session.number).some(cutsStopOf(conversationId)),
      passed: messages.filter(isCustomers).map((message) => passed(session, message)),
      relayed: messages.filter(({ direction }) => direction === 'incoming').map((each) => relayed(session, each)),
      announced: botpress
        .eventsOf('hitlAssigned')
        .filter(about)
        .map(({ createdAt, payload }) => ({
          at: Date.parse(createdAt),
          agent: agentBehind(session, textIn(payload, 'userId')),
        })),
      chatEnded: installation.botEvents
        .filter((event) => event.type.endsWith(':chatEnded') && about(event))
        .map(({ createdAt }) => Date.parse(createdAt)),
      reported: botpress.eventsOf('messageNotDelivered').filter(about).map(reported),
    }
  })
}

const cutsStopOf =
  (conversationId: string) =>
  ({ operation, status, gist }: Row): boolean =>
    operation === 'action/stopHitl' && status !== 200 && gist.includes(`"${conversationId}"`)

/** Whether the plugin took the asking for one, whatever became of it. */
const wasTaken = ({ refusal }: Asked) => !refusal?.startsWith('the plugin ignored')

const isCustomers = ({ direction, payload }: Message) => direction === 'outgoing' && payload['userId'] !== undefined

const passed = ({ world }: Session, { id, createdAt, payload }: Message): Passed => ({
  id,
  at: Date.parse(createdAt),
  text: textIn(payload, 'text') || textIn(payload, 'title') || textIn(payload, 'imageUrl'),
  isCut: world.traffic.cutMessages.has(id),
})

function relayed(session: Session, { createdAt, payload, userId, tags }: Message): Relayed {
  const words = wordsIn(JSON.stringify(payload))
  return { at: Date.parse(createdAt), agent: agentBehind(session, userId), words, eventId: tag(tags, 'eventId') }
}

const reported = ({ createdAt, payload }: Event): Reported => ({
  at: Date.parse(createdAt),
  messageId: textIn(payload, 'messageId'),
  reason: textIn(payload, 'reason'),
})

/** Place in the team of the agent whom a Botpress user stands for; -1: somebody else. */
function agentBehind({ world }: Session, userId: string): number {
  const login = tag(world.sandbox.botpress.store.users.get(userId)?.object.tags, 'agentId')
  return LOGINS.findIndex((each) => each === login)
}

const OPENING = /^hitl-[0-9a-f]{24}-1$/

function seenThread({ id, active, events }: Thread, agedMs: number): ThreadSeen {
  const shown = events.filter(({ deleted }) => !deleted)
  const written = shown.map(({ created_at: at, custom_id: customId = '', text, elements, name }): Written => ({
    at: Date.parse(at) + agedMs,
    customId,
    messageId: messageBehind(customId),
    words: wordsIn(`${text ?? ''} ${name ?? ''} ${JSON.stringify(elements ?? '')}`),
  }))
  return { id, active, askedAt: written.find(({ customId }) => OPENING.test(customId))?.at, events: written }
}

function deliveriesOf({ world, number }: Session): Pick<Evidence, 'fared' | 'lost'> {
  const { livechat } = world.sandbox
  const fared = new Map<string, Fared>()
  /** Webhooks by what they say, and whether a copy of each arrived. */
  const arrived = new Map<string, boolean>()
  for (const { action, envelope, attempts, outcome } of livechat.webhooks.deliveries()) {
    if (world.owners.ofDelivery(envelope) !== number) continue
    const name = `${action} ${JSON.stringify(envelope.payload)}`
    arrived.set(name, outcome !== 'lost' || arrived.get(name) === true)
    const { event } = envelope.payload as { event?: { id: string } }
    const [first] = attempts
    if (action !== 'incoming_event' || !event || !first) continue
    const triedAt = performance.timeOrigin + first.startedAt
    const good = attempts.find(({ status }) => status === 200)?.endedAt
    const deliveredAt = good === undefined ? undefined : performance.timeOrigin + good
    fared.set(event.id, earlier(fared.get(event.id), { triedAt, deliveredAt }))
  }
  const lost = [...arrived].filter(([, isThere]) => !isThere).map(([name]) => name.slice(0, name.indexOf(' ')))
  return { fared, lost }
}

/** Of the copies of a webhook the first counts. */
function earlier(one: Fared | undefined, other: Fared): Fared {
  if (!one) return other
  const delivered = [one.deliveredAt, other.deliveredAt].filter((at) => at !== undefined)
  return {
    triedAt: Math.min(one.triedAt, other.triedAt),
    deliveredAt: delivered.length > 0 ? Math.min(...delivered) : undefined,
  }
}
