import type { AgentPerson, BotPerson, CustomerPerson, Happened, Said } from './persons'
import { assign } from '../chats/assignment'
import { deactivate, resumeChat } from '../chats/chats'
import { AGENT_APP_CLIENT_ID, WEBSITE_CLIENT_ID } from '../world/defaults'
import { say, systemMessage, tellEvent } from '../chats/events'
import { storeUpload } from '../chats/files'
import { addUser, presentAgents, publicAgents, removeUser, transfer } from '../chats/membership'
import type { Actor, Agent, Chat, NewEvent, RichElement, Thread } from '../world/model'
import { markButtons, markEventsSeen, removeEvent } from '../chats/reactions'
import { setRoutingStatus } from '../chats/status'
import { tag } from '../chats/tags'
import type { World } from '../world/world'

type AgentActor = Extract<Actor, { kind: 'agent' }>

/** The hands of one agent at the desk. */
export function agentPerson(world: World, id: string): AgentPerson {
  const agent = knownAgent(world, id)
  const actor: AgentActor = {
    kind: 'agent',
    id,
    clientId: agent.bot ? (agent.ownerClientId ?? id) : AGENT_APP_CLIENT_ID,
  }
  const speak = (chatId: string, event: NewEvent) => speakAs(world, actor, chatId, event)
  return {
    id,
    says: (chatId, text, { customId, markdown } = {}) => {
      const properties = markdown && { properties: { chats: { formatting: 'commonmark' } } }
      return speak(chatId, { type: 'message', text, ...(customId && { custom_id: customId }), ...properties })
    },
    notes: (chatId, text) => {
      requireNoteField(world, knownChat(world, chatId))
      return speak(chatId, { type: 'message', text, visibility: 'agents' })
    },
    sendsFile: (chatId, { name, bytes, contentType }) => {
      const { file, url } = storeUpload(world, name, bytes)
      if (contentType) file.contentType = contentType
      return speak(chatId, { type: 'file', url })
    },
    sendsRichMessage: (chatId, message) => speak(chatId, richMessage(message)),
    edits: (eventId, text) => edit(world, actor, eventId, text),
    deletes: (eventId) => {
      const found = locate(world, eventId)
      removeEvent(world, found, actor)
      return said(found.chat, found.thread, eventId)
    },
    joins: (chatId, { announce = 'both' } = {}) => {
      const { chat, thread } = activeChat(world, chatId)
      if (publicAgents(chat).length === 0) assign(world, chat, thread, id, { announce })
      else joinAsSecond(world, chat, thread, actor)
      return happened(chat, thread)
    },
    supervises: (chatId) => {
      const { chat, thread } = activeChat(world, chatId)
      addUser(world, chat, thread, { id, type: 'agent', visibility: 'agents' }, actor)
      return happened(chat, thread)
    },
    leaves: (chatId) => {
      const { chat, thread } = activeChat(world, chatId)
      removeUser(world, chat, thread, id, actor)
      systemMessage(world, chat, thread, 'agent_left', { textVars: { agent: agent.name } })
      return happened(chat, thread)
    },
    transfersTo: (chatId, target) => {
      const { chat, thread } = activeChat(world, chatId)
      const to =
        'agentId' in target ? { agentId: knownAgent(world, target.agentId).id } : { groupIds: [target.groupId] }
      transfer(world, chat, thread, to, actor)
      return happened(chat, thread)
    },
    closes: (chatId) => {
      const { chat } = activeChat(world, chatId)
      return happened(chat, deactivate(world, chat, actor, 'manual_archived_agent'))
    },
    tags: (chatId, name) => tagLast(world, actor, chatId, name, 'thread_tagged'),
    untags: (chatId, name) => tagLast(world, actor, chatId, name, 'thread_untagged'),
    reopens: (chatId, text) => {
      const chat = knownChat(world, chatId)
      const events = text === undefined ? [] : [{ type: 'message', text }]
      const { thread } = resumeChat(world, chat, actor, { access: chat.access, events })
      return happened(chat, thread)
    },
    reads: (chatId) => {
      const { chat, thread } = activeChat(world, chatId)
      markEventsSeen(world, chat, actor, world.store.timestamp())
      return happened(chat, thread)
    },
    goesOnline: () => setRoutingStatus(world, agent, 'accepting_chats', actor.clientId),
    goesOffline: () => setRoutingStatus(world, agent, agent.bot ? 'offline' : 'not_accepting_chats', actor.clientId),
  }
}

