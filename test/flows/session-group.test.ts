import { expect, test } from 'vitest'
import type { StartHitlInput } from '../../sandbox/botpress'
import { onEachHost } from './hosts'
import { createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, transcriptOf, timesVisible, visibleTo } from './visible'
import { useSandbox } from './sandboxes'

onEachHost((host) => {
  const sandbox = useSandbox(host)

  /** Somebody who had not spoken before writes in a group conversation: the plugin breaks off and tells nobody of us. */
  async function brokenOff(input: StartHitlInput) {
    const ada = newCustomer(sandbox())
    const eve = sandbox().installation.customer({ name: 'Eve', joins: ada })
    const handOver = await createHandoff(sandbox(), ada, input)
    const maria = sandbox().livechat.agent(MARIA)
    maria.says(handOver.chatId, 'Hello everybody')
    await visibleTo(ada, 'Hello everybody')
    await eve.says('What did I miss?')
    await sandbox().settled()
    return { ...handOver, maria }
  }

  test.each([
    { name: 'with an address that others may have', input: { userEmail: `group.${process.pid}@customer.test` } },
    { name: 'without an address', input: {} },
  ])('after a handoff that the plugin broke off the next one replaces it, $name', async ({ input }) => {
    const { customer, chatId, threadId, maria } = await brokenOff(input)
    maria.says(chatId, 'Still there?')
    await visibleTo(customer, 'Still there?') // the agent's words still come, and keep the chat alive
    await customer.says('Something for the bot')
    const again = await createHandoff(sandbox(), customer, { ...input, title: 'Again' })
    const threads = sandbox().livechat.store.chats.get(chatId)?.threads ?? []
    expect(threads.map(({ id, active }) => ({ id, active }))).toEqual([
      { id: threadId, active: false },
      { id: again.threadId, active: true },
    ])
    maria.says(chatId, 'Here I am')
    await visibleTo(customer, 'Here I am')
    await customer.says('Good')
    await sandbox().settled()
    maria.closes(chatId)
    await visibleTo(customer, BOT_IS_BACK)
    expect(timesVisible(customer, BOT_IS_BACK)).toBe(1)
    expect(transcriptOf(customer).filter((line) => line === 'agent: Here I am')).toHaveLength(1)
  })
})
