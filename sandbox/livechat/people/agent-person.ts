import { assign } from '../chats/assignment'
import { deactivate, resumeChat } from '../chats/chats'
import { say, systemMessage, tellEvent } from '../chats/events'
import { storeUpload } from '../chats/files'
import { addUser, presentAgents, publicAgents, removeUser, transfer } from '../chats/membership'
import { markEventsSeen, removeEvent } from '../chats/reactions'
import { setRoutingStatus } from '../chats/status'
import { tag } from '../chats/tags'
import type { AgentActor } from '../requests/method'
import { AGENT_APP_CLIENT_ID, WEBSITE_CLIENT_ID } from '../world/defaults'
import type { Chat, NewEvent, RichElement, Thread } from '../world/model'
import type { World } from '../world/world'
import { activeChat, happened, knownAgent, knownChat, locate, said } from './desk'
import type { AgentPerson, BotPerson, Happened, Said } from './persons'

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

function speakAs(world: World, actor: AgentActor, chatId: string, event: NewEvent): Said {
  const { chat, thread } = activeChat(world, chatId)
  enterDesk(world, chat, thread, actor, event.visibility === 'agents')
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
