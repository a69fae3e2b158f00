import { AGENT_ID, numberIn, type Books } from './books'
import { fields, type Answer, type Asked } from './exchange'

/** LiveChat as far as the integration calls it. */
export function livechatAnswer({ path, body, authorization }: Asked, books: Books): Answer {
  const action = path.split('/').at(-1)
  switch (action) {
    case 'token':
      return token(books.nextCustomer())
    case 'start_chat': {
      const number = numberIn(authorization)
      return { body: { chat_id: `CHAT_${number}`, thread_id: `THREAD_${number}` } }
    }
    case 'send_event': {
      const { custom_id } = fields(body['event'])
      books.write(custom_id)
      return { body: { event_id: `event_${String(custom_id)}` } }
    }
    case 'get_chat':
      return { body: chat(numberIn(body['chat_id'])) }
    default:
      return { body: {} }
  }
}

function token(number: number): Answer {
  const body = {
    access_token: `token_${number}`,
    entity_id: `customer_${number}`,
    expires_in: 28_800,
    token_type: 'Bearer',
  }
  return { headers: { 'set-cookie': `__lc_cst=secret-${number}` }, body }
}

function chat(number: string) {
  const users = [{ id: AGENT_ID, type: 'agent', name: 'Maria', present: true }]
  return { id: `CHAT_${number}`, users, thread: { id: `THREAD_${number}`, active: false, user_ids: [], events: [] } }
}
