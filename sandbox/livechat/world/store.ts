import { createHash, randomBytes, randomUUID } from 'node:crypto'
import * as defaults from './defaults'
import type {
  Agent,
  App,
  Chat,
  ChatEvent,
  Customer,
  CustomerToken,
  Group,
  Misdirected,
  PersonalAccessToken,
  StoredFile,
  Thread,
  WebhookRegistration,
  Weekday,
  WorkScheduler,
} from './model'

/** Everything the emulated account holds. Tests and the page read it; only the emulator and its drivers write it. */
export class Store {
  readonly organizationId = defaults.ORGANIZATION_ID
  readonly apps = new Map<string, App>()
  readonly groups = new Map<number, Group>()
  readonly agents = new Map<string, Agent>()
  readonly tokens: PersonalAccessToken[] = []
  readonly customers = new Map<string, Customer>()
  /** Customer tokens that live, oldest first. */
  customerTokens: CustomerToken[] = []
  readonly chats = new Map<string, Chat>()
  readonly webhooks = new Map<string, WebhookRegistration>()
  readonly files: StoredFile[] = []
  /** What was sent to the wrong region, oldest first. */
  readonly misdirected: Misdirected[] = []
  /** Base URL of the emulator, known once it listens. */
  baseUrl = ''
  private lastMicroseconds = 0

  constructor(
    readonly now: () => number,
    private readonly redirectUris: string[],
    /** Data centre that the prefix of a token names, with its colon. */
    readonly tokenPrefix: () => string,
  ) {
    this.reset()
  }

  /** Back to the account of `defaults.ts`. Personal access tokens keep their values, so that a configuration stays valid. */
  reset(): void {
    for (const kept of [this.apps, this.groups, this.agents, this.customers, this.chats, this.webhooks]) kept.clear()
    this.customerTokens = []
    this.files.length = 0
    this.tokens.length = 0
    this.misdirected.length = 0
    seed(this, this.redirectUris)
  }

  /** A UTC time with microseconds, later than every one before. */
  timestamp(): string {
    const micros = Math.max(this.now() * 1000, this.lastMicroseconds + 1)
    this.lastMicroseconds = micros
    const fraction = String(micros % 1000).padStart(3, '0')
    return new Date(Math.floor(micros / 1000)).toISOString().replace('Z', `${fraction}Z`)
  }

  /** The chat's newest thread; a chat without threads has none. */
  lastThread(chat: Chat): Thread | undefined {
    return chat.threads.at(-1)
  }

  activeThread(chat: Chat): Thread | undefined {
    const last = this.lastThread(chat)
    return last?.active ? last : undefined
  }

  /** Every event of the chat, all threads, oldest first. */
  eventsIn(chatId: string): readonly ChatEvent[] {
    return (this.chats.get(chatId)?.threads ?? []).flatMap((thread) => thread.events)
  }

  chatOfCustomer(customerId: string): Chat | undefined {
    return [...this.chats.values()].find((chat) => chat.customerId === customerId)
  }

  /** Finds an event by its id, with the chat and thread it stands in. */
  locate(eventId: string): { chat: Chat; thread: Thread; event: ChatEvent } | undefined {
    for (const chat of this.chats.values()) {
      for (const thread of chat.threads) {
        const event = thread.events.find(({ id }) => id === eventId)
        if (event) return { chat, thread, event }
      }
    }
    return undefined
  }

  /** Active chats in which the agent is present. */
  loadOf(agentId: string): number {
    return [...this.chats.values()].filter(
      (chat) => this.activeThread(chat) && chat.users.some((user) => user.id === agentId && user.present),
    ).length
  }
}

/** Ids as LiveChat's look: ten capital letters and digits. */
export function newId(): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'
  return Array.from(randomBytes(10), (byte) => alphabet[byte % alphabet.length]).join('')
}

