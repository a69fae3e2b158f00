import { Faults } from '../http/faults'
import { Wire } from '../http/wire'
import { newCustomer } from './accounts/accounts'
import type { LiveChat, LiveChatOptions } from './api'
import { startChat } from './chats/chats'
import { agentPerson, botPerson } from './people/agent-person'
import { customerPerson } from './people/customer-person'
import { happened, knownAgent, knownChat } from './people/desk'
import { routerPerson } from './people/router-person'
import { listen } from './server/server'
import { Webhooks } from './webhooks/webhooks'
import * as defaults from './world/defaults'
import type { PersonalAccessToken } from './world/model'
import { defaultSettings, restore } from './world/settings'
import { completeAgent, encoded, Store } from './world/store'
import type { World } from './world/world'

export type * from './api'
export type * from './people/persons'
export type * from './webhooks/control'
export type * from './world/model'
export type { Drawn, Settings, SettingsPatch } from './world/settings'
export * as defaults from './world/defaults'
export { errorAnswer } from './world/errors'
export { defaultSettings, restore } from './world/settings'
export { SENT_ACTIONS } from './world/emission'
export { METHODS } from './server/method-list'

const BOTPRESS_WEBHOOK_HOST = 'https://webhook.botpress.cloud'

/** Starts the emulator on 127.0.0.1. */
export async function startLiveChat(options: LiveChatOptions = {}): Promise<LiveChat> {
  const { redirectUris = [BOTPRESS_WEBHOOK_HOST], now = Date.now } = options
  const [wire, faults, settings] = [new Wire(), new Faults(), defaultSettings()]
  restore(settings, options.settings)
  const store = new Store(now, redirectUris, () => `${settings.region.name}${settings.region.suffix}:`)
  const webhooks = new Webhooks({ store, settings, wire, faults })
  const world: World = { store, settings, webhooks, url: () => store.baseUrl }
  const { server, port } = await listen({ world, wire, faults }, options.port)
  store.baseUrl = `http://127.0.0.1:${port}`
  store.reset()
  return {
    ...people(world),
    url: store.baseUrl,
    port,
    wire,
    faults,
    settings,
    store,
    webhooks,
    credentials: credentials(store),
    deliveriesSettled: () => webhooks.settled(),
    reset: () => {
      webhooks.reset()
      restore(settings, options.settings)
      store.reset()
      wire.clear()
      faults.clear()
    },
    close: () => {
      webhooks.reset()
      return new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()))
        if ('closeAllConnections' in server) server.closeAllConnections()
      })
    },
  }
}

/** Everybody at LiveChat whom a test or the page can move. */
function people(world: World) {
  const { store } = world
  return {
    agents: {
      add: (agent: Parameters<typeof completeAgent>[0]) => {
        const complete = completeAgent(agent)
        store.agents.set(complete.id, complete)
        return complete
      },
      list: () => [...store.agents.values()],
    },
    issueToken: ({ agentId, scopes }: { agentId: string; scopes: string[] }) => {
      const { accountId } = knownAgent(world, agentId)
      const secret = `${store.tokenPrefix()}token-${store.tokens.length + 1}`
      const token: PersonalAccessToken = { agentId, accountId, scopes, secret }
      store.tokens.push(token)
      return encoded(token)
    },
    agent: (id: string) => agentPerson(world, id),
    bot: (id: string = defaults.BOT_ID) => botPerson(world, id),
    customer: (id: string) => customerPerson(world, id),
    customerArrives: (visitor: Parameters<LiveChat['customerArrives']>[0] = {}) => arrive(world, visitor),
    anonymizes: (chatId: string) => {
      knownChat(world, chatId).anonymized = true
    },
    deletes: (chatId: string, threadId?: string) => deleteChat(world, chatId, threadId),
    router: routerPerson(world),
  }
}

function deleteChat(world: World, chatId: string, threadId?: string): void {
  const chat = knownChat(world, chatId)
  if (threadId === undefined) world.store.chats.delete(chatId)
  else chat.threads = chat.threads.filter(({ id }) => id !== threadId)
}

function arrive(world: World, visitor: NonNullable<Parameters<LiveChat['customerArrives']>[0]>) {
  const { name, email, groupId = defaults.GENERAL_GROUP, text, clientId = defaults.WEBSITE_CLIENT_ID } = visitor
  const customer = newCustomer(world, clientId)
  Object.assign(customer, { name, email })
  const { chat, thread } = startChat(
    world,
    { kind: 'customer', id: customer.id, clientId },
    {
      access: { group_ids: [groupId] },
      events: text === undefined ? [] : [{ type: 'message', text }],
      continuous: true,
    },
  )
  return { ...happened(chat, thread), customerId: customer.id }
}

function credentials(store: Store): LiveChat['credentials'] {
  const [full = '', minimal = ''] = store.tokens.map(encoded)
  const { organizationId } = store
  return { organizationId, clientId: defaults.CLIENT_ID, fullToken: full, minimalToken: minimal }
}
