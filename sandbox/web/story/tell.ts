import { z } from 'zod'
import type { Exchange } from '../../http/wire'
import type { ChatLine, StoryLine } from '../view'
import { callsByRequest, type CallsOf, type Shown } from './doors'
import { tellEvent } from './events'
import { quoted, type People, type Telling } from './telling'
import { tellWebhook } from './webhooks'

/** Something of the story at its time in milliseconds, with the rows of the wire that show it. */
export type Moment = Telling & {
  id: string
  at: number
  calls: readonly string[]
  /** What it does to the handoff of the story: a start begins the next one. */
  turn?: 'starts' | 'ends'
  /** Told only while the customer is with the bot. */
  withBot?: boolean
}

export type Source = {
  exchanges: readonly Shown[]
  /** The customer's window. */
  lines: readonly ChatLine[]
  people: People
  /** Further moments, e.g. of the processes. */
  moments?: readonly Moment[]
  /** Milliseconds since 1970 at which the clock of the exchanges (`performance.now()`) stood at 0. */
  timeOrigin?: number
}

/** The session in sentences, out of what passed over the wire and what was said to the bot; oldest first. */
export function tellStory({ exchanges, lines, people, moments = [], timeOrigin = 0 }: Source): StoryLine[] {
  const calls = callsByRequest(exchanges)
  const all = [
    ...lines.flatMap((line) => talkWithBot(line, people, timeOrigin)),
    ...exchanges.flatMap((each) => momentsOf(each, people, calls)),
    ...moments,
  ]
  return numbered(all.sort((a, b) => a.at - b.at))
}

/** Says which handoff each line belongs to, and leaves out what the plugin says in the bot's name meanwhile. */
function numbered(moments: readonly Moment[]): StoryLine[] {
  const from = moments[0]?.at ?? 0
  const told: StoryLine[] = []
  let [handoff, isOpen] = [0, false]
  for (const { id, at, who, text, quote, calls, turn, withBot } of moments) {
    if (withBot && isOpen) continue
    if (turn === 'starts') handoff += 1
    if (turn !== undefined) isOpen = turn === 'starts'
    told.push({ id, atMs: at - from, who, text, ...(quote !== undefined && { quote }), calls: [...calls], handoff })
  }
  return told
}

/** What passes between the customer and the bot never reaches the integration. */
function talkWithBot({ id, at, from, content }: ChatLine, { customer }: People, timeOrigin: number): Moment[] {
  if (from !== 'customer' && from !== 'bot') return []
  const text = from === 'customer' ? `${customer} writes to the bot:` : 'The bot answers:'
  const words = content.kind === 'text' || content.kind === 'choice' ? content.text : content.kind
  return [{ id, at: Date.parse(at) - timeOrigin, who: from, text, ...quoted(words), calls: [], withBot: true }]
}

/** A request appears when it is made, a failure when its answer comes. */
function momentsOf({ id, exchange }: Shown, people: People, callsOf: CallsOf): Moment[] {
  const { startedAt, endedAt = startedAt, operation, status } = exchange
  const calls = [id, ...(callsOf.get(id) ?? [])]
  const [told, wrong] = [happening(exchange, people), trouble(exchange)]
  const isRefused = operation === 'action/startHitl' && status !== undefined && status !== 200
  const turn = turnOf(exchange)
  return [
    ...(told ? [{ ...told, id, at: startedAt, calls, ...(turn && { turn }) }] : []),
    ...(wrong
      ? [{ ...wrong, id: `${id}-wrong`, at: endedAt, calls, ...(isRefused && { turn: 'ends' as const }) }]
      : []),
  ]
}

function turnOf({ operation, requestBody }: Exchange): Moment['turn'] {
  if (operation === 'action/startHitl') return 'starts'
  const isEnd = operation === 'createEvent' && typeOf(requestBody) === 'hitlStopped'
  return operation === 'action/stopHitl' || isEnd ? 'ends' : undefined
}

function typeOf(body: unknown): string | undefined {
  return z.object({ type: z.string() }).safeParse(body).data?.type
}

function happening(exchange: Exchange, people: People): Telling | undefined {
  const { to, operation, requestBody } = exchange
  if (operation === 'createEvent') return tellEvent(requestBody)
  if (operation === 'customer/send_event') return masked(exchange)
  if (to !== 'integration') return undefined
  if (operation === 'action/startHitl') return startOf(exchange, people)
  if (operation === 'action/rateChat') return rated(requestBody, people)
  if (operation === 'action/getHandoff') return { who: 'bot', text: 'The bot asks how the handoff went (getHandoff).' }
  if (operation === 'action/stopHitl') return { who: 'bot', text: 'The bot ends the handoff (stopHitl).' }
  if (operation.startsWith('message/')) return passedOn(exchange, people)
  if (operation.startsWith('webhook/')) return tellWebhook(requestBody, people)
  return undefined
}

