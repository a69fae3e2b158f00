import { beforeEach, describe, expect, test } from 'vitest'
import type { Priority } from '../../sandbox/livechat'
import { startedChat } from './livechat-client'
import { useLiveChat, useReceiver } from './use-livechat'

const MARIA = 'maria@acme.test'
const OMAR = 'omar@acme.test'
const ACTIONS = [
  'incoming_chat',
  'incoming_event',
  'chat_deactivated',
  'chat_transferred',
  'user_added_to_chat',
  'user_removed_from_chat',
]

const { livechat, calls } = await useLiveChat()
const receiver = await useReceiver()
beforeEach(() => {
  for (const action of ACTIONS) livechat.webhooks.registerManually({ action, url: receiver.url, secretKey: 's' })
})

/** Payloads of everything told since the chat was started, in order. */
function told(action: string) {
  return livechat.webhooks.deliveries(action).map(({ envelope }) => envelope.payload)
}
const present = (chatId: string) =>
  livechat.store.chats
    .get(chatId)
    ?.users.filter((user) => user.type === 'agent' && user.present)
    .map(({ id }) => id)

describe('picking up', () => {
  test.each([
    { announce: 'both' as const, added: 1, transferred: 1 },
    { announce: 'user_added_to_chat' as const, added: 1, transferred: 0 },
    { announce: 'chat_transferred' as const, added: 0, transferred: 1 },
    { announce: 'none' as const, added: 0, transferred: 0 },
  ])('a waiting chat, announced by $announce', async ({ announce, added, transferred }) => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId, { announce })
    expect(told('user_added_to_chat')).toHaveLength(added)
    expect(told('chat_transferred')).toHaveLength(transferred)
    expect(present(chatId)).toEqual([MARIA])
    expect(livechat.store.chats.get(chatId)?.threads[0]?.queue).toBeUndefined()
  })

  test('a chat that somebody has: the second agent is added, where two may be in a chat', async () => {
    livechat.settings.chats.severalPublicAgents = true
    const { chatId, threadId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    livechat.agent(OMAR).joins(chatId)
    expect(told('user_added_to_chat').at(-1)).toMatchObject({
      thread_id: threadId,
      user: { id: OMAR },
      requester_id: OMAR,
    })
    expect(told('chat_transferred')).toHaveLength(1)
    expect(present(chatId)).toEqual([MARIA, OMAR])
  })

  test('a chat that somebody has is not offered to a second agent, who may take it over', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    expect(() => livechat.agent(OMAR).joins(chatId)).toThrow('LiveChat allows one agent in a chat')
    expect(() => livechat.agent(OMAR).says(chatId, 'Hello')).toThrow('LiveChat allows one agent in a chat')
    livechat.agent(OMAR).transfersTo(chatId, { agentId: OMAR })
    expect(present(chatId)).toEqual([OMAR])
  })

  test('a supervisor may write notes, and stays when somebody picks the chat up', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(OMAR).supervises(chatId)
    livechat.agent(OMAR).notes(chatId, 'for us')
    expect(present(chatId)).toEqual([OMAR])
    livechat.agent(MARIA).joins(chatId)
    expect(told('chat_transferred').at(-1)).toMatchObject({ transferred_to: { agent_ids: [MARIA] } })
    expect(present(chatId)).toEqual([OMAR, MARIA])
    expect(() => livechat.agent(OMAR).says(chatId, 'Hello')).toThrow('LiveChat allows one agent in a chat')
  })

  test('a note by somebody who is not in the chat makes them a supervisor', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    livechat.agent(OMAR).notes(chatId, 'for Maria')
    expect(told('user_added_to_chat').at(-1)).toMatchObject({ user: { id: OMAR, visibility: 'agents' } })
  })

  test('writing means being there', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).says(chatId, 'Hello')
    expect(present(chatId)).toEqual([MARIA])
  })
})

