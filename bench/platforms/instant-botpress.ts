import { numberIn, type Books } from './books'
import { fields, type Answer, type Asked } from './exchange'

const AT = '2026-01-01T00:00:00.000Z'
const NOT_FOUND = { code: 404, type: 'ResourceNotFound', message: 'none', id: 'err_1' }

/** The Runtime API as far as the integration calls it. */
export function botpressAnswer(asked: Asked, books: Books): Answer {
  const [, , , kind = '', id = '', further = ''] = asked.path.split('/')
  switch (kind) {
    case 'messages':
      return { body: { message: message(asked, id, books) } }
    case 'conversations':
      return conversations(asked, id, books)
    case 'users':
      return { body: { user: { id: userId(asked, id), createdAt: AT, updatedAt: AT, tags: {}, name: 'Ada' } } }
    case 'events':
      return {
        body: { event: { id: 'evt_1', createdAt: AT, type: asked.body['type'], payload: {}, status: 'processed' } },
      }
    case 'states':
      return state(asked, further)
    default:
      return { status: 404, body: NOT_FOUND }
  }
}

function message({ method, body }: Asked, id: string, books: Books) {
  const { eventId } = fields(body['tags'])
  if (method === 'POST' && eventId !== undefined) books.write(eventId)
  return { id: method === 'POST' ? `msg_${String(eventId)}` : id, createdAt: AT, updatedAt: AT, ...body }
}

function conversations({ method, body, query }: Asked, id: string, books: Books): Answer {
  const tags = fields(body['tags']) as Record<string, string>
  if (id === 'get-or-create') return { body: { conversation: books.change(numberIn(tags['threadId']), opened(tags)) } }
  if (method === 'PUT') return { body: { conversation: books.change(numberIn(id), tags) } }
  if (id) return { body: { conversation: books.conversation(numberIn(id)) } }
  return { body: { conversations: [books.conversation(numberIn(query.get('tags.chatId')))], meta: {} } }
}

/** A new conversation has no agent yet, unlike the ones that are made up. */
const opened = (tags: Record<string, string>) => ({ ...tags, agentId: '', agentUserId: '', agentsSeen: '' })

function userId({ method, body }: Asked, id: string): string {
  return method === 'GET' ? id : `user_${'agentId' in fields(body['tags']) ? 'agent' : '0'}`
}

/** Nothing is ever stored: each customer is a new one. */
function state({ method, body }: Asked, name: string): Answer {
  if (method === 'GET') return { status: 404, body: NOT_FOUND }
  const { payload } = body
  return { body: { state: { id: 'state_1', createdAt: AT, updatedAt: AT, name, payload }, meta: { cached: false } } }
}
