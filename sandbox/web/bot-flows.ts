import { z } from 'zod'
import type { CodeCard, Event, Message } from '../botpress'

const Handoff = z.object({
  command: z.string().optional(),
  agents: z.array(z.string()).catch([]),
  transcript: z.string().optional(),
})
type Handoff = z.infer<typeof Handoff>

const ANYTHING_ELSE = 'Is there anything else I can do?'
const MAX_TRANSCRIPT_CHARACTERS = 2_000

/** Behind Start HITL: the bot asks how the handoff went, and goes on with what the agent wants. */
export async function afterHandoff(bot: CodeCard, { conversationId }: Event): Promise<void> {
  // The customer has to hear from the bot in any case.
  const handoff = await handoffOf(bot, conversationId).catch(() => undefined)
  await bot.say(wordsAfter(handoff))
}

function wordsAfter({ command, agents }: Handoff = { agents: [] }): string {
  if (command === undefined) return `I am back. ${ANYTHING_ELSE}`
  const agent = agents.at(-1) ?? 'The agent'
  if (/refund/i.test(command))
    return `${agent} asked me to refund you. You have the money in three days. ${ANYTHING_ELSE}`
  return `${agent} gave you back to me (“${command}”). ${ANYTHING_ELSE}`
}

/** An answer of the bot: what customer and agents have written in the newest handoff. */
export async function transcript(bot: CodeCard, { conversationId }: Message): Promise<string> {
  const said = await handoffOf(bot, conversationId, { withTranscript: true, maxCharacters: MAX_TRANSCRIPT_CHARACTERS })
  return said?.transcript ? `This is what was said:\n${said.transcript}` : 'You have not talked to an agent yet.'
}

/** The plugin's tag leads from the customer's conversation to that of the newest handoff. */
async function handoffOf(bot: CodeCard, conversationId = '', further = {}): Promise<Handoff | undefined> {
  const hitlConversationId = (await bot.getConversation(conversationId)).tags['hitl#downstream']
  if (hitlConversationId === undefined) return undefined
  return Handoff.parse(await bot.callAction('getHandoff', { hitlConversationId, ...further }))
}

/** The flows of the triggers. */
export async function onEvent(event: Event, bot: CodeCard): Promise<void> {
  const [, type] = event.type.split(':')
  await FLOWS[type ?? '']?.(event, bot)
}

const FLOWS: Record<string, (event: Event, bot: CodeCard) => Promise<void>> = {
  messageNotDelivered: sayNotDelivered,
  queueChanged: sayPlace,
  agentOpenedChat: joinAgent,
}

const Upstream = z.object({ upstreamConversationId: z.string(), upstreamUserId: z.string() })

/** A trigger's flow has no conversation until a card sets one. */
function goToCustomer(event: Event): void {
  const { upstreamConversationId, upstreamUserId } = Upstream.parse(event.payload)
  Object.assign(event, { conversationId: upstreamConversationId, userId: upstreamUserId })
}

const Undelivered = z.object({ text: z.string().optional(), reason: z.string() })

/** The customer cannot see that a message did not reach the agent, so the bot says it. */
async function sayNotDelivered(event: Event, bot: CodeCard): Promise<void> {
  const { text, reason } = Undelivered.parse(event.payload)
  goToCustomer(event)
  const message = text === undefined ? 'your message' : `your message “${text}”`
  const lost = `The agent did not get ${message}. Please send it again.`
  const uncertain = `I am not sure whether the agent has ${message}. Please ask.`
  await bot.say(reason === 'uncertain' ? uncertain : lost)
}

const Place = z.object({ position: z.number().optional(), asked: z.boolean().optional() })

/** Whoever writes while nobody is there wants to know how long it takes. */
async function sayPlace(event: Event, bot: CodeCard): Promise<void> {
  const { position, asked } = Place.parse(event.payload)
  if (asked !== true || position === undefined) return
  goToCustomer(event)
  await bot.say(`You are number ${position} in the queue.`)
}

const Opened = z.object({ agentName: z.string().optional() })

/** An agent writes first: the customer joins the chat. The plugin ignores that when nothing was said to the bot since. */
async function joinAgent(event: Event, bot: CodeCard): Promise<void> {
  const { agentName = 'An agent' } = Opened.parse(event.payload)
  goToCustomer(event)
  const { upstreamConversationId, upstreamUserId } = Upstream.parse(event.payload)
  const joined = await bot.startHitl({
    title: 'The agent wrote first',
    hitlSession: { upstreamConversationId, upstreamUserId },
    configurationOverrides: { onHitlHandoffMessage: 'NULL' },
  })
  if (!joined) await bot.say(`${agentName} has written to you. Ask for an agent to read it.`)
}
