import { both, type Flow } from './flow'
import { MARIA, OMAR } from './stage'

const WORDS = 'Thank you, that is very kind.'
const AGENT_SPOKE = 'webhook/incoming_event'
const TO_CUSTOMER = 'getOrCreateMessage'
const TO_AGENT = 'customer/send_event'

export const TALKING: Flow[] = [
  ...both(
    {
      name: 'customer text',
      asked: 'message/text',
      reaches: TO_AGENT,
      async prepare(stage) {
        const talk = await stage.talking()
        stage.age(talk)
        return () => talk.customer.says(WORDS)
      },
    },
    { warm: { calls: 2, depth: 2 }, cold: { calls: 3 } },
  ),
  {
    name: '… the token is refused',
    asked: 'message/text',
    temper: 'warm',
    budget: { calls: 5 }, // the refused call, a new token, its record, the message, its mark
    reaches: TO_AGENT,
    async prepare(stage) {
      const { customer, chatId } = await stage.talking()
      stage.livechat.customer(stage.livechat.store.chats.get(chatId)?.customerId ?? '').losesTokens()
      return () => customer.says(WORDS)
    },
  },
  {
    name: '… a choice is open',
    asked: 'message/text',
    temper: 'warm',
    budget: { calls: 3 },
    reaches: TO_AGENT,
    async prepare(stage) {
      const { customer, chatId } = await stage.talking()
      const buttons = [{ text: 'Yes', type: 'message', value: 'yes', postback_id: 'b1', user_ids: [] }]
      stage.livechat.agent(MARIA).sendsRichMessage(chatId, { elements: [{ title: 'Well?', buttons }] })
      await stage.sandbox.settled()
      return () => customer.says('Yes')
    },
  },
  ...both(
    {
      name: 'agent text, agent known',
      asked: AGENT_SPOKE,
      reaches: TO_CUSTOMER,
      async prepare(stage) {
        const talk = await stage.talking()
        stage.age(talk)
        return () => stage.livechat.agent(MARIA).says(talk.chatId, WORDS)
      },
    },
    { warm: { calls: 1, depth: 1 }, cold: { calls: 3, depth: 2 } },
  ),
  ...both(
    {
      name: '… seconds after the announcement',
      asked: AGENT_SPOKE,
      reaches: TO_CUSTOMER,
      async prepare(stage) {
        const { chatId } = await stage.talking()
        return () => stage.livechat.agent(MARIA).says(chatId, WORDS)
      },
    },
    { warm: { calls: 1, depth: 1 }, cold: { calls: 6 } }, // words of theirs that another process holds back come first
  ),
  ...both(
    {
      name: 'first words of an agent not seen before',
      asked: AGENT_SPOKE,
      reaches: TO_CUSTOMER,
      async prepare(stage) {
        const talk = await stage.waiting()
        stage.age(talk)
        stage.lose('user_added_to_chat', 'chat_transferred') // the words came first
        const { id } = stage.livechat.agents.add({ id: `agent.${talk.chatId.toLowerCase()}@acme.test`, name: 'Nora' })
        return () => stage.livechat.agent(id).says(talk.chatId, WORDS)
      },
    },
    { warm: { calls: 11 }, cold: { calls: 12 } }, // one for the agent's user,
  ),
  ...both(
    {
      name: 'the same webhook again',
      asked: AGENT_SPOKE,
      async prepare(stage) {
        const talk = await stage.talking()
        stage.age(talk)
        return () => {
          const last = stage.livechat.webhooks.deliveries('incoming_event').at(-1)
          return last && stage.livechat.webhooks.redeliver(last)
        }
      },
    },
    { warm: { calls: 1 }, cold: { calls: 3 } },
  ),
  ...both(
    {
      name: 'an agent is assigned',
      asked: 'webhook/user_added_to_chat',
      async prepare(stage) {
        const talk = await stage.waiting()
        stage.age(talk)
        return () => stage.livechat.agent(OMAR).joins(talk.chatId, { announce: 'user_added_to_chat' })
      },
    },
    { warm: { calls: 7, depth: 6 }, cold: { calls: 8, depth: 6 } },
  ),
  ...both(
    {
      name: 'transferred to another agent',
      asked: 'webhook/chat_transferred',
      async prepare(stage) {
        const talk = await stage.talking()
        stage.age(talk)
        // The last change was a while ago: right after one LiveChat is asked whether a later one has overtaken it.
        await stage.forget()
        await talk.customer.says('Still there?')
        await stage.sandbox.settled()
        stage.lose('user_added_to_chat', 'user_removed_from_chat')
        return () => stage.livechat.agent(MARIA).transfersTo(talk.chatId, { agentId: OMAR })
      },
    },
    { warm: { calls: 9 }, cold: { calls: 9 } },
  ),
]
