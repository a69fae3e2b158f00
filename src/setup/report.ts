import { isFailure, LiveChatError } from '../livechat/errors'
import { isGroupId, type Facts, type Outcome, type Subject } from './facts'
import { findingsOf, isForbidden, isScopeMissing, valueOf, type Finding } from './finding'
import { blocking, NO_WEBHOOKS, relevant, settingFindings } from './findings'
import { isHuman } from './group-finding'
import { NOTES } from './notes'
import { WEBHOOKS, webhooksFor, type OfFeatures } from './webhook-set'

export type ScopeRow = { scope: string; present?: boolean; missingMeans: string }
export type ReportedWebhook = {
  action: string
  id?: string
  state: 'registered' | 'missing' | 'unknown'
  slotsUsed?: number
}

/** What the action `checkSetup` answers and the terminal prints; the text of both is made by `renderReport`. */
export type SetupReport = {
  ok: boolean
  settings: Finding[]
  scopes: ScopeRow[]
  group: { id: number; name?: string; status?: string; agents?: string[] }
  webhooks: ReportedWebhook[]
  webhooksEnabled?: boolean
  webhookUrl: string
}

/** `webhookUrl`: the address that LiveChat calls. `isSaved`: whether the settings were saved, which registers webhooks. */
type Reported = Pick<Subject, 'redirectUri'> & {
  settings: Subject['settings'] & OfFeatures
  webhookUrl: string
  isSaved: boolean
}

/** The facts as a report. */
export function reportOn(reported: Reported, given: Facts): SetupReport {
  const { settings, webhookUrl } = reported
  const findings = settingFindings(reported, given)
  const facts = relevant(settings, given)
  // Webhooks are asked for by Client ID: with a wrong one LiveChat refuses any token, which says nothing of its scopes.
  const told = isClientWrong(findings) ? { ...facts, ...NO_WEBHOOKS } : facts
  const webhooks = webhookRows(told, reported)
  const webhooksEnabled = valueOf(told.webhooksState)?.enabled
  const ofWebhooks = webhooksFinding(webhooks, told, reported)
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

/** LiveChat does not list a token's scopes. Each row is verified with a method that wants this scope and no lesser one. */
function scopeRows({ closing, webhooks, webhooksState, groups, agents, statuses }: Facts): ScopeRow[] {
  const row = (scope: string, present: boolean | undefined, missingMeans: string): ScopeRow => ({
    scope,
    ...(present !== undefined && { present }),
    missingMeans,
  })
  return [
    row(
      'chats--access:rw',
      mayClose(closing),
      'needed: chats stay open in LiveChat, and the customer is not told who answers',
    ),
    row('webhooks.configuration:rw', isAllowed(webhooks), 'three webhooks have to be created and removed by hand'),
    row('webhooks.state:ro', isAllowed(webhooksState), 'nobody notices when LiveChat does not deliver webhooks'),
    row('groups--all:ro', isAllowed(groups), 'a wrong Group ID is not answered with the groups that exist'),
    row('agents--all:ro', isAllowed(agents), 'checkAvailability cannot count the people who accept chats'),
    ...(isAllowed(agents) && isForbidden(statuses)
      ? [row('agents-bot--all:ro', false, 'checkAvailability cannot count the people who accept chats')]
      : []),
  ]
}

/**
 * A refusal may mean the chat, which does not exist, unless LiveChat names the scope. After a passing fault LiveChat was
 * asked by `get_chat` instead, which wants a lesser scope.
 */
function mayClose(closing: Outcome<unknown> | undefined): boolean | undefined {
  if (isScopeMissing(closing)) return false
  const isClosing = !closing || 'value' in closing || isActionOf(closing.error, 'deactivate_chat')
  return (isClosing && isAllowed(closing)) || undefined
}

const isActionOf = (error: unknown, action: string) => error instanceof LiveChatError && error.action === action

/** By what the token may do. */
function isAllowed(outcome: Outcome<unknown> | undefined): boolean | undefined {
  if (!outcome) return undefined
  if ('value' in outcome || isFailure(outcome.error, 'not-found')) return true
  return isForbidden(outcome) ? false : undefined
}

function groupRow(id: number, { group, groupStatus, agents }: Facts): SetupReport['group'] {
  const known = valueOf(group)
  const status = valueOf(groupStatus) ?? known?.routingStatus
  const people = valueOf(agents)?.map((agent) => agent.name ?? agent.id) ?? humansIn(known?.agentPriorities)
  return {
    id: isGroupId(id) ? id : -1, // what is no number would not survive as JSON
    ...(known?.name && { name: known.name }),
    ...(status && { status }),
    ...(people && { agents: people }),
  }
}

function humansIn(priorities: Record<string, string> | undefined): string[] | undefined {
  return priorities && Object.keys(priorities).filter(isHuman)
}

function webhookRows({ webhooks }: Facts, { settings, webhookUrl }: Reported): ReportedWebhook[] {
  const listed = valueOf(webhooks)
  return webhooksFor(settings).map(({ action }) => {
    if (!listed) return { action, state: 'unknown' }
    const ofAction = listed.filter((webhook) => webhook.action === action)
    const ours = ofAction.find(({ url }) => url === webhookUrl)
    return { action, ...(ours && { id: ours.id }), state: ours ? 'registered' : 'missing', slotsUsed: ofAction.length }
  })
}

function webhooksFinding(rows: ReportedWebhook[], { webhooks, webhooksState }: Facts, { isSaved }: Reported): Finding {
  const { ok, warning, wrong, unknown } = findingsOf('webhooks')
  if (!webhooks) return unknown(NOTES.webhooksUnchecked)
  if ('error' in webhooks) return unknown(isForbidden(webhooks) ? NOTES.webhooksUnknown : NOTES.webhooksUnanswered)
  const missing = rows.filter(({ state }) => state === 'missing').map(({ action }) => action)
  const isEssential = WEBHOOKS.some((wanted) => wanted.isEssential && missing.includes(wanted.action))
  const isDisabled = valueOf(webhooksState)?.enabled === false
  if (isEssential) return isSaved ? wrong(NOTES.webhooksMissing) : warning(NOTES.webhooksNotYet)
  if (isDisabled) return wrong(NOTES.webhooksDisabled)
  return missing.length > 0 ? warning(NOTES.webhooksSomeMissing) : ok(NOTES.webhooksRight)
}
