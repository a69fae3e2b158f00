import { isGroupId, type Facts, type Outcome, type Subject } from './facts'
import { findingsOf, isForbidden, valueOf, type Finding } from './finding'
import { blocking, NO_WEBHOOKS, relevant, settingFindings } from './findings'
import { isHuman } from './group-finding'
import { isFailure } from '../livechat/errors'
import { NOTES } from './notes'
import { WEBHOOKS } from './webhook-set'

export type ScopeRow = { scope: string; present?: boolean; missingMeans: string }
export type WebhookRow = {
  action: string
  id?: string
  state: 'registered' | 'missing' | 'unknown'
  slotsUsed?: number
}

/** What the action `checkSetup` answers and the terminal prints; `report.text` of both is made by `renderReport`. */
export type SetupReport = {
  ok: boolean
  settings: Finding[]
  scopes: ScopeRow[]
  group: { id: number; name?: string; status?: string; agents?: string[] }
  webhooks: WebhookRow[]
  webhooksEnabled?: boolean
  webhookUrl: string
}

/** The facts as a report. `webhookUrl`: where LiveChat has to call. */
export function reportOn({ settings }: Pick<Subject, 'settings'>, given: Facts, webhookUrl: string): SetupReport {
  const findings = settingFindings(settings, given)
  const facts = relevant(settings, given)
  // Webhooks are asked for by Client ID: with a wrong one LiveChat refuses any token, which tells nothing of its scopes.
  const told = isClientWrong(findings) ? { ...facts, ...NO_WEBHOOKS } : facts
  const webhooks = webhookRows(told, webhookUrl)
  const webhooksEnabled = valueOf(told.webhooksState)?.enabled
  const ofWebhooks = webhooksFinding(webhooks, told)
  return {
    ok: blocking(findings).length === 0 && ofWebhooks.status !== 'wrong',
    settings: [...findings, ofWebhooks],
    scopes: scopeRows(told),
    group: groupRow(settings.groupId, facts),
    webhooks,
    ...(webhooksEnabled !== undefined && { webhooksEnabled }),
    webhookUrl,
  }
}

const isClientWrong = (findings: Finding[]) =>
  findings.some(({ setting, status }) => setting === 'clientId' && status === 'wrong')

function scopeRows({ chats, group, agents, webhooks, webhooksState }: Facts): ScopeRow[] {
  const row = (scope: string, outcome: Outcome<unknown> | undefined, missingMeans: string) => {
    const present = isAllowed(outcome)
    return { scope, ...(present !== undefined && { present }), missingMeans }
  }
  return [
    row('chats--access:rw', chats, 'needed: chats stay open in LiveChat, and the customer is not told who answers'),
    row('webhooks.configuration:rw', webhooks, 'three webhooks have to be made by hand, and removed by hand'),
    row('webhooks.state:rw', webhooksState, 'nobody notices when LiveChat does not deliver webhooks'),
    row('groups--all:ro', group, 'the group is checked without its name and its agents'),
    row('agents--all:ro', agents, 'checkAvailability cannot tell how many people accept chats'),
  ]
}

/** By what the token may do: LiveChat does not list a token's scopes. */
function isAllowed(outcome: Outcome<unknown> | undefined): boolean | undefined {
  if (!outcome) return undefined
  if ('value' in outcome || isFailure(outcome.error, 'not-found')) return true
  return isForbidden(outcome) ? false : undefined
}

function groupRow(id: number, { group, groupStatus, agents }: Facts): SetupReport['group'] {
  const known = valueOf(group)
  const status = valueOf(groupStatus) ?? known?.routingStatus
  const people = valueOf(agents)?.map((agent) => agent.name ?? agent.id) ?? ids(known?.agentPriorities)
  return {
    id: isGroupId(id) ? id : -1, // what is no number would not survive as JSON
    ...(known?.name && { name: known.name }),
    ...(status && { status }),
    ...(people && { agents: people }),
  }
}

function ids(priorities: Record<string, string> | undefined): string[] | undefined {
  return priorities && Object.keys(priorities).filter(isHuman)
}

function webhookRows({ webhooks }: Facts, webhookUrl: string): WebhookRow[] {
  const listed = valueOf(webhooks)
  return WEBHOOKS.map(({ action }) => {
    if (!listed) return { action, state: 'unknown' }
    const ofAction = listed.filter((webhook) => webhook.action === action)
    const ours = ofAction.find(({ url }) => url === webhookUrl)
    return { action, ...(ours && { id: ours.id }), state: ours ? 'registered' : 'missing', slotsUsed: ofAction.length }
  })
}

function webhooksFinding(rows: WebhookRow[], { webhooks, webhooksState }: Facts): Finding {
  const { ok, warning, wrong, unknown } = findingsOf('webhooks')
  if (!valueOf(webhooks)) return unknown(isForbidden(webhooks) ? NOTES.webhooksUnknown : NOTES.webhooksUnchecked)
  const missing = rows.filter(({ state }) => state === 'missing').map(({ action }) => action)
  const isEssential = WEBHOOKS.some((wanted) => wanted.isEssential && missing.includes(wanted.action))
  if (isEssential) return wrong(NOTES.webhooksMissing)
  if (valueOf(webhooksState)?.enabled === false) return wrong(NOTES.webhooksDisabled)
  return missing.length > 0 ? warning(NOTES.webhooksSomeMissing) : ok(NOTES.webhooksRight)
}
