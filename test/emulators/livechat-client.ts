import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Envelope, LiveChat } from '../../sandbox/livechat'

export type Json = Record<string, unknown>
export type Answer = { status: number; body: Json; headers: Headers }

const REDIRECT = 'https://webhook.botpress.cloud/abc'

async function read(response: Response): Promise<Answer> {
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} }
}

/** Plain HTTP calls to the emulator, each with the headers that LiveChat's documents ask for. */
export function callsTo(livechat: LiveChat, version = '3.6') {
  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
    read(
      await fetch(`${livechat.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      }),
    )
  const { organizationId, clientId, fullToken } = livechat.credentials
  return {
    post,
    token: (body: Json = {}, headers: Record<string, string> = {}) =>
      post(
        '/v2/customer/token',
        {
          grant_type: 'cookie',
          response_type: 'token',
          client_id: clientId,
          organization_id: organizationId,
          redirect_uri: REDIRECT,
          ...body,
        },
        headers,
      ),
    customer: (token: string, method: string, body: unknown = {}) =>
      post(`/v${version}/customer/action/${method}?organization_id=${organizationId}`, body, {
        authorization: `Bearer ${token}`,
      }),
    agent: (method: string, body: unknown = {}, token = fullToken) =>
      post(`/v${version}/agent/action/${method}`, body, { authorization: `Basic ${token}` }),
    configuration: (method: string, body: unknown = {}, token = fullToken) =>
      post(`/v${version}/configuration/action/${method}`, body, { authorization: `Basic ${token}` }),
    upload: async (token: string, name: string, bytes: Uint8Array) => {
      const form = new FormData()
      form.append('file', new Blob([Uint8Array.from(bytes)]), name)
      const path = `/v${version}/customer/action/upload_file?organization_id=${organizationId}`
      return read(
        await fetch(`${livechat.url}${path}`, {
          method: 'POST',
          headers: { authorization: `Bearer ${token}` },
          body: form,
        }),
      )
    },
  }
}

export type Calls = ReturnType<typeof callsTo>

/** A customer with a token and an active chat in group 7. */
export async function startedChat(calls: Calls, body: Json = {}) {
  const token = await calls.token()
  const accessToken = String(token.body.access_token)
  const customerId = String(token.body.entity_id)
  const chat = {
    access: { group_ids: [7] },
    thread: { events: [{ type: 'message', text: 'Hello', custom_id: 'bp-1' }] },
  }
  const started = await calls.customer(accessToken, 'start_chat', { chat, continuous: true, ...body })
  const chatId = String(started.body.chat_id)
  return { token: accessToken, customerId, chatId, threadId: String(started.body.thread_id), started }
}

export type Receiver = {
  url: string
  received: { body: string; envelope: Envelope; headers: IncomingHttpHeaders }[]
  /** What the next requests are answered with; 200 when it is used up. */
  answers: number[]
  close(): Promise<void>
}

/** A place that webhooks can be sent to. */
export async function startReceiver(): Promise<Receiver> {
  const received: Receiver['received'] = []
  const answers: number[] = []
  const server: Server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString('latin1')))
    request.on('end', () => {
      received.push({ body, envelope: JSON.parse(body), headers: request.headers })
      response.writeHead(answers.shift() ?? 200).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { url: `http://127.0.0.1:${port}/hook`, received, answers, close }
}
