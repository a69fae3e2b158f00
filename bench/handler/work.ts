import { AGENT_ID, type Conversation } from '../platforms/books'
import { action, agentText, customerText, webhook, type Handler, type PlatformRequest } from './requests'

/** What the handler is made to do. Numbers are those of the sessions, from `from` to below `to`. */
export type Work =
  /** `each` texts of an agent in each session, session by session in turn. */
  | { kind: 'agent-texts'; from: number; to: number; each: number; lanes: number }
  /** Whole handoffs, from their start to LiveChat's end, with `each` texts each way. */
  | { kind: 'handoffs'; from: number; to: number; each: number; lanes: number }

/** Does the work, `lanes` pieces of it at once. Rejects when the handler refuses anything. */
export async function doWork(handler: Handler, work: Work): Promise<void> {
  const ask = asking(handler)
  const pieces = work.kind === 'handoffs' ? handoffs(work, ask) : agentTexts(work, ask)
  const lane = async () => {
    for (const piece of pieces) await piece()
  }
  await Promise.all(Array.from({ length: work.lanes }, lane))
}

type Ask = (request: PlatformRequest) => Promise<string>

function asking(handler: Handler): Ask {
  return async (request) => {
    const answer = await handler(request)
    if ((answer?.status ?? 200) !== 200) throw new Error(`the handler answered ${answer?.status}: ${answer?.body}`)
    return answer?.body ?? ''
  }
}

let eventNumber = 0

function* agentTexts({ from, to, each }: Work, ask: Ask): Generator<() => Promise<unknown>> {
  for (let turn = 0; turn < each; turn += 1) {
    for (let session = from; session < to; session += 1) {
      yield () => ask(agentText(session, `THREAD_${session}_${(eventNumber += 1)}`))
    }
  }
}

function* handoffs({ from, to, each }: Work, ask: Ask): Generator<() => Promise<unknown>> {
  for (let session = from; session < to; session += 1) yield () => handoff(session, each, ask)
}

async function handoff(number: number, each: number, ask: Ask): Promise<void> {
  const input = { userId: `user_${number}`, title: 'Order 4711', description: 'Lamp is broken', messageHistory: [] }
  const { output } = JSON.parse(await ask(action('startHitl', input))) as { output: { conversationId: string } }
  const session = Number(output.conversationId.replace('conv_', ''))
  const conversation = conversationOf(session, input.userId)
  await ask(customerText(conversation, `msg-${session}-0`, 'Hello?'))
  await ask(webhook('user_added_to_chat', session, { user: { id: AGENT_ID, type: 'agent', name: 'Maria' } }))
  for (let text = 1; text <= each; text += 1) {
    await ask(agentText(session, `THREAD_${session}_${text}`))
    await ask(customerText(conversation, `msg-${session}-${text}`, 'It is the lamp with the green shade.'))
  }
  await ask(webhook('chat_deactivated', session, { user_id: AGENT_ID }))
}

function conversationOf(session: number, userId: string): Conversation {
  const at = new Date(0).toISOString()
  const ids = { chatId: `CHAT_${session}`, threadId: `THREAD_${session}`, customerId: `customer_${session}`, userId }
  return {
    id: `conv_${session}`,
    createdAt: at,
    updatedAt: at,
    channel: 'hitl',
    integration: 'livechat-hitl',
    tags: ids,
  }
}
