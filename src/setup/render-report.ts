import type { Finding } from './finding'
import { SETTING_TITLES } from '../settings-form'
import type { ScopeRow, SetupReport, ReportedWebhook } from './report'
import { MAX_WEBHOOKS_PER_ACTION } from './webhook-set'

type Mark = '✓' | '!' | '✗' | '?'
type Line = { mark: Mark; name: string; text: string }

const MARKS: Record<Finding['status'], Mark> = { ok: '✓', warning: '!', wrong: '✗', unknown: '?' }

const SETTING_NAMES: Record<Finding['setting'], string> = {
  clientId: SETTING_TITLES.clientId,
  organizationId: SETTING_TITLES.organizationId,
  webhookSecret: SETTING_TITLES.webhookSecret,
  agentToken: 'Agent token',
  groupId: SETTING_TITLES.groupId,
  redirectUri: 'Redirect URI',
  webhooks: 'Webhooks',
}

/** The report as text for people: one line a finding, marked and in columns. */
export function renderReport(report: SetupReport): string {
  const { ok, settings, scopes, webhooks, webhookUrl } = report
  const verdict = ok ? 'A handoff can work with these settings.' : 'A handoff cannot work with these settings yet.'
  return [
    verdict,
    ...section('Settings', settings.map(settingLine)),
    ...section('Scopes of the agent token', scopes.map(scopeLine)),
    ...section('Group', [groupLine(report)]),
    ...section(
      `Webhooks to ${webhookUrl}`,
      webhooks.map((row) => webhookLine(row, isWrong(report, 'webhooks'))),
    ),
  ].join('\n')
}

function section(title: string, lines: Line[]): string[] {
  const width = Math.max(...lines.map(({ name }) => name.length))
  return ['', title, ...lines.map(({ mark, name, text }) => `  ${mark} ${name.padEnd(width)}  ${text}`.trimEnd())]
}

function settingLine({ setting, status, finding }: Finding): Line {
  return { mark: MARKS[status], name: SETTING_NAMES[setting], text: finding }
}

function scopeLine({ scope, present, missingMeans }: ScopeRow): Line {
  if (present === true) return { mark: '✓', name: scope, text: 'present' }
  const word = present === false ? 'missing' : 'unknown'
  return { mark: present === false ? '!' : '?', name: scope, text: `${word}; without it, ${missingMeans}` }
}

/** For a group that does not exist, LiveChat gives no name, no status and no agents. */
function groupLine(report: SetupReport): Line {
  const { id, name, status, agents } = report.group
  const isMissing = isWrong(report, 'groupId')
  const isKnown = name !== undefined || status !== undefined
  const people = agents && (isKnown || agents.length > 0) ? peopleIn(agents) : undefined
  const text = [status?.replaceAll('_', ' '), people].filter(Boolean).join('; ')
  const rightOrUnknown = text ? '✓' : '?'
  return {
    mark: isMissing ? '✗' : rightOrUnknown,
    name: id < 0 ? '–' : `${id} ${name ?? ''}`.trim(),
    text: text || (isMissing ? 'not found' : 'unknown'),
  }
}

function peopleIn(agents: string[]): string {
  const count = `${agents.length} ${agents.length === 1 ? 'agent' : 'agents'}`
  return agents.length > 0 ? `${count}: ${agents.join(', ')}` : count
}

function isWrong({ settings }: SetupReport, setting: Finding['setting']): boolean {
  return settings.some((finding) => finding.setting === setting && finding.status === 'wrong')
}

function webhookLine({ action, id, state, slotsUsed }: ReportedWebhook, isNeeded: boolean): Line {
  const missing = isNeeded ? '✗' : '!'
  const mark = state === 'registered' ? '✓' : state === 'missing' ? missing : '?'
  const slots = slotsUsed === undefined ? undefined : `${slotsUsed} of ${MAX_WEBHOOKS_PER_ACTION} slots used`
  return { mark, name: action, text: [state, id, slots].filter(Boolean).join(', ') }
}
