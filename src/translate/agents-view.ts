import type { Chat, IncomingEvent } from '../livechat/types'

/**
 * A chat as a customer sees it, changed to look as agents see it: customers see a hash in place of an agent's address
 * (Customer Chat API, get_chat), and a bot's id cannot be told from it.
 */
export function agentsView({ users, thread, ...chat }: Chat): Chat {
  const agents = new Set(users.filter(({ type }) => type === 'agent').map(({ id }) => id))
  const withAddress = (event: IncomingEvent): IncomingEvent =>
    event.authorId && agents.has(event.authorId) ? { ...event, authorId: addressFor(event.authorId) } : event
  return {
    ...chat,
    users: users.map((user) => (agents.has(user.id) ? { ...user, id: addressFor(user.id) } : user)),
    ...(thread && { thread: { ...thread, events: thread.events.map(withAddress) } }),
  }
}

const addressFor = (hash: string) => `${hash}@agent`
