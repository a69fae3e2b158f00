import { assign } from '../chats/assignment'
import { deactivate } from '../chats/chats'
import { systemMessage } from '../chats/events'
import { makeAbsent, presentAgents, removeUser, tellTransfer } from '../chats/membership'
import { move } from '../chats/queue'
import { enqueue, markAssigned } from '../chats/routing'
import type { Chat, Thread } from '../world/model'
import { merge } from '../world/properties'
import type { World } from '../world/world'
import { activeChat, happened, knownAgent, said } from './desk'
import type { Happened, RouterPerson } from './persons'

const ROUTER = { kind: 'router' } as const

/** LiveChat's router, by hand. */
export function routerPerson(world: World): RouterPerson {
  const closes = (chatId: string, type: string): Happened => {
    const { chat } = activeChat(world, chatId)
    return happened(chat, deactivate(world, chat, ROUTER, type))
  }
  return {
    assigns: (chatId, agentId, { reason = 'assigned' } = {}) => {
      const { chat, thread } = activeChat(world, chatId)
      assign(world, chat, thread, knownAgent(world, agentId).id, { reason })
      if (reason === 'inactive') systemMessage(world, chat, thread, 'routing.assigned_inactive')
      return happened(chat, thread)
    },
    unassigns: (chatId, { queued = true } = {}) => {
      const { chat, thread } = activeChat(world, chatId)
      unassign(world, chat, thread, queued)
      return happened(chat, thread)
    },
    queues: (chatId, place) => {
      const { chat, thread } = activeChat(world, chatId)
      queue(world, chat, thread, place)
      return happened(chat, thread)
    },
    closesIdle: (chatId) => closes(chatId, 'routing.archived_inactive'),
    closesNobody: (chatId) => closes(chatId, 'routing.archived_offline'),
    closesOther: (chatId, type = 'routing.archived_disconnected') => closes(chatId, type),
    marksIdle: (chatId) => {
      const { chat, thread } = activeChat(world, chatId)
      merge(thread.properties, { routing: { idle: true } })
      return said(chat, thread, systemMessage(world, chat, thread, 'routing.idle').id)
    },
    writes: (chatId, { type, ...content }) => {
      const { chat, thread } = activeChat(world, chatId)
      return said(chat, thread, systemMessage(world, chat, thread, type, content).id)
    },
  }
}

function unassign(world: World, chat: Chat, thread: Thread, queued: boolean): void {
  for (const agentId of presentAgents(chat)) removeUser(world, chat, thread, agentId, ROUTER, 'unassigned')
  if (queued) enqueue(world, chat, thread)
  else markAssigned(world, chat, thread, false)
  systemMessage(world, chat, thread, 'routing.unassigned_disconnected')
  tellTransfer(world, chat, thread, ROUTER, 'unassigned')
}

function queue(world: World, chat: Chat, thread: Thread, place: { position: number; waitTime: number }): void {
  const waits = thread.queue !== undefined
  makeAbsent(chat, presentAgents(chat))
  move(world, chat, thread, { position: place.position, wait_time: place.waitTime })
  markAssigned(world, chat, thread, false)
  if (!waits) tellTransfer(world, chat, thread, ROUTER, 'other')
}
