import { describe, expect, test } from 'vitest'
import { inOrder } from './deliveries'
import { onEachHost } from './hosts'
import { createHandoff, MARIA, OMAR, newCustomer } from './handoffs'
import { BOT_IS_BACK, AGENT_JOINED, transcriptOf, timesVisible, visibleTo } from './visible'
import { useSandbox } from './sandboxes'
import { agentsAnnounced, eventsSent } from './sent'

onEachHost((host) => {
  const sandbox = useSandbox(host)

  describe('an agent picks the chat up', () => {
    test('the bot hears of it once, with a user of the real name and picture that was there before', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      sandbox().livechat.agent(MARIA).joins(chatId)
      await visibleTo(customer, AGENT_JOINED)
      await sandbox().settled()
      const [event, ...more] = eventsSent(sandbox(), 'hitlAssigned', conversationId)
      expect(more).toEqual([])
      const user = sandbox().botpress.store.users.get(String(event?.payload.userId))?.object
      const maria = sandbox().livechat.store.agents.get(MARIA)
      expect(user).toMatchObject({ name: 'Maria', pictureUrl: maria?.avatar })
      expect(Date.parse(user?.createdAt ?? '')).toBeLessThanOrEqual(Date.parse(event?.createdAt ?? ''))
      expect(timesVisible(customer, AGENT_JOINED)).toBe(1)
    })

    test.each([
      { name: 'LiveChat tells only of the user', announce: 'user_added_to_chat' },
      { name: 'LiveChat tells only of the transfer', announce: 'chat_transferred' },
    ] as const)('also when $name', async ({ announce }) => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      sandbox().livechat.agent(MARIA).joins(chatId, { announce })
      await visibleTo(customer, AGENT_JOINED)
      await sandbox().settled()
      expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria'])
    })

    test('each webhook of it twice is still one announcement', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      sandbox().livechat.webhooks.disturb({ kind: 'duplicate', times: Infinity })
      sandbox().livechat.agent(MARIA).joins(chatId)
      sandbox().livechat.agent(MARIA).says(chatId, 'Hello Ada')
      await visibleTo(customer, 'Hello Ada')
      await sandbox().settled()
      expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria'])
      expect(
        transcriptOf(customer).filter((line) => line === `bot: ${AGENT_JOINED}` || line.startsWith('agent')),
      ).toEqual([`bot: ${AGENT_JOINED}`, 'agent: Hello Ada'])
    })
  })

  describe('assignment and first words come close together', () => {
    test('the first words of all announce their author, once, before they come', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      sandbox().livechat.agent(MARIA).joins(chatId, { announce: 'none' })
      sandbox().livechat.agent(MARIA).says(chatId, 'Hello Ada')
      await visibleTo(customer, 'Hello Ada')
      sandbox().livechat.agent(OMAR).transfersTo(chatId, { agentId: MARIA })
      await sandbox().settled()
      expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria'])
      expect(transcriptOf(customer).slice(-2)).toEqual([`bot: ${AGENT_JOINED}`, 'agent: Hello Ada'])
    })

    test('three quick first messages announce their author once, also when hooks of the plugin overlap', async () => {
      const { chatId, customer } = await createHandoff(sandbox())
      Object.assign(sandbox().botpress.settings.processing, { concurrent: true })
      for (const text of ['Hello', 'I am Maria', 'How can I help?']) sandbox().livechat.agent(MARIA).says(chatId, text)
      await visibleTo(customer, 'How can I help?')
      await sandbox().settled()
      expect(timesVisible(customer, AGENT_JOINED)).toBe(1)
    })

    test.each([
      { name: 'in the order of happening', first: ['user_added_to_chat', 'chat_transferred', 'incoming_event'] },
      { name: 'the words first', first: ['incoming_event', 'user_added_to_chat', 'chat_transferred'] },
      { name: 'the words in between', first: ['chat_transferred', 'incoming_event', 'user_added_to_chat'] },
    ])('one "joined" is shown, $name', async ({ first }) => {
      const { chatId, customer } = await createHandoff(sandbox())
      sandbox().livechat.webhooks.hold()
      sandbox().livechat.agent(MARIA).says(chatId, 'Hello Ada')
      sandbox().livechat.webhooks.release(inOrder(...first))
      await visibleTo(customer, 'Hello Ada')
      await sandbox().settled()
      expect(transcriptOf(customer).slice(-2)).toEqual([`bot: ${AGENT_JOINED}`, 'agent: Hello Ada'])
    })

    test('also when the bot takes its messages before its events', async () => {
      const { chatId, customer } = await createHandoff(sandbox())
      const { processing } = sandbox().botpress.settings
      Object.assign(processing, { order: 'messages-first', eventDelayMs: 300 })
      sandbox().livechat.agent(MARIA).says(chatId, 'Hello Ada')
      await visibleTo(customer, 'Hello Ada')
      await sandbox().settled()
      expect(timesVisible(customer, AGENT_JOINED)).toBe(1)
    })
  })

  describe('from agent to agent', () => {
    test('A, then B, then A again: three announcements', async () => {
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      const maria = sandbox().livechat.agent(MARIA)
      maria.says(chatId, 'Let me ask Omar')
      await sandbox().settled()
      maria.transfersTo(chatId, { agentId: OMAR })
      await sandbox().settled()
      sandbox().livechat.agent(OMAR).says(chatId, 'Maria knows better')
      sandbox().livechat.agent(OMAR).transfersTo(chatId, { agentId: MARIA })
      await sandbox().settled()
      maria.says(chatId, 'Here I am again')
      await visibleTo(customer, 'Here I am again')
      expect(timesVisible(customer, AGENT_JOINED)).toBe(3)
      expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria', 'Omar', 'Maria'])
    })

    test('a second agent who joins is announced, and the first one who goes on speaking is not', async () => {
      sandbox().livechat.settings.chats.severalPublicAgents = true
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      sandbox().livechat.agent(MARIA).joins(chatId)
      await visibleTo(customer, AGENT_JOINED)
      sandbox().livechat.agent(OMAR).joins(chatId)
      await sandbox().settled()
      for (const text of ['one', 'two']) {
        sandbox().livechat.agent(MARIA).says(chatId, `Maria ${text}`)
        await visibleTo(customer, `Maria ${text}`)
        sandbox().livechat.agent(OMAR).says(chatId, `Omar ${text}`)
        await sandbox().settled()
      }
      expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria', 'Omar'])
      const words = customer.sees().filter(({ from }) => from === 'agent')
      expect(words.map(({ name, text }) => `${name}: ${text}`)).toEqual([
        'Maria: Maria one',
        'Omar: Omar one',
        'Maria: Maria two',
        'Omar: Omar two',
      ])
    })

    test('who left and came back is announced again', async () => {
      sandbox().livechat.settings.chats.severalPublicAgents = true
      const { chatId, conversationId, customer } = await createHandoff(sandbox())
      sandbox().livechat.agent(MARIA).joins(chatId)
      await visibleTo(customer, AGENT_JOINED)
      sandbox().livechat.agent(OMAR).joins(chatId)
      await sandbox().settled()
      sandbox().livechat.agent(MARIA).leaves(chatId)
      await sandbox().settled()
      sandbox().livechat.agent(MARIA).joins(chatId)
      await sandbox().settled()
      expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Maria', 'Omar', 'Maria'])
      expect(timesVisible(customer, AGENT_JOINED)).toBe(3)
    })

    test('a transfer without a thread is about the newest session', async () => {
      const { chatId, conversationId } = await createHandoff(sandbox())
      const { livechat, configuration } = sandbox()
      const answer = await livechat.webhooks.post({
        webhook_id: 'w',
        secret_key: configuration.webhookSecret,
        action: 'chat_transferred',
        organization_id: configuration.organizationId,
        payload: { chat_id: chatId, reason: 'assigned', transferred_to: { group_ids: [7], agent_ids: [OMAR] } },
      })
      expect(answer.status).toBe(200)
      expect(agentsAnnounced(sandbox(), conversationId)).toEqual(['Omar'])
    })
  })

  test('the agent whom the router chose at once is announced from the start of the chat', async () => {
    sandbox().livechat.settings.routing.autoAssign = true
    const { conversationId, customer } = await sandbox().handOver({ customer: newCustomer(sandbox()) })
    await visibleTo(customer, AGENT_JOINED)
    await sandbox().settled()
    expect(agentsAnnounced(sandbox(), conversationId)).toHaveLength(1)
    expect(timesVisible(customer, AGENT_JOINED)).toBe(1)
  })

  test('a bot or nobody at all is never announced', async () => {
    const { chatId, conversationId, customer } = await createHandoff(sandbox())
    const bot = sandbox().livechat.bot()
    bot.joins(chatId)
    bot.says(chatId, 'I am the other bot')
    sandbox().livechat.router.unassigns(chatId, { queued: false })
    await sandbox().settled()
    expect(eventsSent(sandbox(), 'hitlAssigned', conversationId)).toEqual([])
    expect(transcriptOf(customer).filter((line) => line.startsWith('agent') || line.includes(AGENT_JOINED))).toEqual([])
  })

  test('an agent of an earlier thread of the chat is not taken for present', async () => {
    const first = await createHandoff(sandbox())
    sandbox().livechat.agent(MARIA).says(first.chatId, 'Hello Ada')
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await visibleTo(first.customer, BOT_IS_BACK)
    await first.customer.says('I have another question')
    const second = await createHandoff(sandbox(), first.customer)
    expect(second.chatId).toBe(first.chatId)
    expect(eventsSent(sandbox(), 'hitlAssigned', second.conversationId)).toEqual([])
  })
})
