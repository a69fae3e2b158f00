import { both, type Flow } from './flow'
import { MARIA, type Stage } from './stage'

export const ENDING: Flow[] = [
  ...both(
    {
      name: 'LiveChat ends it',
      asked: 'webhook/chat_deactivated',
      async prepare(stage) {
        const talk = await stage.talking()
        stage.age(talk)
        return () => stage.livechat.agent(MARIA).closes(talk.chatId)
      },
    },
    { warm: { calls: 9 }, cold: { calls: 10 } },
  ),
  ...both(
    {
      name: 'stopHitl',
      asked: 'action/stopHitl',
      async prepare(stage) {
        const talk = await stage.talking()
        stage.age(talk)
        stage.livechat.webhooks.hold()
        return () => stage.installation.callAction('stopHitl', { conversationId: talk.conversationId })
      },
    },
    { warm: { calls: 3 }, cold: { calls: 3 } },
  ),
  {
    name: 'webhook of a foreign chat, source told',
    asked: 'webhook/incoming_event',
    temper: 'cold',
    budget: { calls: 1 }, // once a minute: former Client IDs
    prepare: (stage) => Promise.resolve(() => foreign(stage, { client_id: 'other', customer_client_id: 'website' })),
  },
  {
    name: '… source not told',
    asked: 'webhook/incoming_event',
    temper: 'cold',
    budget: { calls: 2 },
    prepare: (stage) => Promise.resolve(() => foreign(stage, undefined)),
  },
]

/** Somebody's words, two minutes ago, in a chat that the website started. */
function foreign({ livechat, sandbox }: Stage, source: Record<string, string> | undefined) {
  const created_at = new Date(Date.now() - 120_000).toISOString()
  const event = { id: 'E1', type: 'message', text: 'Hi', author_id: MARIA, created_at, visibility: 'all' }
  return livechat.webhooks.post({
    webhook_id: 'W1',
    secret_key: sandbox.configuration.webhookSecret,
    action: 'incoming_event',
    organization_id: sandbox.configuration.organizationId,
    payload: { chat_id: 'FOREIGN', thread_id: 'FOREIGN1', event },
    additional_data: source ? { chat_properties: { source } } : {},
  })
}
