import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { Conversation, Event, Message, Payload, State, Tags, User } from '../objects'
import { asBot, asIntegration, type Caller, type Installed, type Platform } from '../platform'
import { getConversation, updateConversation } from '../runtime-api/conversations'
import { createEvent, type NewEvent } from '../runtime-api/events'
import { createMessage, listMessages } from '../runtime-api/messages'
import { getOrSetState, getState, setState } from '../runtime-api/states'
import { getOrCreateUser, getUser, updateUser, type UserChanges } from '../runtime-api/users'

/** The emulator was reset while a hook was under way: it does nothing more. */
export class Abandoned extends Error {}

type NewPluginMessage = { conversationId: string; type: string; payload: Payload; tags: Tags }

/** The runtime calls of the plugin, made with the bot's identity. Each takes its time, so others come in between. */
export class PluginClient {
  /** Names of the calls, oldest first. */
  readonly made: string[] = []
  private readonly bot: Caller
  private isAbandoned = false

  constructor(
    private readonly platform: Platform,
    private readonly installed: Installed,
  ) {
    this.bot = asBot(installed)
  }

  getConversation(id: string): Promise<Conversation> {
    return this.call('getConversation', () => getConversation(this.platform, this.bot, id))
  }

  tagConversation(id: string, tags: Tags): Promise<Conversation> {
    return this.call('updateConversation', () =>
      updateConversation(this.platform, this.bot, id, { tags: prefixed(tags) }),
    )
  }

  getUser(id: string): Promise<User> {
    return this.call('getUser', () => getUser(this.platform, this.bot, id))
  }

  tagUser(id: string, tags: Tags): Promise<User> {
    return this.call('updateUser', () => updateUser(this.platform, this.bot, id, { tags: prefixed(tags) }))
  }

  createMessage(message: NewPluginMessage): Promise<Message> {
    const { botId: userId } = this.installed
    return this.call('createMessage', () => createMessage(this.platform, this.bot, { ...message, userId }))
  }

  /** One page, newest first. */
  listMessages(conversationId: string, nextToken?: string): Promise<{ messages: Message[]; next?: string }> {
    return this.call('listMessages', () => {
      const { messages, meta } = listMessages(this.platform, this.bot, { conversationId, nextToken })
      return { messages, ...(meta.nextToken === undefined ? {} : { next: meta.nextToken }) }
    })
  }

  /** Rejects with `ResourceNotFound` when the state was never set. */
  getState(conversationId: string, name: string): Promise<State> {
    return this.call('getState', () => getState(this.platform, this.bot, addressOf(conversationId, name)))
  }

  getOrSetState(conversationId: string, name: string, payload: Payload): Promise<State> {
    return this.call('getOrSetState', () =>
      getOrSetState(this.platform, this.bot, addressOf(conversationId, name), payload),
    )
  }

  setState(conversationId: string, name: string, payload: Payload): Promise<State> {
    return this.call('setState', () => setState(this.platform, this.bot, addressOf(conversationId, name), payload))
  }

  createEvent(event: NewEvent): Promise<Event> {
    return this.call('createEvent', () => createEvent(this.platform, this.bot, event))
  }

  /** An action of the integration behind the handoff; `type` is without alias. */
  callAction(type: string, input: Payload): Promise<Payload> {
    return this.call('callAction', () => this.platform.callAction(this.installed, type, input))
  }

  /** The webchat user that stands for an agent. Rejects where webchat refuses. */
  callWebchat(agent: User): Promise<User> {
    return this.call('callAction', () => webchatUser(this.platform, asIntegration(this.installed, 'webchat'), agent))
  }

  /** No call that is under way or still to come does anything. */
  abandon(): void {
    this.isAbandoned = true
  }

  private async call<T>(name: string, work: () => T | Promise<T>): Promise<T> {
    this.made.push(name)
    await this.travel()
    if (this.isAbandoned) throw new Abandoned('the emulator was reset')
    return work()
  }

  private travel(): Promise<void> {
    const { callMs, callJitterMs } = this.platform.settings.plugin
    const ms = callMs + callJitterMs * this.platform.chance.next()
    return ms > 0 ? sleep(ms) : nextTurn()
  }
}

/** Action `getOrCreateUser` of webchat. */
async function webchatUser(platform: Platform, webchat: Caller, agent: User): Promise<User> {
  const { settings, faults } = platform
  if (faults.take('action/webchat:getOrCreateUser') || settings.plugin.webchatLink === 'fails') {
    throw new Error('webchat refuses')
  }
  const { user } = await getOrCreateUser(platform, webchat, {
    tags: { agent: agent.id },
    discriminateByTags: ['agent'],
  })
  const { name, pictureUrl } = agent
  const profile: UserChanges = { ...(name !== undefined && { name }), ...(pictureUrl !== undefined && { pictureUrl }) }
  return updateUser(platform, webchat, user.id, profile)
}

/** The typing indicator's state alone has no prefix. */
const addressOf = (id: string, name: string) =>
  ({ type: 'conversation', id, name: name === 'typingIndicatorEnabled' ? name : `hitl#${name}` }) as const

const prefixed = (tags: Tags): Tags =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [`hitl#${name}`, value]))
