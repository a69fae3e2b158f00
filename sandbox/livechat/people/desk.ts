import type { Agent, Chat, Thread } from '../world/model'
import type { World } from '../world/world'
import type { Happened, Said } from './persons'

export function knownChat(world: World, chatId: string): Chat {
  const chat = world.store.chats.get(chatId)
  if (!chat) throw new Error(`no chat ${chatId}`)
  return chat
}

export function activeChat(world: World, chatId: string): { chat: Chat; thread: Thread } {
  const chat = knownChat(world, chatId)
  const thread = world.store.activeThread(chat)
  if (!thread) throw new Error(`chat ${chatId} has no active thread`)
  return { chat, thread }
}

export function knownAgent(world: World, id: string): Agent {
  const agent = world.store.agents.get(id)
  if (!agent) throw new Error(`no agent ${id}; known: ${[...world.store.agents.keys()].join(', ')}`)
  return agent
}

export function happened(chat: Chat, thread: Thread): Happened {
  return { chatId: chat.id, threadId: thread.id }
}

export function said(chat: Chat, thread: Thread, eventId: string): Said {
  return { ...happened(chat, thread), eventId }
}

export function locate(world: World, eventId: string) {
  const found = world.store.locate(eventId)
  if (!found) throw new Error(`no event ${eventId}`)
  return found
}
