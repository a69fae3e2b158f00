import { isFailure } from '../livechat/errors'
import type { Outcome } from './facts'

export type SettingName =
  'clientId' | 'organizationId' | 'webhookSecret' | 'agentToken' | 'groupId' | 'redirectUri' | 'webhooks'

/** `unknown`: LiveChat could not be asked, or did not answer. Such a setting is not proved. */
export type Finding = { setting: SettingName; status: 'ok' | 'warning' | 'wrong' | 'unknown'; finding: string }

/** Findings of one setting, by how they are. */
export function findingsOf(setting: SettingName) {
  const make = (status: Finding['status']) => (finding: string) => ({ setting, status, finding })
  return { ok: make('ok'), warning: make('warning'), wrong: make('wrong'), unknown: make('unknown') }
}

export function valueOf<T>(outcome: Outcome<T> | undefined): T | undefined {
  return outcome && 'value' in outcome ? outcome.value : undefined
}

/** LiveChat gave no answer that waiting would not cure. */
export function isSilent(outcome: Outcome<unknown> | undefined): boolean {
  return outcome !== undefined && 'error' in outcome && isFailure(outcome.error, 'try-later')
}

/** Silence, or something that nobody can read, such as the page of a proxy: no refusal of any setting. */
export function isUnanswered(outcome: Outcome<unknown> | undefined): boolean {
  return isSilent(outcome) || (outcome !== undefined && 'error' in outcome && isFailure(outcome.error, 'unexpected'))
}

/** LiveChat says that the token itself is not valid, which is another thing than a missing scope. */
export function isTokenRefused(outcome: Outcome<unknown> | undefined): boolean {
  if (!outcome || 'value' in outcome || !isFailure(outcome.error, 'credentials')) return false
  const { api, type, status, vendorMessage = '' } = outcome.error
  if (/insufficient_scope/.test(vendorMessage)) return false
  return api === 'accounts' ? status === 401 : type === 'authentication' || (type === undefined && status === 401)
}

/** The token is valid and may not do this. */
export function isForbidden(outcome: Outcome<unknown> | undefined): boolean {
  if (!outcome || 'value' in outcome || !isFailure(outcome.error, 'credentials')) return false
  return !isTokenRefused(outcome)
}
