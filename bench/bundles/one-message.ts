// The least that a webhook handler can do which brings an agent's words to the customer: one call, nothing read.
import { Integration } from '@botpress/sdk'

const nothing = () => Promise.resolve()

export default new Integration({
  register: nothing,
  unregister: nothing,
  actions: {},
  channels: {},
  handler: async ({ client }) => {
    const payload = { text: 'Hello, I am Maria' }
    await client.createMessage({ conversationId: 'conv_0', userId: 'user_agent', type: 'text', payload, tags: {} })
    return { status: 200 }
  },
})
