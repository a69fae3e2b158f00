import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { sampled } from '../sample'
import { startSandbox, type Sandbox } from '../../sandbox/sandbox'
import type { Command } from '../../sandbox/web/commands'
import { servePage, type PageServer } from '../../sandbox/web/server'
import type { ChatLine, PageView, PushedEvent } from '../../sandbox/web/view'

let sandbox: Sandbox
let server: PageServer
let page: OpenPage

beforeAll(async () => {
  // Retries after milliseconds instead of seconds.
  sandbox = await startSandbox({ livechat: { webhooks: { timeScale: 0.05 } } })
  server = await servePage(sandbox, 0)
})
beforeEach(async () => {
  await command({ do: 'reset' })
  page = await OpenPage.at(server.url)
  return () => page.close()
})
afterAll(async () => {
  await server.close()
  await sandbox.close()
})

function post(body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const init = {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json', ...headers },
  }
  return fetch(`${server.url}/commands`, init)
}

async function command(given: Command): Promise<void> {
  const answer = await post(given)
  if (!answer.ok) throw new Error(await answer.text())
}

/** Everything the server has pushed to one page, and a way to wait for more. */
class OpenPage {
  readonly events: PushedEvent[] = []
  private readonly abort = new AbortController()
  private wake: () => void = () => undefined

  static async at(url: string): Promise<OpenPage> {
    const opened = new OpenPage()
    const { body } = await fetch(`${url}/events`, { signal: opened.abort.signal })
    if (!body) throw new Error('no stream')
    void opened.listen(body).catch(() => undefined)
    return opened
  }

  async view(fits: (view: PageView) => boolean): Promise<PageView> {
    for (;;) {
      const view = this.events.flatMap((event) => (event.type === 'view' ? [event.view] : [])).at(-1)
      if (view && fits(view)) return view
      await new Promise<void>((resolve) => {
        this.wake = resolve
      })
    }
  }

  close(): void {
    this.abort.abort()
  }

  private async listen(body: ReadableStream<Uint8Array>): Promise<void> {
    const [reader, decoder] = [body.getReader(), new TextDecoder()]
    let text = ''
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const parts = (text + decoder.decode(chunk.value, { stream: true })).split('\n\n')
      text = parts.pop() ?? ''
      const data = parts.filter((part) => part.startsWith('data: ')).map((part) => part.slice(6))
      this.events.push(...data.map((json) => JSON.parse(json) as PushedEvent))
      this.wake()
    }
  }
}

const MARIA = 'maria@acme.test'

async function handOver(): Promise<{ chatId: string }> {
  await command({ do: 'customer.says', text: 'agent' })
  const { session } = await page.view((view) => view.session.phase === 'waiting')
  return { chatId: session.chatId ?? '' }
}

const lastWords = ({ customer }: PageView) => {
  const content = customer.lines.at(-1)?.content
  return content?.kind === 'text' ? content.text : ''
}

test('a page follows the session: bot, waiting, agent, ended', async () => {
  await page.view(({ session }) => session.phase === 'bot')
  const { chatId } = await handOver()
  await command({ do: 'agent.says', chatId, agentId: MARIA, text: 'Hello', note: false })
  await page.view((view) => view.session.phase === 'agent' && lastWords(view) === 'Hello')
  await command({ do: 'agent.closes', chatId, agentId: MARIA })
  const { story } = await page.view(({ session }) => session.phase === 'ended')
  expect(story.map(({ text }) => text)).toContainEqual(expect.stringContaining('startHitl'))
})

test('no secret is ever sent to the page', async () => {
  const { chatId } = await handOver()
  await command({ do: 'agent.says', chatId, agentId: MARIA, text: 'Hello', note: false })
  await page.view((view) => lastWords(view) === 'Hello')
  await sandbox.settled()

  const { webhookSecret, agentToken } = sandbox.configuration
  const { customerTokens, customers } = sandbox.livechat.store
  const cookies = [...customers.values()].flatMap(({ cookieSecrets }) => cookieSecrets)
  const secrets = [webhookSecret, agentToken, ...customerTokens.map(({ token }) => token), ...cookies]
  expect(secrets.length).toBeGreaterThan(3)
  const sent = JSON.stringify(page.events)
  expect(secrets.filter((secret) => sent.includes(secret))).toEqual([])
})