export function botPerson(world: World, id: string): BotPerson {
  return agentPerson(world, id)
}

/** A customer on the organization's website, and what is done to customers. */
export function customerPerson(world: World, id: string): CustomerPerson {
  const customer = world.store.customers.get(id)
  if (!customer) throw new Error(`no customer ${id}`)
  const actor: Actor = { kind: 'customer', id, clientId: WEBSITE_CLIENT_ID }
  return {
    id,
    says: (chatId, text) => speakAs(world, actor, chatId, { type: 'message', text }),
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

function speakAs(world: World, actor: Exclude<Actor, { kind: 'router' }>, chatId: string, event: NewEvent): Said {
  const { chat, thread } = activeChat(world, chatId)
  if (actor.kind === 'agent') enterDesk(world, chat, thread, actor, event.visibility === 'agents')
  return said(chat, thread, say(world, chat, thread, actor, event).id)
}

/** Customers of the website's own widget always leave agents a note field; of others it is not known. */
function requireNoteField({ settings }: World, chat: Chat): void {
  const isOfWidget = chat.properties.source?.customer_client_id === WEBSITE_CLIENT_ID
  if (!isOfWidget && !settings.desk.privateNotes) throw new Error(`chat ${chat.id} has no field for private notes`)
}

/** The Agent App lets nobody write before being in the chat; who only supervises may write notes. */
function enterDesk(world: World, chat: Chat, thread: Thread, actor: AgentActor, note: boolean): void {
  const inChat = note ? presentAgents(chat) : publicAgents(chat)
  if (inChat.includes(actor.id)) return
  if (publicAgents(chat).length === 0) assign(world, chat, thread, actor.id)
  else if (note) addUser(world, chat, thread, { id: actor.id, type: 'agent', visibility: 'agents' }, actor)
  else joinAsSecond(world, chat, thread, actor)
}

function joinAsSecond(world: World, chat: Chat, thread: Thread, actor: AgentActor): void {
  if (!world.settings.chats.severalPublicAgents)
    throw new Error(`${publicAgents(chat).join(', ')} has chat ${chat.id}: LiveChat allows one agent in a chat`)
  addUser(world, chat, thread, { id: actor.id, type: 'agent' }, actor)
  const { name } = knownAgent(world, actor.id)
  systemMessage(world, chat, thread, 'agent_joined', { textVars: { agent: name } })
}

function richMessage({
  templateId = 'quick_replies',
  elements,
}: {
  templateId?: string
  elements: RichElement[]
}): NewEvent {
  return { type: 'rich_message', template_id: templateId, elements }
}

function locate(world: World, eventId: string) {
  const found = world.store.locate(eventId)
  if (!found) throw new Error(`no event ${eventId}`)
  return found
}

function edit(world: World, actor: AgentActor, eventId: string, text: string): Said {
  const found = locate(world, eventId)
  found.event.text = text
  tellEvent(world, found, actor, 'event_updated')
  return said(found.chat, found.thread, eventId)
}

function tagLast(
  world: World,
  actor: AgentActor,
  chatId: string,
  name: string,
  action: 'thread_tagged' | 'thread_untagged',
): Happened {
  const chat = knownChat(world, chatId)
  const thread = world.store.lastThread(chat)
  if (!thread) throw new Error(`chat ${chatId} has no thread`)
  tag(world, chat, thread, name, actor, action)
  return happened(chat, thread)
}
