import { normaliseAgentToken, type AgentToken } from '../livechat/agent-token'
import type { Agent, CustomerSession, Group, GroupStatus, LiveChatApi, RegisteredWebhook } from '../livechat/api'
import { isFailure } from '../livechat/errors'
import type { Settings } from '../settings'
import type { Probe } from './probe'

/** What came of one question to LiveChat. */
export type Outcome<T> = { value: T } | { error: unknown }

/** Everything that LiveChat was asked about the settings; what is absent could not be asked. */
export type Facts = {
  token: AgentToken
  organization?: Outcome<{ organizationId: string }>
  owner?: Outcome<{ email?: string }>
  chats?: Outcome<unknown>
  customer: Outcome<CustomerSession>
  groupStatus?: Outcome<GroupStatus | undefined>
  group?: Outcome<Group>
  /** Asked for only when the group does not exist. */
  groups?: Outcome<Group[]>
  agents?: Outcome<Agent[]>
  webhooks?: Outcome<RegisteredWebhook[]>
  webhooksState?: Outcome<{ enabled: boolean }>
}

export type Subject = {
  settings: Pick<Settings, 'clientId' | 'organizationId' | 'webhookSecret' | 'agentToken' | 'groupId'>
  livechat: LiveChatApi
  probe: Pick<Probe, 'prove'>
}

/** Asks everything at once; never rejects. A setting that cannot be right by itself is not asked about. */
export async function gatherFacts(subject: Subject): Promise<Facts> {
  const token = normaliseAgentToken(subject.settings.agentToken)
  const [asOwner, asCustomer] = await Promise.all(['basic' in token ? askAsOwner(subject) : {}, askAsCustomer(subject)])
  return { token, ...asOwner, ...asCustomer }
}

/** Group ids are whole numbers from 0; anything else cannot exist. */
export function isGroupId(groupId: number): boolean {
  return Number.isSafeInteger(groupId) && groupId >= 0
}

async function askAsOwner({ settings: { groupId }, livechat }: Subject): Promise<Partial<Facts>> {
  const { accounts, agent, configuration } = livechat
  const ofGroup = isGroupId(groupId)
  const [organization, owner, chats, webhooks, webhooksState, group, agents] = await Promise.all([
    outcomeOf(accounts.organizationsMy()),
    outcomeOf(accounts.accountsMe()),
    outcomeOf(agent.listChats({ limit: 1 })),
    outcomeOf(configuration.listWebhooks()),
    outcomeOf(configuration.getLicenseWebhooksState()),
    ofGroup ? outcomeOf(configuration.getGroup(groupId)) : undefined,
    ofGroup ? outcomeOf(configuration.listAgents({ groupIds: [groupId] })) : undefined,
  ])
  const isMissing = !group || ('error' in group && isFailure(group.error, 'not-found'))
  const groups = isMissing ? await outcomeOf(configuration.listGroups()) : undefined
  return { organization, owner, chats, webhooks, webhooksState, group, groups, agents }
}

async function askAsCustomer({ settings: { groupId }, livechat, probe }: Subject) {
  const customer = await outcomeOf(probe.prove())
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