test('a fault that has hit switches itself off, and the message arrives all the same', async () => {
  const { chatId } = await handOver()
  await command({ do: 'agent.joins', chatId, agentId: MARIA })
  await page.view(({ session }) => session.phase === 'agent')
  await command({ do: 'fault', id: 'expired-token', on: true })
  await page.view(({ faults }) => faults.some(({ on }) => on))
  await command({ do: 'customer.says', text: 'Still there?' })
  const arrived = ({ desk }: PageView) => JSON.stringify(desk.chats[0]?.lines).includes('Still there?')
  const view = await page.view((seen) => arrived(seen) && !seen.faults.some(({ on }) => on))
  expect(view.story.map(({ text }) => text)).toContain('LiveChat answers customer/send_event with 401.')
})

const FAULTS = ['expired-token', 'too-many', 'livechat-down', 'botpress-down', 'slow', 'cut', 'duplicates', 'late']

test.each(sampled(FAULTS, 3))('with the fault %s the words of both sides arrive, once', async (id) => {
  const { chatId } = await handOver()
  await command({ do: 'agent.joins', chatId, agentId: MARIA })
  await page.view(({ session }) => session.phase === 'agent')
  await command({ do: 'fault', id, on: true })
  await command({ do: 'customer.says', text: 'Are you there?' })
  await command({ do: 'agent.says', chatId, agentId: MARIA, text: 'I am here.', note: false })
  const said = (lines: ChatLine[] = [], text: string) =>
    lines.filter(({ content }) => content.kind === 'text' && content.text === text).length
  const arrived = ({ desk, customer }: PageView) =>
    said(desk.chats[0]?.lines, 'Are you there?') > 0 && said(customer.lines, 'I am here.') > 0
  await page.view(arrived)
  await sandbox.settled()
  const { desk, customer } = await page.view(arrived)
  expect([said(desk.chats[0]?.lines, 'Are you there?'), said(customer.lines, 'I am here.')]).toEqual([1, 1])
})

test('a message that LiveChat refuses is marked with the reason, and the next one arrives', async () => {
  const { chatId } = await handOver()
  await command({ do: 'agent.joins', chatId, agentId: MARIA })
  await command({ do: 'fault', id: 'refused', on: true })
  await command({ do: 'customer.says', text: 'Lost?' })
  const lineOf = ({ customer }: PageView, text: string) =>
    customer.lines.find(({ content }) => content.kind === 'text' && content.text === text)
  await page.view((view) => lineOf(view, 'Lost?')?.delivery?.state === 'failed')
  await page.view(({ story }) => story.some(({ text }) => text === 'The message does not reach the agent:'))
  await command({ do: 'customer.says', text: 'And now?' })
  const view = await page.view(({ desk }) => JSON.stringify(desk.chats[0]?.lines).includes('And now?'))
  await sandbox.settled()
  expect(lineOf(view, 'Lost?')?.delivery).toEqual({
    state: 'failed',
    reason: expect.stringContaining('LiveChat refused it'),
  })
})

test('a choice that an agent offers can be picked until it is answered; a numbered list is no choice', async () => {
  const { chatId } = await handOver()
  await command({ do: 'agent.sendsRich', chatId, agentId: MARIA, template: 'cards' })
  const open = await page.view(({ customer }) => customer.choices.length > 0)
  expect(open.customer.choices).toEqual(['Order the lamp', 'Order the light'])
  await command({ do: 'customer.says', text: 'Order the lamp' })
  await page.view(({ customer }) => customer.choices.length === 0)
  await command({
    do: 'agent.says',
    chatId,
    agentId: MARIA,
    text: 'We need:\n1. your name\n2. your order',
    note: false,
  })
  const view = await page.view((seen) => lastWords(seen).includes('your order'))
  await sandbox.settled()
  expect(view.customer.choices).toEqual([])
})

