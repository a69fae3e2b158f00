import { Client } from '@botpress/client'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { startBotpress, type Botpress, type Declared, type Payload } from '../../sandbox/botpress'

const anyObject = { type: 'object' }
const strings = (...names: string[]) => ({
  type: 'object',
  properties: Object.fromEntries(names.map((name) => [name, { type: 'string', minLength: 1 }])),
  required: names,
  additionalProperties: false,
})

/** A small integration of the tests' own, so that the emulator is tested apart from the product. */
export const DECLARED: Declared = {
  name: 'desk',
  version: '1.0.0',
  tags: { user: ['email', 'agentId'], conversation: ['ticket', 'ended'], message: ['eventId'] },
  states: {
    customer: {
      type: 'user',
      schema: { ...anyObject, properties: { token: { type: 'string' } }, required: ['token'] },
    },
    ticket: { type: 'conversation', schema: anyObject },
    setup: { type: 'integration', schema: anyObject },
  },
  events: {
    hitlAssigned: { schema: strings('conversationId', 'userId') },
    hitlStopped: { schema: strings('conversationId') },
    queued: { schema: anyObject },
  },
  actions: {
    createUser: { output: strings('userId') },
    startHitl: { output: strings('conversationId') },
    stopHitl: { output: { type: 'object', properties: {}, additionalProperties: false } },
  },
  channels: {
    hitl: { messages: { text: {}, image: {}, audio: {}, video: {}, file: {}, bloc: {} } },
  },
}

type Call = { operation: string; type?: string; body: Payload; headers: IncomingMessage['headers'] }
type Answer = { status?: number; body?: unknown }
type Handler = (call: Call, client: Client) => Promise<Answer | undefined> | Answer | undefined

type FakeIntegration = {
  url: string
  calls: Call[]
  /** Replaces what the fake does for an operation or an action; `undefined` from it falls back to the default. */
  on(name: string, handler: Handler): void
  reset(): void
  close(): Promise<void>
}

/** Answers like an SDK integration would: users and conversations are got or created by one tag. */
export async function startFake(apiUrl: () => string): Promise<FakeIntegration> {
  const calls: Call[] = []
  const handlers = new Map<string, Handler>()
  const server = createServer((request, response) => {
    void (async () => {
      const call = callOf(request.headers, await bodyOf(request))
      calls.push(call)
      const client = clientOf(apiUrl(), request.headers)
      const handler = handlers.get(call.type ?? call.operation) ?? handlers.get(call.operation)
      const { status = 200, body = {} } = (await handler?.(call, client)) ?? (await byDefault(call, client))
      response.writeHead(status).end(typeof body === 'string' ? body : JSON.stringify(body))
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    on: (name, handler) => void handlers.set(name, handler),
    reset: () => {
      calls.length = 0
      handlers.clear()
    },
    close: () => new Promise((resolve) => (server.close(() => resolve()), server.closeAllConnections())),
  }
}

/** Emulator and fake, installed into each other. */
export async function startBoth() {
  const fake = await startFake(() => botpress.url)
  const botpress: Botpress = await startBotpress({ declared: DECLARED, settings: { actionRetryMs: 1 } })
  const installation = botpress.install({ integrationUrl: fake.url, configuration: { key: 'ä' } })
  /** Integration's own client, as the SDK would build it. */
  const client = () => clientFor(botpress.url, installation)
  const close = async () => {
    await botpress.close()
    await fake.close()
  }
  return { fake, botpress, installation, client, close }
}

/** What the SDK's client tries again: lost answers, 429 and 502. */
const retryCondition = ({ response }: { response?: { status: number } | undefined }) =>
  response === undefined || [429, 502].includes(response.status)

export function clientFor(
  apiUrl: string,
  who: { botId: string; integrationId?: string; alias?: string },
  retries = false,
): Client {
  return new Client({
    apiUrl,
    token: 'token',
    botId: who.botId,
    ...(who.integrationId ? { integrationId: who.integrationId, integrationAlias: who.alias } : {}),
    ...(retries ? { retry: { retries: 3, retryDelay: () => 1, retryCondition } } : {}),
  })
}

function clientOf(apiUrl: string, headers: IncomingMessage['headers']): Client {
  return clientFor(apiUrl, {
    botId: String(headers['x-bot-id']),
    integrationId: String(headers['x-integration-id']),
    alias: String(headers['x-integration-alias']),
  })
}

async function byDefault({ type, body }: Call, client: Client): Promise<Answer> {
  const input = body.input as Record<string, string>
  if (type === 'createUser') {
    const tags = { email: String(input.email) }
    const { user } = await client.getOrCreateUser({ tags, discriminateByTags: ['email'], name: input.name })
    return { body: { output: { userId: user.id }, meta: { cost: 0 } } }
  }
  if (type === 'startHitl') {
    const { conversation } = await client.createConversation({
      channel: 'hitl',
      tags: { ticket: String(Math.random()) },
    })
    return { body: { output: { conversationId: conversation.id }, meta: { cost: 0 } } }
  }
  return { body: { output: {}, meta: { cost: 0 } } }
}

function callOf(headers: IncomingMessage['headers'], text: string): Call {
  const operation = String(headers['x-bp-operation'])
  const body = JSON.parse(text) as Payload
  const type = operation === 'action_triggered' ? String(body.type) : undefined
  return { operation, ...(type ? { type } : {}), body, headers }
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** The next one that is not used for anything else: agent users of a test. */
export async function newAgent(client: Client, name = 'Grace') {
  const { user } = await client.createUser({ tags: { agentId: name }, name, pictureUrl: 'https://example.com/g.png' })
  return user
}

/** Says something as the agent in a conversation of the integration. */
export function agentSays(client: Client, conversationId: string, userId: string, text: string) {
  return client.createMessage({ type: 'text', payload: { text }, userId, conversationId, tags: {} })
}
