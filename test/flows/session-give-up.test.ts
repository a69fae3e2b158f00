import { expect, test } from 'vitest'
import { ageHandoff } from '../../sandbox/age'
import type { HandOver } from '../../sandbox/sandbox'
import { envelope } from './deliveries'
import { onEachHost } from './hosts'
import { createActiveHandoff, createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, AGENT_JOINED, timesVisible, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { eventsSent } from './sent'

const LIMIT_S = 300
let people = 0

onEachHost((host) => {
  const sandbox = useSandbox({ ...host, configuration: { giveUpAfterSeconds: LIMIT_S } })

  /** The same handoff, begun before the limit. */
  function grown(handOver: HandOver): HandOver {
    ageHandoff(sandbox().botpress, handOver.conversationId, LIMIT_S * 1000)
    return handOver
  }

  /** A handoff in a conversation in which an agent was assigned before: the plugin's own limit does not run there. */
  async function secondHandoff(): Promise<HandOver> {
    const first = await createActiveHandoff(sandbox(), `Ada ${(people += 1)}`)
    sandbox().livechat.agent(MARIA).closes(first.chatId)
    await visibleTo(first.customer, BOT_IS_BACK)
    await first.customer.says('I have another question')
    return createHandoff(sandbox(), first.customer, { title: 'Again' })
  }

  const isOpen = ({ chatId }: HandOver) => sandbox().livechat.store.chats.get(chatId)?.threads.at(-1)?.active
  const ends = ({ conversationId }: HandOver) =>
    eventsSent(sandbox(), 'chatEnded', conversationId).map(({ payload }) => payload)

  test('who waits in vain in a conversation that was handed over before is back with the bot', async () => {
    const handOver = grown(await secondHandoff())
    const { customer, conversationId } = handOver
    const before = timesVisible(customer, BOT_IS_BACK)
    await customer.says('Is anybody there?')
    await customer.waitToSee(() => timesVisible(customer, BOT_IS_BACK) === before + 1)
    await sandbox().settled()
    expect(ends(handOver)).toEqual([expect.objectContaining({ reason: 'nobody', undelivered: 1 })])
    const [lost] = eventsSent(sandbox(), 'messageNotDelivered', conversationId)
    expect(lost?.payload).toMatchObject({ text: 'Is anybody there?', reason: 'refused' })
    expect(isOpen(handOver)).toBe(false)
  })

  test('several messages at once end it once', async () => {
    const handOver = grown(await createHandoff(sandbox(), newCustomer(sandbox())))
    await Promise.all(['One', 'Two', 'Three'].map((text) => handOver.customer.says(text)))
    await visibleTo(handOver.customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(ends(handOver)).toHaveLength(1)
    expect(timesVisible(handOver.customer, BOT_IS_BACK)).toBe(1)
  })

  test('a move to a group in which nobody is wakes it', async () => {
    const handOver = grown(await createHandoff(sandbox(), newCustomer(sandbox())))
    const { chatId, threadId, customer } = handOver
    const moved = { reason: 'unassigned', transferred_to: { group_ids: [9] } }
    const payload = { chat_id: chatId, thread_id: threadId, ...moved }
    await sandbox().livechat.webhooks.post(envelope(sandbox(), 'chat_transferred', payload))
    await visibleTo(customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(ends(handOver)).toEqual([expect.objectContaining({ reason: 'nobody' })])
  })

  test('LiveChat’s word of the queue wakes it too, and no message is lost', async () => {
    const handOver = grown(await createHandoff(sandbox(), newCustomer(sandbox())))
    const { router } = sandbox().livechat
    router.queues(handOver.chatId, { position: 9, waitTime: 900 })
    router.unassigns(handOver.chatId, { queued: true })
    await visibleTo(handOver.customer, BOT_IS_BACK)
    await sandbox().settled()
    expect(ends(handOver)).toEqual([expect.objectContaining({ reason: 'nobody', undelivered: 0 })])
    expect(isOpen(handOver)).toBe(false)
  })

  const NOT_GIVEN_UP: { name: string; before: (handOver: HandOver) => unknown; joined: number }[] = [
    {
      name: 'an agent who is there, and of whom no webhook told, is announced instead',
      before: ({ chatId }: HandOver) => {
        sandbox().livechat.webhooks.disturb({ kind: 'drop', times: 2 })
        sandbox().livechat.agent(MARIA).joins(chatId)
      },
      joined: 1,
    },
    {
      name: 'an agent is there whom only the customer may see: nothing ends',
      before: ({ chatId }: HandOver) => {
        sandbox().livechat.webhooks.disturb({ kind: 'drop', times: 2 })
        sandbox().livechat.agent(MARIA).joins(chatId)
        const body = { error: { type: 'authorization', message: 'no' } }
        sandbox().livechat.faults.add({
          operation: 'agent/get_chat',
          kind: 'answer',
          status: 403,
          body,
          times: Infinity,
        })
      },
      joined: 0,
    },
    {
      name: 'a handoff that an agent had and left goes on',
      before: async ({ chatId, customer }: HandOver) => {
        sandbox().livechat.agent(MARIA).says(chatId, 'One moment')
        await visibleTo(customer, 'One moment')
        sandbox().livechat.agent(MARIA).leaves(chatId)
      },
      joined: 1,
    },
    {
      name: 'LiveChat does not say who is there: nothing ends',
      before: () => {
        const body = { error: { type: 'authorization', message: 'no' } }
        const refused = { kind: 'answer', status: 403, body, times: Infinity } as const
        for (const api of ['agent', 'customer'])
          sandbox().livechat.faults.add({ operation: `${api}/get_chat`, ...refused })
      },
      joined: 0,
    },
  ]

  test.each(NOT_GIVEN_UP)('$name', async ({ before, joined }) => {
    const handOver = await createHandoff(sandbox(), newCustomer(sandbox()))
    await before(handOver)
    await sandbox().settled()
    grown(handOver)
    await handOver.customer.says('Is anybody there?')
    await sandbox().settled()
    expect(chatTexts(sandbox(), handOver.chatId)).toContain('Is anybody there?')
    expect(timesVisible(handOver.customer, BOT_IS_BACK)).toBe(0)
    expect(timesVisible(handOver.customer, AGENT_JOINED)).toBe(joined)
  })

  test('before its time a handoff waits', async () => {
    const handOver = await createHandoff(sandbox(), newCustomer(sandbox()))
    await handOver.customer.says('Is anybody there?')
    await sandbox().settled()
    expect(chatTexts(sandbox(), handOver.chatId)).toContain('Is anybody there?')
    expect(isOpen(handOver)).toBe(true)
  })
})