describe('the router', () => {
  test('assigns at the start when it may, with a greeting in the thread', async () => {
    Object.assign(livechat.settings.routing, { autoAssign: true, welcomeMessage: 'Hi, how can I help?' })
    await startedChat(calls)
    const [payload] = told('incoming_chat') as { chat: { users: object[]; thread: { events: object[] } } }[]
    expect(payload?.chat.users).toContainEqual(expect.objectContaining({ id: MARIA, present: true }))
    expect(payload?.chat.thread.events.at(-1)).toMatchObject({
      author_id: MARIA,
      text: 'Hi, how can I help?',
      properties: { lc2: { welcome_message: true } },
    })
    expect(payload?.chat.thread).not.toHaveProperty('queue')
  })

  test('queues while everybody is busy, and hands over when somebody comes', async () => {
    livechat.settings.routing.autoAssign = true
    livechat.agents.add({ id: MARIA, maxChats: 0 })
    livechat.agent(OMAR).goesOffline()
    const { chatId } = await startedChat(calls)
    expect(livechat.store.chats.get(chatId)?.threads[0]?.queue).toMatchObject({ position: 1 })
    livechat.agent(OMAR).goesOnline()
    expect(told('user_added_to_chat')).toMatchObject([{ user: { id: OMAR } }])
    expect(told('chat_transferred')).toMatchObject([{ reason: 'assigned', transferred_to: { agent_ids: [OMAR] } }])
    expect(told('chat_transferred')[0]).not.toHaveProperty('requester_id')
  })

  test('leaves a continuous chat unassigned when nobody is there', async () => {
    livechat.agent(MARIA).goesOffline()
    livechat.agent(OMAR).goesOffline()
    const { chatId } = await startedChat(calls)
    const chat = livechat.store.chats.get(chatId)
    expect(chat?.properties.routing).toMatchObject({ continuous: true, pinned: true })
    expect(chat?.threads[0]).toMatchObject({ properties: { routing: { unassigned: true } } })
    expect(chat?.threads[0]).not.toHaveProperty('queue')
  })

  test('takes a chat from a lost agent into the queue', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    livechat.router.unassigns(chatId)
    expect(told('user_removed_from_chat')).toMatchObject([{ user_id: MARIA }])
    expect(told('chat_transferred').at(-1)).toMatchObject({
      reason: 'unassigned',
      transferred_to: { agent_ids: [] },
      queue: { position: 1, wait_time: expect.any(Number), queued_at: expect.any(String) },
    })
  })

  test.each([
    { close: 'closesIdle' as const, type: 'routing.archived_inactive' },
    { close: 'closesNobody' as const, type: 'routing.archived_offline' },
    { close: 'closesOther' as const, type: 'routing.archived_disconnected' },
  ])('$close leaves no user, but says why in the thread', async ({ close, type }) => {
    const { chatId, threadId } = await startedChat(calls)
    livechat.router[close](chatId)
    expect(told('chat_deactivated')).toEqual([{ chat_id: chatId, thread_id: threadId }])
    expect(told('incoming_event').at(-1)).toMatchObject({
      event: { type: 'system_message', system_message_type: type },
    })
    expect(livechat.store.chats.get(chatId)?.threads[0]?.active).toBe(false)
  })
})

describe('endings', () => {
  test.each([
    { who: 'an agent', end: (chatId: string) => livechat.agent(MARIA).closes(chatId), by: () => MARIA },
    {
      who: 'the customer',
      end: (chatId: string, customerId: string) => livechat.customer(customerId).closes(chatId),
      by: (customerId: string) => customerId,
    },
    {
      who: 'a lost connection',
      end: (chatId: string, customerId: string) => livechat.customer(customerId).disconnects(chatId),
      by: () => undefined,
    },
    {
      who: 'a ban',
      end: (_chatId: string, customerId: string) => livechat.customer(customerId).isBanned(),
      by: () => undefined,
    },
  ])('by $who', async ({ end, by }) => {
    const { chatId, customerId, threadId } = await startedChat(calls)
    end(chatId, customerId)
    const user_id = by(customerId)
    expect(told('chat_deactivated')).toEqual([{ chat_id: chatId, thread_id: threadId, ...(user_id && { user_id }) }])
  })

  test.each([
    { text: 'Maria archived the chat', act: (chatId: string) => livechat.agent(MARIA).closes(chatId) },
    {
      text: 'Maria transferred the chat to Omar',
      act: (chatId: string) => livechat.agent(MARIA).transfersTo(chatId, { agentId: OMAR }),
    },
    {
      text: 'Maria transferred the chat to the group General',
      act: (chatId: string) => livechat.agent(MARIA).transfersTo(chatId, { groupId: 0 }),
    },
  ])('the grey line names people and groups: $text', async ({ text, act }) => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    act(chatId)
    const events = livechat.store.chats.get(chatId)?.threads[0]?.events
    expect(events?.at(-1)).toMatchObject({ type: 'system_message', text })
  })

  test('an agent opens the archived chat again: a thread that no bot started', async () => {
    const { chatId, threadId } = await startedChat(calls)
    livechat.agent(MARIA).closes(chatId)
    const reopened = livechat.agent(MARIA).reopens(chatId, 'One more thing')
    expect(reopened.threadId).not.toBe(threadId)
    expect(told('incoming_chat').at(-1)).toMatchObject({
      chat: { id: chatId, thread: { id: reopened.threadId, events: [{ author_id: MARIA, text: 'One more thing' }] } },
    })
  })
})

