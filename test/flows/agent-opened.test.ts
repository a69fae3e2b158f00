import { beforeEach, describe, expect, test } from 'vitest'
import type { CodeCard, Event } from '../../sandbox/botpress'
import type { HandOver } from '../../sandbox/sandbox'
import { executeCode } from './execute-code'
import { onEachHost } from './hosts'
import { createHandoff, MARIA, OMAR, newCustomer } from './handoffs'
import { agentMessages, AGENT_JOINED, transcriptOf, timesVisible, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed, eventsSent } from './sent'

const NOTE = /^\[Automatic note\] .*The bot was notified/

onEachHost((host) => {
  let onOpened: (event: Event, card: CodeCard) => Promise<void>
  beforeEach(() => {
    onOpened = () => Promise.resolve()
  })

  const sandbox = useSandbox({
    ...host,
    configuration: { agentMayOpen: true },
    bot: {
      onEvent: async (event, card) => {
        if (event.type.endsWith(':agentOpenedChat')) await onOpened(event, card)
      },
    },
  })
  const maria = () => sandbox().livechat.agent(MARIA)
  const notes = (chatId: string) => chatTexts(sandbox(), chatId).filter((text) => NOTE.test(text))

  /** A customer who is back with the bot, and has said something to it. */
  async function ended(): Promise<HandOver> {
    const customer = newCustomer(sandbox())
    const hitlSession = { upstreamConversationId: customer.conversationId, upstreamUserId: customer.userId }
    const handOver = await createHandoff(sandbox(), customer, { title: 'Help', hitlSession })
    maria().closes(handOver.chatId)
    await sandbox().settled()
    await customer.says('Something for the bot')
    await sandbox().settled()
    return handOver
  }

  /** As hub.md says: behind the trigger, back to the customer, then Start HITL. */
  const joins = async (event: Event, card: CodeCard) => {
    await executeCode('// Behind a trigger: ', { event, card, workflow: {} })
    await card.startHitl({ title: 'The agent wrote first', configurationOverrides: { onHitlHandoffMessage: 'NULL' } })
  }

  describe('an agent writes to a customer who is with the bot', () => {
    test('the bot is notified once, with the words, and the agent reads so', async () => {
      const { chatId, conversationId, customer } = await ended()
      const { threadId } = maria().reopens(chatId)
      sandbox().livechat.wire.clear()
      for (const text of ['One thing I forgot', 'Are you there?']) {
        maria().says(chatId, text)
        await sandbox().settled()
      }
      const [event, ...more] = eventsSent(sandbox(), 'agentOpenedChat', conversationId)
      expect(more).toEqual([])
      expect(event?.payload).toEqual({
        userId: expect.any(String) as string,
        hitlConversationId: conversationId,
        upstreamConversationId: customer.conversationId,
        upstreamUserId: customer.userId,
        chatId,
        threadId,
        agentName: 'Maria',
        text: 'One thing I forgot',
      })
      expect(notes(chatId)).toHaveLength(1)
      expect(callsNamed(sandbox(), 'customer/send_event')).toHaveLength(1)
      expect(transcriptOf(customer).join()).not.toContain('forgot')
    })

    test('nothing said is nothing to report, and neither is a note', async () => {
      const { chatId, conversationId } = await ended()
      maria().reopens(chatId)
      maria().notes(chatId, 'Should I write?')
      await sandbox().settled()
      expect(eventsSent(sandbox(), 'agentOpenedChat', conversationId)).toEqual([])
      expect(notes(chatId)).toEqual([])
    })

    test.each([
      {
        name: 'with the opening of the chat',
        opens: (chatId: string) => maria().reopens(chatId, 'One thing I forgot'),
      },
      {
        name: 'after it',
        opens: (chatId: string) => {
          maria().reopens(chatId)
          return maria().says(chatId, 'One thing I forgot')
        },
      },
    ])('$name: the bot hands over, and the customer sees the words once', async ({ opens }) => {
      onOpened = joins
      const first = await ended()
      const { threadId } = opens(first.chatId)
      await visibleTo(first.customer, 'One thing I forgot')
      maria().says(first.chatId, 'Your lamp is repaired')
      await visibleTo(first.customer, 'Your lamp is repaired')
      await sandbox().settled()
      expect(agentMessages(first)).toEqual(['One thing I forgot', 'Your lamp is repaired'])
      expect(timesVisible(first.customer, AGENT_JOINED)).toBe(1)
      const said = chatTexts(sandbox(), first.chatId)
      const opening = said.filter((text) => text.includes('The agent wrote first'))
      expect(opening).toEqual([expect.stringContaining('Customer: Something for the bot')])
      const [chat] = [...sandbox().livechat.store.chats.values()].filter(({ id }) => id === first.chatId)
      expect(chat?.threads.at(-1)?.id).toBe(threadId)
    })

    test('the bot takes its time: the words come with the next message, in order', async () => {
      let handOver = () => Promise.resolve()
      onOpened = (event, card) => {
        handOver = () => joins(event, card)
        return Promise.resolve()
      }
      const first = await ended()
      maria().reopens(first.chatId)
      for (const text of ['First', 'Second']) maria().says(first.chatId, text)
      await sandbox().settled() // LiveChat has given up its repetitions
      await handOver()
      await sandbox().settled()
      expect(agentMessages(first)).toEqual([])
      await first.customer.says('Hello?')
      await visibleTo(first.customer, 'Second')
      maria().says(first.chatId, 'Third')
      await visibleTo(first.customer, 'Third')
      await sandbox().settled()
      expect(agentMessages(first)).toEqual(['First', 'Second', 'Third'])
    })

    test('another agent says the next words: each is announced', async () => {
      onOpened = joins
      const first = await ended()
      maria().reopens(first.chatId, 'One thing I forgot')
      await visibleTo(first.customer, 'One thing I forgot')
      await sandbox().settled()
      maria().transfersTo(first.chatId, { agentId: OMAR })
      sandbox().livechat.agent(OMAR).says(first.chatId, 'Omar here')
      await visibleTo(first.customer, 'Omar here')
      expect(timesVisible(first.customer, AGENT_JOINED)).toBe(2)
    })
  })
})
