import { normaliseAgentToken, type AgentToken } from '../livechat/agent-token'
import type {
  Agent,
  CustomerSession,
  Group,
  GroupStatus,
  LiveChatApi,
  RegisteredWebhook,
  RoutingStatus,
} from '../livechat/api'
import { isFailure } from '../livechat/errors'
import { ChatId, ThreadId } from '../livechat/ids'
import type { Settings } from '../settings'
import type { Probe } from './probe'

/** What came of one question to LiveChat. */
export type Outcome<T> = { value: T } | { error: unknown }

/** Everything that LiveChat was asked about the settings; what is absent could not be asked. */
export type Facts = {
  token: AgentToken
  organization?: Outcome<{ organizationId: string }>
  owner?: Outcome<{ email?: string }>
  /** Whether the token may read chats. */
  chats?: Outcome<unknown>
  /** Whether the token may close chats. */
  closing?: Outcome<unknown>
  customer: Outcome<CustomerSession>
  groupStatus?: Outcome<GroupStatus | undefined>
  group?: Outcome<Group>
  groups?: Outcome<Group[]>
  agents?: Outcome<Agent[]>
  statuses?: Outcome<RoutingStatus[]>
  webhooks?: Outcome<RegisteredWebhook[]>
  webhooksState?: Outcome<{ enabled: boolean }>
}

export type Subject = {
  settings: Pick<Settings, 'clientId' | 'organizationId' | 'webhookSecret' | 'agentToken' | 'groupId'>
  livechat: LiveChatApi
  probe: Pick<Probe, 'verify'>
  /** Sent with each request for a customer's token. */
  redirectUri: string
}

/** `allScopes`: also what only says which scopes the token has; LiveChat bills each request. */
type Asking = { allScopes: boolean }

/** Asks everything at once; never rejects. A setting that cannot be right by itself is not asked about. */
export async function gatherFacts(subject: Subject, asking: Asking): Promise<Facts> {
  const token = normaliseAgentToken(subject.settings.agentToken)
  const [asOwner, asCustomer] = await Promise.all([
    'basic' in token ? askAsOwner(subject, asking) : {},
    askAsCustomer(subject),
  ])
  return { token, ...asOwner, ...asCustomer }
}

/** Group ids are whole numbers from 0; anything else cannot exist. */
export function isGroupId(groupId: number): boolean {
  return Number.isSafeInteger(groupId) && groupId >= 0
}

/** LiveChat's ids are ten letters and digits, so no chat has this one. */
const NO_CHAT = { chatId: ChatId.parse('no-such-chat'), threadId: ThreadId.parse('no-such-thread') }

/**
 * LiveChat does not list the scopes of a token, so each is verified with a method that wants it. That the token may close
 * chats is only known by closing one: a chat that does not exist.
 */
async function askAsOwner(
  { settings: { groupId }, livechat }: Subject,
  { allScopes }: Asking,
): Promise<Partial<Facts>> {
  const { accounts, agent, configuration } = livechat
  const ofGroup = isGroupId(groupId) ? { groupIds: [groupId] } : undefined
  const [organization, owner, chats, closing, webhooks, webhooksState, allGroups, group, agents, statuses] =
    await Promise.all([
      outcomeOf(accounts.organizationsMy()),
      outcomeOf(accounts.accountsMe()),
      outcomeOf(agent.listChats({ limit: 1 })),
      outcomeOf(agent.deactivateChat(NO_CHAT)),
      outcomeOf(configuration.listWebhooks()),
      outcomeOf(configuration.getLicenseWebhooksState()),
      allScopes ? outcomeOf(configuration.listGroups()) : undefined,
      ofGroup && outcomeOf(configuration.getGroup(groupId)),
      ofGroup && outcomeOf(configuration.listAgents(ofGroup)),
      ofGroup && allScopes ? outcomeOf(agent.listRoutingStatuses(ofGroup)) : undefined,
    ])
  const isMissing = !group || ('error' in group && isFailure(group.error, 'not-found'))
  const groups = allGroups ?? (isMissing ? await outcomeOf(configuration.listGroups()) : undefined)
  return { organization, owner, chats, closing, webhooks, webhooksState, groups, group, agents, statuses }
}

async function askAsCustomer({ settings: { groupId }, livechat, probe }: Subject) {
  const customer = await outcomeOf(probe.verify())
  if ('error' in customer || !isGroupId(groupId)) return { customer }
  const statuses = livechat.customer.listGroupStatuses(customer.value, { groupIds: [groupId] })
  return { customer, groupStatus: await outcomeOf(statuses.then((known) => known.get(groupId))) }
}

async function outcomeOf<T>(asking: Promise<T>): Promise<Outcome<T>> {
  try {
    return { value: await asking }
  } catch (error) {
    return { error }
  }
}