describe('priorities in a group', () => {
  const INA = 'ina@acme.test'
  const ZOE = 'zoe@acme.test'
  const withPriorities = (ina: Priority, zoe: Priority) => {
    livechat.store.groups.set(9, { id: 9, name: 'Night', languageCode: 'en', tags: [] })
    livechat.agents.add({ id: INA, groups: [9], priorities: { 9: ina } })
    livechat.agents.add({ id: ZOE, groups: [9], priorities: { 9: zoe } })
    livechat.settings.routing.autoAssign = true
  }
  const startIn = (groupId: number) => startedChat(calls, { chat: { access: { group_ids: [groupId] } } })

  test.each<{ ina: Priority; zoe: Priority; first: string }>([
    { ina: 'first', zoe: 'normal', first: INA },
    { ina: 'last', zoe: 'normal', first: ZOE },
    { ina: 'supervisor', zoe: 'last', first: ZOE },
  ])('Ina $ina, Zoe $zoe: $first gets the chat', async ({ ina, zoe, first }) => {
    withPriorities(ina, zoe)
    const { chatId } = await startIn(9)
    expect(present(chatId)).toEqual([first])
  })

  test('supervisors get no chat, and their group counts as offline', async () => {
    withPriorities('supervisor', 'supervisor')
    const { chatId, token } = await startIn(9)
    expect(present(chatId)).toEqual([])
    const { body } = await calls.customer(token, 'list_group_statuses', { group_ids: [9] })
    expect(body).toEqual({ groups_status: { 9: 'offline' } })
  })
})

describe('agents at work', () => {
  test('a transfer names who asked for it and who gets the chat', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).joins(chatId)
    livechat.agent(MARIA).transfersTo(chatId, { agentId: OMAR })
    expect(told('chat_transferred').at(-1)).toMatchObject({
      requester_id: MARIA,
      reason: 'manual',
      transferred_to: { group_ids: [7], agent_ids: [OMAR] },
    })
    expect(present(chatId)).toEqual([OMAR])
  })

  test('a file reaches the thread under a permanent address', async () => {
    const { chatId } = await startedChat(calls)
    livechat.agent(MARIA).sendsFile(chatId, { name: 'guide.pdf', bytes: Buffer.from('%PDF-1.7') })
    const event = livechat.store.eventsIn(chatId).at(-1)
    expect(event).toMatchObject({ type: 'file', name: 'guide.pdf', content_type: 'application/pdf' })
    expect(await (await fetch(String(event?.url))).text()).toBe('%PDF-1.7')
  })

  test('pressing a button marks every button of that id', async () => {
    const { chatId, customerId } = await startedChat(calls)
    const button = (text: string) => ({ text, postback_id: 'choice' })
    const elements = [{ title: 'Which?', buttons: [button('A'), button('B'), { text: 'C', postback_id: 'other' }] }]
    const { eventId } = livechat.agent(MARIA).sendsRichMessage(chatId, { elements })
    livechat.customer(customerId).presses(chatId, eventId, 'choice')
    const buttons = livechat.store.locate(eventId)?.event.elements?.[0]?.buttons
    expect(buttons?.map(({ user_ids }) => user_ids)).toEqual([[customerId], [customerId], []])
  })

  test('bots are agents whose id is 32 hex digits', async () => {
    const { chatId } = await startedChat(calls)
    livechat.bot().says(chatId, 'I am a bot')
    expect(told('incoming_event').at(-1)).toMatchObject({
      event: { author_id: expect.stringMatching(/^[0-9a-f]{32}$/) },
    })
  })

  test('a chat of the website shows the website as its source', () => {
    const { chatId } = livechat.customerArrives({ name: 'Bea', text: 'Hi' })
    expect(livechat.store.chats.get(chatId)?.properties.source?.client_id).not.toBe(livechat.credentials.clientId)
  })

  test('nobody can be moved who does not exist', () => {
    expect(() => livechat.agent('nobody@acme.test')).toThrow('no agent nobody@acme.test')
    expect(() => livechat.agent(MARIA).says('nowhere', 'x')).toThrow('no chat nowhere')
  })
})

describe('faults on the way to LiveChat', () => {
  test('an answer in the place of the method, in the words of LiveChat', async () => {
    const { token, chatId } = await startedChat(calls)
    livechat.faults.add({
      operation: 'customer/send_event',
      kind: 'answer',
      status: 429,
      body: { error: { type: 'x' } },
    })
    const body = { chat_id: chatId, event: { type: 'message', text: 'Hi' } }
    expect((await calls.customer(token, 'send_event', body)).status).toBe(429)
    expect((await calls.customer(token, 'send_event', body)).status).toBe(200)
    const [hit] = livechat.wire.exchanges.filter(({ operation }) => operation === 'customer/send_event')
    expect(hit).toMatchObject({ fault: 'answer', status: 429, requestBody: body })
  })

  test('a token call and an upload have names too', async () => {
    const { body } = await calls.token()
    await calls.upload(String(body.access_token), 'a.txt', Buffer.from('x'))
    const names = livechat.wire.exchanges.map(({ operation }) => operation)
    expect(names).toEqual(['accounts/token', 'customer/upload_file'])
    expect(livechat.wire.exchanges[1]?.requestBody).toEqual({
      file: expect.objectContaining({ name: 'a.txt', size: 1 }),
    })
  })
})
