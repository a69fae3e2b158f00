import { deactivate } from '../chats/chats'
import { say } from '../chats/events'
import { markButtons } from '../chats/reactions'
import { WEBSITE_CLIENT_ID } from '../world/defaults'
import type { Actor } from '../world/model'
import type { World } from '../world/world'
import { activeChat, happened, locate, said } from './desk'
import type { CustomerPerson } from './persons'

/** A customer on the organization's website, and what is done to customers. */
export function customerPerson(world: World, id: string): CustomerPerson {
  const customer = world.store.customers.get(id)
  if (!customer) throw new Error(`no customer ${id}`)
  const actor: Actor = { kind: 'customer', id, clientId: WEBSITE_CLIENT_ID }
  return {
    id,
    says: (chatId, text) => {
      const { chat, thread } = activeChat(world, chatId)
      return said(chat, thread, say(world, chat, thread, actor, { type: 'message', text }).id)
    },
    presses: (chatId, eventId, postbackId) => {
      const found = locate(world, eventId)
      markButtons(world, found, actor, { id: postbackId, toggled: true })
      return { chatId, threadId: found.thread.id }
    },
    closes: (chatId) => {
      const { chat } = activeChat(world, chatId)
      return happened(chat, deactivate(world, chat, actor, 'manual_archived_customer'))
    },
    disconnects: (chatId) => {
      const { chat } = activeChat(world, chatId)
      return happened(chat, deactivate(world, chat, { kind: 'router' }, 'archived_customer_disconnected'))
    },
    isBanned: () => {
      customer.banned = true
      const chat = world.store.chatOfCustomer(id)
      if (chat && world.store.activeThread(chat)) deactivate(world, chat, { kind: 'router' }, 'customer_banned')
    },
    losesTokens: () => {
      world.store.customerTokens = world.store.customerTokens.filter(({ customerId }) => customerId !== id)
    },
    losesCookies: () => {
      customer.cookieSecrets = []
    },
  }
}