function startOf({ status, endedAt, startedAt }: Exchange, { customer }: People): Telling {
  if (status !== 200 || endedAt === undefined) return { who: 'bot', text: 'The bot asks for a person (startHitl).' }
  const took = `startHitl, ${Math.round(endedAt - startedAt)} ms`
  return { who: 'bot', text: `The bot hands ${customer} over: the chat is open in LiveChat (${took}).` }
}

const Rating = z.object({ input: z.object({ score: z.string() }) })

function rated(body: unknown, { customer }: People): Telling {
  return {
    who: 'customer',
    text: `${customer} rates the chat: ${Rating.safeParse(body).data?.input.score ?? 'rated'}.`,
  }
}

const Outgoing = z.object({
  type: z.string(),
  payload: z.object({
    userId: z.string().optional(),
    text: z.string().optional(),
    title: z.string().optional(),
  }),
})

function passedOn({ requestBody }: Exchange, { customer }: People): Telling | undefined {
  const message = Outgoing.safeParse(requestBody).data
  if (!message) return undefined
  const { type, payload } = message
  const words = quoted(payload.text ?? payload.title ?? type)
  if (payload.userId === undefined) return { who: 'bot', text: 'The bot writes to the agent:', ...words }
  return { who: 'customer', text: type === 'text' ? `${customer} writes:` : `${customer} sends (${type}):`, ...words }
}

const Sent = z.object({ event: z.object({ text: z.string() }) })
const MASK = '••••'

/** The customer's window and the bot keep what was written; only LiveChat gets the mask. */
function masked({ requestBody, status }: Exchange): Telling | undefined {
  const text = Sent.safeParse(requestBody).data?.event.text
  if (status !== 200 || !text?.includes(MASK)) return undefined
  return { who: 'livechat', text: 'The integration masks it for LiveChat:', ...quoted(text) }
}

/** Failures that the integration has to cope with. A customer who has a chat already is refused by design. */
function trouble(exchange: Exchange): Telling | undefined {
  const { operation, status, endedAt, fault, to } = exchange
  if (endedAt === undefined) return undefined
  if (status === undefined || isUnreached(exchange)) return { who: 'trouble', text: withoutAnswer(exchange) }
  if (isRefusal(exchange)) return refusal(exchange)
  if (isPutOff(exchange)) return { who: 'livechat', text: `The integration puts ${operation} off (503). ${REPEATS}` }
  if (status < 500 && status !== 429 && fault === undefined) return undefined
  const who = to === 'integration' ? 'The integration' : SIDES[to]
  return { who: 'trouble', text: `${who} answers ${operation} with ${status}.` }
}

const SIDES = { livechat: 'LiveChat', botpress: 'Botpress' }

const isRefusal = ({ to, operation, status = 0 }: Exchange) =>
  to === 'integration' && status >= 400 && /^(message\/|action\/startHitl$)/.test(operation)

const REPEATS = 'LiveChat sends it again.'

/** While a handoff begins or another process has the lease, the integration asks for a webhook once more. No harm is done. */
const isPutOff = ({ to, operation, status, fault }: Exchange) =>
  to === 'integration' && operation.startsWith('webhook/') && status === 503 && fault === undefined

/** Botpress answers for an integration that it cannot reach. */
const isUnreached = ({ to, status = 0, responseBody }: Exchange) =>
  to === 'integration' && status >= 500 && sentenceOf(responseBody).includes('could not be reached')

function refusal({ operation, responseBody }: Exchange): Telling {
  const text = operation === 'action/startHitl' ? 'The handoff is refused:' : 'The message does not reach the agent:'
  return { who: 'trouble', text, ...quoted(sentenceOf(responseBody)) }
}

function withoutAnswer({ to, operation }: Exchange): string {
  if (to !== 'integration') return `${SIDES[to]} gives no answer to ${operation}: the connection is cut.`
  const repeats = operation.startsWith('webhook/') ? ` ${REPEATS}` : ''
  return `The integration gives no answer to ${operation}.${repeats}`
}

/** The sentence of a refusal. */
export function sentenceOf(responseBody: unknown): string {
  return z.object({ message: z.string() }).safeParse(responseBody).data?.message ?? 'no reason given'
}
