import { beforeEach, expect, test } from 'vitest'
import type { CodeCard, Event } from '../../sandbox/botpress'
import { executeCode, type Workflow } from './execute-code'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { transcriptOf } from './visible'
import { useSandbox } from './sandboxes'
import { eventsSent } from './sent'

const BEHIND_TRIGGER = '// Behind a trigger: '
const BEHIND_START = '// Behind Start HITL: which handoff'
const WAITING_TIME = '// Behind Start HITL, after the card above'

let onEvent: (event: Event, card: CodeCard) => Promise<void>
let afterHitl: (event: Event, card: CodeCard, workflow: Workflow) => Promise<void>
let workflow: Workflow

beforeEach(() => {
  workflow = {}
  onEvent = () => Promise.resolve()
  afterHitl = () => Promise.resolve()
})

const sandbox = useSandbox({
  bot: {
    onEvent: (event, card) => onEvent(event, card),
    afterHitl: (card, event) => afterHitl(event, card, workflow),
  },
})

/** A customer whose Start HITL card names both ids, as hub.md asks for. */
async function handedOver() {
  const customer = newCustomer(sandbox())
  const hitlSession = { upstreamConversationId: customer.conversationId, upstreamUserId: customer.userId }
  return createHandoff(sandbox(), customer, { title: 'Help', hitlSession })
}

async function closedByMaria() {
  const handOver = await handedOver()
  sandbox().livechat.agent(MARIA).says(handOver.chatId, 'Goodbye')
  await sandbox().settled()
  sandbox().livechat.agent(MARIA).closes(handOver.chatId)
  await sandbox().settled()
  return handOver
}

test("the flow of a trigger goes on in the customer's conversation", async () => {
  onEvent = async (event, card) => {
    if (!event.type.endsWith(':chatEnded')) return
    await executeCode(BEHIND_TRIGGER, { event, card, workflow })
    await card.say(`The chat lasted from ${String(event.payload.startedAt)}.`)
  }
  const { customer } = await closedByMaria()
  expect(transcriptOf(customer).join('\n')).toMatch(/^bot: The chat lasted from \d{4}-/m)
  expect(sandbox().installation.failures).toEqual([])
})

test('the flow behind Start HITL finds its handoff, and how long the customer waited', async () => {
  afterHitl = async (event, card, own) => {
    await executeCode(BEHIND_START, { event, card, workflow: own })
    await executeCode(WAITING_TIME, { event, card, workflow: own })
  }
  const { conversationId } = await closedByMaria()
  expect(workflow).toEqual({ handoff: conversationId, secondsToAgent: expect.any(Number) as number })
  expect(workflow.secondsToAgent).toBeGreaterThanOrEqual(0)
  expect(workflow.secondsToAgent).toBeLessThan(60)
})

test('a handoff that no agent answered has no waiting time', async () => {
  afterHitl = async (event, card, own) => {
    await executeCode(BEHIND_START, { event, card, workflow: own })
    await executeCode(WAITING_TIME, { event, card, workflow: own })
  }
  const { chatId, conversationId } = await handedOver()
  sandbox().livechat.router.closesNobody(chatId)
  await sandbox().settled()
  expect(workflow).toEqual({ handoff: conversationId, secondsToAgent: undefined })
})

test('a bot that names no ids gets them where the integration sees the tags of the plugin', async () => {
  sandbox().botpress.settings.integrationSees = 'everything'
  const { chatId, conversationId, customer } = await createHandoff(sandbox())
  sandbox().livechat.agent(MARIA).closes(chatId)
  await sandbox().settled()
  const ids = { upstreamConversationId: customer.conversationId, upstreamUserId: customer.userId }
  expect(eventsSent(sandbox(), 'chatEnded', conversationId)).toMatchObject([{ payload: ids }])
})
