import type { Happened, RouterPerson } from './persons'
import { assign } from '../chats/assignment'
import { deactivate } from '../chats/chats'
import { systemMessage } from '../chats/events'
import { makeAbsent, presentAgents, removeUser, tellTransfer } from '../chats/membership'
import type { Chat, Thread } from '../world/model'
import { activeChat, happened, knownAgent, said } from './people'
import { merge } from '../world/properties'
import { enqueue, markAssigned } from '../chats/routing'
import type { World } from '../world/world'

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
  else markAssigned(chat, thread, false)
  systemMessage(world, chat, thread, 'routing.unassigned_disconnected')
  tellTransfer(world, chat, thread, ROUTER, 'unassigned')
}

function queue(world: World, chat: Chat, thread: Thread, place: { position: number; waitTime: number }): void {
  const waited = thread.queue
  makeAbsent(chat, presentAgents(chat))
  markAssigned(chat, thread, false)
  const queued_at = waited?.queued_at ?? world.store.timestamp()
  thread.queue = { position: place.position, wait_time: place.waitTime, queued_at }
  if (!waited) return tellTransfer(world, chat, thread, ROUTER, 'other')
  if (!world.settings.webhooks.queuePositionsAsProperties) return
  const properties = { lc2: { queue_pos: place.position, queue_waiting_time: place.waitTime } }
  merge(thread.properties, properties)
  const payload = () => ({ chat_id: chat.id, thread_id: thread.id, properties })
  world.webhooks.emit({ action: 'thread_properties_updated', chat, payload })
}
