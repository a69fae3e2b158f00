// Read by `tsc` alone (npm run check:types): each line below a mark must not compile, or the mark itself is an error.
import * as bp from '../src/bp'
import type { ChatId, ThreadId } from '../src/livechat/types'
import { entryOf } from '../src/session/transitions'
import type { Session } from '../src/session/session'
import { toLiveChat } from '../src/translate/to-livechat'

type Doors = ConstructorParameters<typeof bp.Integration>[0]

export async function tags(client: bp.Client): Promise<void> {
  await client.createUser({ tags: { email: 'ada@customer.test' } })
  // @ts-expect-error a user has no such tag
  await client.createUser({ tags: { telephone: '1' } })
  await client.updateConversation({ id: 'c', tags: { threadId: 't', ended: '' } })
  // @ts-expect-error a conversation has no such tag
  await client.updateConversation({ id: 'c', tags: { thread: 't' } })
  await client.updateMessage({ id: 'm', tags: { deleted: 'true' } })
  // @ts-expect-error a message has no such tag
  await client.updateMessage({ id: 'm', tags: { isDeleted: 'true' } })
  // @ts-expect-error there is no such channel
  await client.createConversation({ channel: 'webchat', tags: {} })
}

export async function states(client: bp.Client): Promise<void> {
  await client.setState({ type: 'conversation', id: 'c', name: 'choice', payload: { eventId: 'e', choices: [] } })
  // @ts-expect-error the field of a state is missing
  await client.setState({ type: 'conversation', id: 'c', name: 'choice', payload: { eventId: 'e' } })
  // @ts-expect-error the field of a state has another type
  await client.setState({ type: 'conversation', id: 'c', name: 'choice', payload: { eventId: 1, choices: [] } })
  // @ts-expect-error there is no such state
  await client.getState({ type: 'conversation', id: 'c', name: 'choices' })
}

export async function payloads(client: bp.Client): Promise<void> {
  await client.createEvent({ type: 'hitlStopped', payload: { conversationId: 'c' } })
  // @ts-expect-error an event lacks what it tells of
  await client.createEvent({ type: 'hitlStopped', payload: {} })
  // @ts-expect-error there is no such event
  await client.createEvent({ type: 'hitlEnded', payload: { conversationId: 'c' } })
  const ids = { userId: 'u', hitlConversationId: 'c', chatId: 'x', threadId: 't' }
  const times = { startedAt: '2026-01-01T00:00:00.000Z', endedAt: '2026-01-01T00:01:00.000Z' }
  const chatEnded = { ...ids, ...times, language: 'en', tags: [], undelivered: 0 }
  await client.createEvent({ type: 'chatEnded', payload: { ...chatEnded, reason: 'idle' } })
  // @ts-expect-error nobody ends a chat for that reason
  await client.createEvent({ type: 'chatEnded', payload: { ...chatEnded, reason: 'boredom' } })
  const message = { conversationId: 'c', userId: 'u', tags: {} }
  await client.createMessage({ ...message, type: 'image', payload: { imageUrl: 'https://acme.test/a.png' } })
  // @ts-expect-error an image has no text
  await client.createMessage({ ...message, type: 'image', payload: { text: 'a picture' } })
  // @ts-expect-error the channel carries no cards
  await client.createMessage({ ...message, type: 'card', payload: { title: 'Card', actions: [] } })
}

export const actions: Partial<Doors['actions']>[] = [
  { createUser: () => Promise.resolve({ userId: 'u' }) },
  // @ts-expect-error the output lacks the id of the user
  { createUser: () => Promise.resolve({}) },
  { startHitl: () => Promise.resolve({ conversationId: 'c' }) },
  // @ts-expect-error the output holds something else than the id of the conversation
  { startHitl: () => Promise.resolve({ conversationId: 7 }) },
  // @ts-expect-error the output is another action's
  { startHitl: () => Promise.resolve({ userId: 'u' }) },
  // @ts-expect-error there is no such action
  { pauseHitl: () => Promise.resolve({}) },
]

export function inputs({ input }: bp.ActionProps['startHitl'], { configuration }: bp.Context): unknown[] {
  return [
    input.hitlSession?.groupId,
    // @ts-expect-error the session has no such field
    input.hitlSession?.group,
    configuration.agentToken,
    // @ts-expect-error there is no such setting
    configuration.personalAccessToken,
    // @ts-expect-error a group is a number
    configuration.groupId.trim(),
  ]
}

// @ts-expect-error every action needs its door
export const withoutActions = new bp.Integration({ ...({} as Doors), actions: {} })

export function ids(session: Session, chatId: ChatId, threadId: ThreadId): unknown[] {
  return [
    chatId === session.chatId,
    // @ts-expect-error a chat is no thread
    chatId === threadId,
    entryOf(session, 'maria@acme.test'),
    // @ts-expect-error a conversation is no session
    entryOf('c', 'maria@acme.test'),
    // @ts-expect-error the channel knows no such message
    toLiveChat({ type: 'carousel', payload: { items: [] } }),
  ]
}
