import { AGENT_ID, type Conversation } from '../platforms/books'

/** What the platform hands to a bundle, and what it gets back. */
export type PlatformRequest = {
  path: string
  query: string
  method: string
  headers: Record<string, string>
  body: string
}
type PlatformAnswer = { status?: number; body?: string }
export type Handler = (request: PlatformRequest) => Promise<PlatformAnswer | undefined>

const SECRET = 'bench-secret-9f2c41d7a8e3b605'
const CLIENT_ID = '4f1d2c3b5a697887a6b5c4d3e2f10987'
const ORGANIZATION_ID = '7b0f3c52-1d8e-4a3f-9c65-0e4b2a7d1f88'
const CONFIGURATION = {
  clientId: CLIENT_ID,
  organizationId: ORGANIZATION_ID,
  webhookSecret: SECRET,
  agentToken: Buffer.from('d2a7b1c4-6e3f-4b58-9a0c-1f2e3d4c5b6a:dal:token').toString('base64'),
  groupId: 7,
}

export function action(type: string, input: object): PlatformRequest {
  return platformRequest('action_triggered', { type, input })
}

/** A customer's text in a handoff, as the platform delivers it. */
export function customerText(conversation: Conversation, id: string, text: string): PlatformRequest {
  const at = new Date().toISOString()
  const { userId } = conversation.tags
  const payload = { text, userId }
  const common = { createdAt: at, updatedAt: at, tags: {} }
  const message = {
    ...common,
    id,
    type: 'text',
    payload,
    direction: 'outgoing',
    userId,
    conversationId: conversation.id,
  }
  const user = { ...common, id: userId }
  return platformRequest('message_created', { conversation, user, message, type: 'text', payload })
}

/** A webhook of LiveChat about the handoff with that number. */
export function webhook(name: string, number: number, payload: object): PlatformRequest {
  const body = {
    webhook_id: 'W1',
    secret_key: SECRET,
    action: name,
    organization_id: ORGANIZATION_ID,
    payload: { chat_id: `CHAT_${number}`, thread_id: `THREAD_${number}`, ...payload },
    additional_data: { chat_properties: { source: { client_id: CLIENT_ID, customer_client_id: CLIENT_ID } } },
  }
  const headers = { 'content-type': 'application/json' }
  const req = { path: '', query: '', method: 'POST', headers, body: JSON.stringify(body) }
  return platformRequest('webhook_received', { req })
}

/** An agent's text, of the usual length and with the fields that LiveChat sends. */
export function agentText(number: number, eventId: string): PlatformRequest {
  const event = {
    id: eventId,
    type: 'message',
    text: 'Hello, I am Maria. Let me have a look at your order, this takes a moment.',
    author_id: AGENT_ID,
    created_at: new Date().toISOString(),
    visibility: 'all',
    custom_id: '31-0C-1C',
    properties: { source: { client_id: 'c0a1b2d3e4f5061728394a5b6c7d8e9f' } },
  }
  return webhook('incoming_event', number, { event })
}

function platformRequest(operation: string, body: object): PlatformRequest {
  const headers = {
    'content-type': 'application/json',
    'x-bot-id': 'bot_1',
    'x-bot-user-id': 'user_bot',
    'x-integration-id': 'intver_1',
    'x-integration-alias': 'livechat-hitl',
    'x-webhook-id': 'webhook-1',
    'x-bp-operation': operation,
    'x-bp-configuration': Buffer.from(JSON.stringify(CONFIGURATION)).toString('base64'),
  }
  return { path: '/', query: '', method: 'POST', headers, body: JSON.stringify(body) }
}