/** The form in which a customer sees an agent's id. */
export function hashed(agentId: string): string {
  return createHash('sha256').update(agentId).digest('hex').slice(0, 32)
}

/** The value of the Authorization header behind `Basic `. */
export function encoded({ accountId, secret }: PersonalAccessToken): string {
  return Buffer.from(`${accountId}:${secret}`).toString('base64')
}

/** An agent with everything left out filled in. */
export function completeAgent(agent: Partial<Agent> & { id: string }): Agent {
  return {
    accountId: randomUUID(),
    name: agent.id.split('@')[0] ?? agent.id,
    role: 'normal',
    groups: [defaults.GENERAL_GROUP, defaults.SUPPORT_GROUP],
    status: 'accepting_chats',
    maxChats: 6,
    bot: !agent.id.includes('@'),
    ...agent,
  }
}

/** Nine to five with a break, Monday to Friday. */
function officeHours(timezone: string): WorkScheduler {
  const days: Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday']
  const rows = days.flatMap((day) => [
    { day, enabled: true, start: '09:00', end: '12:30' },
    { day, enabled: true, start: '13:00', end: '17:00' },
  ])
  return { timezone, schedule: [...rows, { day: 'saturday', enabled: false, start: '09:00', end: '17:00' }] }
}

const OWNER_ACCOUNT = 'd2a7b1c4-6e3f-4b58-9a0c-1f2e3d4c5b6a'

function seed(store: Store, redirectUris: string[]): void {
  const { CLIENT_ID, GENERAL_GROUP, SUPPORT_GROUP, GERMAN_GROUP, organizationId } = {
    ...defaults,
    organizationId: store.organizationId,
  }
  const app = { organizationId, redirectUris: [...redirectUris], installed: true, webhooksEnabled: true }
  store.apps.set(CLIENT_ID, { ...app, clientId: CLIENT_ID })
  store.groups.set(GENERAL_GROUP, { id: GENERAL_GROUP, name: 'General', languageCode: 'en', tags: ['bot', 'urgent'] })
  store.groups.set(SUPPORT_GROUP, { id: SUPPORT_GROUP, name: 'Support', languageCode: 'en', tags: ['bot', 'billing'] })
  store.groups.set(GERMAN_GROUP, { id: GERMAN_GROUP, name: 'Kundendienst', languageCode: 'de', tags: ['bot'] })
  const everyGroup = [GENERAL_GROUP, SUPPORT_GROUP, GERMAN_GROUP]
  const avatar = (letter: string) => `${store.baseUrl}/api/file/avatars/${letter}.svg`
  const agents: (Partial<Agent> & { id: string })[] = [
    {
      id: defaults.MARIA,
      name: 'Maria',
      jobTitle: 'Support hero',
      avatar: avatar('M'),
      workScheduler: officeHours('Europe/Warsaw'),
    },
    {
      id: defaults.OMAR,
      name: 'Omar',
      jobTitle: 'Support hero',
      avatar: avatar('O'),
      groups: everyGroup,
      workScheduler: officeHours('America/New_York'),
    },
    {
      id: defaults.OWNER,
      name: 'Olga Owner',
      role: 'owner',
      accountId: OWNER_ACCOUNT,
      status: 'not_accepting_chats',
      groups: everyGroup,
    },
    { id: defaults.BOT_ID, name: 'ChatBot', status: 'offline', bot: true, ownerClientId: CLIENT_ID, maxChats: 500 },
  ]
  for (const agent of agents) store.agents.set(agent.id, completeAgent(agent))
  const owner = { agentId: defaults.OWNER, accountId: OWNER_ACCOUNT }
  const region = store.tokenPrefix()
  store.tokens.push({ ...owner, secret: `${region}full-7Qm2xVt9LwYc4RbK`, scopes: defaults.ALL_SCOPES })
  store.tokens.push({ ...owner, secret: `${region}minimal-3HnD8sPj5ZfGe1Ua`, scopes: ['chats--access:rw'] })
}
