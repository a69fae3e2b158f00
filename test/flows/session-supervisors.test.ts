import { expect, test } from 'vitest'
import { envelope } from './deliveries'
import { onEachHost } from './hosts'
import { createHandoff, MARIA, OMAR } from './handoffs'
import { AGENT_JOINED, timesVisible, visibleTo } from './visible'
import { useSandbox } from './sandboxes'
import { agentsAnnounced } from './sent'

onEachHost((host) => {
  const sandbox = useSandbox(host)

  test('a supervisor who reads along is nobody to the customer, until the chat is given to them', async () => {
    const { chatId, conversationId, customer } = await createHandoff(sandbox())
    sandbox().livechat.agent(OMAR).supervises(chatId)
    await sandbox().settled()
    expect(agentsAnnounced(sandbox(), conversationId)).toEqual([])
    sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    sandbox().livechat.agent(MARIA).transfersTo(chatId, { agentId: OMAR })
    await sandbox().settled()
    expect(agentsAnnounced(sandbox(), conversationId).filter((name) => name === 'Omar')).toHaveLength(1)
    expect(timesVisible(customer, AGENT_JOINED)).toBe(2)
  })

  test('a supervisor who is there from the start is not announced, the agent beside them is', async () => {
    const { chatId, threadId, conversationId } = await createHandoff(sandbox())
    const users = [
      { id: OMAR, type: 'agent', name: 'Omar', present: true, visibility: 'agents' },
      { id: MARIA, type: 'agent', name: 'Maria', present: true, visibility: 'all' },
    ]
    const thread = { id: threadId, active: true, created_at: new Date().toISOString(), user_ids: [OMAR, MARIA] }
    const chat = { id: chatId, users, thread }
    await sandbox().livechat.webhooks.post(envelope(sandbox(), 'incoming_chat', { chat }))
    expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria'])
  })

  test('a transfer that names somebody who is there beside somebody new announces the new one', async () => {
    sandbox().livechat.settings.chats.severalPublicAgents = true
    const { chatId, threadId, conversationId, customer } = await createHandoff(sandbox())
    sandbox().livechat.agent(MARIA).joins(chatId)
    await visibleTo(customer, AGENT_JOINED)
    await sandbox().settled()
    sandbox().livechat.webhooks.hold('user_added_to_chat')
    sandbox().livechat.agent(OMAR).joins(chatId)
    const transferred_to = { group_ids: [7], agent_ids: [MARIA, OMAR] }
    const payload = { chat_id: chatId, thread_id: threadId, reason: 'manual', transferred_to }
    await sandbox().livechat.webhooks.post(envelope(sandbox(), 'chat_transferred', payload))
    await sandbox().settled()
    expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria', 'Omar'])
  })

  test('a transfer that comes after a second agent has joined leaves that one where they are', async () => {
    sandbox().livechat.settings.chats.severalPublicAgents = true
    const { chatId, conversationId, customer } = await createHandoff(sandbox())
    sandbox().livechat.agent(OMAR).joins(chatId)
    await sandbox().settled()
    const [transfer] = sandbox().livechat.webhooks.deliveries('chat_transferred').slice(-1)
    sandbox().livechat.agent(MARIA).joins(chatId)
    await sandbox().settled()
    if (transfer) await sandbox().livechat.webhooks.redeliver(transfer)
    await sandbox().settled()
    sandbox().livechat.agent(MARIA).says(chatId, 'Hello')
    await visibleTo(customer, 'Hello')
    expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Omar', 'Maria'])
  })
})