test('words of a bot of LiveChat are marked as not shown to the customer', async () => {
  const { chatId } = await handOver()
  const bot = sandbox.livechat.agents.list().find((agent) => agent.bot)?.id ?? ''
  await command({ do: 'agent.says', chatId, agentId: bot, text: 'I am a bot.', note: false })
  const isThere = ({ desk }: PageView) => JSON.stringify(desk.chats[0]?.lines).includes('I am a bot.')
  const { desk, customer } = await page.view(isThere)
  await sandbox.settled()
  expect(desk.chats[0]?.lines.at(-1)?.unseen).toContain('Not shown to the customer')
  expect(JSON.stringify(customer.lines)).not.toContain('I am a bot.')
})

test('what is done while everything is started over is done afterwards', async () => {
  await handOver()
  const [reset, said] = [command({ do: 'reset' }), command({ do: 'customer.says', text: 'Hello again' })]
  await Promise.all([reset, said])
  await sandbox.settled()
  const view = await page.view(({ customer, isResetting }) => customer.lines.length > 1 && !isResetting)
  expect(view.customer.lines.map(({ content }) => content.kind === 'text' && content.text)).toEqual([
    'Hello again',
    expect.stringContaining('Hello'),
  ])
})

test('an address that is none is refused', async () => {
  expect((await post({ do: 'customer.isCalled', name: 'Ada', email: 'not an email' })).status).toBe(400)
})

test('webhooks that were held come when the switch goes off, and each message is seen once', async () => {
  const { chatId } = await handOver()
  await command({ do: 'agent.says', chatId, agentId: MARIA, text: 'One', note: false })
  await page.view((view) => lastWords(view) === 'One')
  await command({ do: 'fault', id: 'shuffled', on: true })
  await command({ do: 'agent.says', chatId, agentId: MARIA, text: 'Two', note: false })
  await command({ do: 'fault', id: 'shuffled', on: false })
  const view = await page.view((seen) => lastWords(seen) === 'Two')
  expect(view.customer.lines.filter(({ from }) => from === 'agent')).toHaveLength(2)
})

test('the name can be changed before the first words only', async () => {
  await command({ do: 'customer.isCalled', name: 'Grace Hopper', email: 'grace@customer.test' })
  await handOver()
  const { desk } = await page.view((view) => view.desk.chats.length > 0)
  expect(desk.chats[0]?.customer).toMatchObject({ name: 'Grace Hopper', email: 'grace@customer.test' })
  const late = await post({ do: 'customer.isCalled', name: 'Eve', email: '' })
  expect([late.status, await late.text()]).toEqual([
    409,
    'The customer has begun to talk. Start over to change the name.',
  ])
})

test('what a bot agent cannot do is refused with a sentence', async () => {
  const { chatId } = await handOver()
  const bot = sandbox.livechat.agents.list().find((agent) => agent.bot)?.id ?? ''
  const answer = await post({ do: 'agent.tags', chatId, agentId: bot, tag: 'billing' })
  expect([answer.status, await answer.text()]).toEqual([409, 'A bot agent cannot do that: act as Maria or Omar.'])
})

test.each<{ name: string; headers: Record<string, string>; status: number }>([
  { name: 'another website', headers: { origin: 'https://evil.example.test' }, status: 403 },
  { name: 'the page itself', headers: {}, status: 204 },
])('commands of $name are answered $status', async ({ headers, status }) => {
  expect((await post({ do: 'clearWire' }, headers)).status).toBe(status)
})

test('an unknown command is refused', async () => {
  expect((await post({ do: 'agent.explodes' })).status).toBe(400)
})
