import { expect, test } from 'vitest'
import { createHandoff, MARIA } from './handoffs'
import { useFreshSandbox } from './sandboxes'
import { eventsSent } from './sent'

const sandbox = useFreshSandbox()

/** As if the last write to a conversation lay longer back than telling the bot of an agent can take. */
function rested({ conversationId }: { conversationId: string }): void {
  const row = sandbox().botpress.store.conversations.get(conversationId)
  if (!row) throw new Error('no such conversation')
  const updatedAt = new Date(Date.parse(row.object.updatedAt) - 10_000).toISOString()
  row.object = { ...row.object, updatedAt }
}

async function joinedAndRedelivered(fault?: 'lost') {
  const handOver = await createHandoff(sandbox(), 'Ada')
  const { livechat, botpress, integration } = sandbox()
  livechat.webhooks.hold()
  livechat.agent(MARIA).joins(handOver.chatId)
  const added = livechat.webhooks.deliveries('user_added_to_chat').at(-1)
  if (!added) throw new Error('nobody was added')
  const body = { id: 'err_1', code: 500, type: 'Internal', message: 'no' }
  if (fault) botpress.faults.add({ operation: 'createEvent', kind: 'answer', status: 500, body })
  const again = async () => {
    await livechat.webhooks.redeliver(added)
    await sandbox().settled()
    rested(handOver)
    await integration.forget()
  }
  for (let delivery = 0; delivery < 3; delivery += 1) await again()
  return eventsSent(sandbox(), 'hitlAssigned', handOver.conversationId)
}

test('an agent whose announcement Botpress did not take is announced when LiveChat sends again, once', async () => {
  expect(await joinedAndRedelivered('lost')).toHaveLength(1)
})

test('an agent who was announced is not announced again by a process that starts anew', async () => {
  expect(await joinedAndRedelivered()).toHaveLength(1)
})
