import { isFailure } from '../livechat/errors'
import { quoted } from '../problems'
import type { Outcome, Subject } from './facts'

type SettingName =
  'clientId' | 'organizationId' | 'webhookSecret' | 'agentToken' | 'groupId' | 'redirectUri' | 'webhooks'

/** `unknown`: LiveChat could not be asked, or did not answer. Such a setting is not verified. */
export type Finding = { setting: SettingName; status: 'ok' | 'warning' | 'wrong' | 'unknown'; finding: string }

/** Findings of one setting, by their status. */
export function findingsOf(setting: SettingName) {
  const make = (status: Finding['status']) => (finding: string) => ({ setting, status, finding })
  return { ok: make('ok'), warning: make('warning'), wrong: make('wrong'), unknown: make('unknown') }
}

/** The value of a setting for a sentence. A secret that was pasted into the wrong field is not repeated. */
export function repeated(key: 'clientId' | 'organizationId', settings: Subject['settings']): string {
  const { webhookSecret, agentToken } = settings
  return quoted([webhookSecret, agentToken].includes(settings[key]) ? undefined : settings[key])
}

export function valueOf<T>(outcome: Outcome<T> | undefined): T | undefined {
  return outcome && 'value' in outcome ? outcome.value : undefined
}

/** LiveChat did not answer, or only with an error that passes. */
export function isSilent(outcome: Outcome<unknown> | undefined): boolean {
  return outcome !== undefined && 'error' in outcome && isFailure(outcome.error, 'try-later')
}

/** No answer, or one that cannot be read, such as the page of a proxy: no refusal of any setting. */
export function isUnanswered(outcome: Outcome<unknown> | undefined): boolean {
  return isSilent(outcome) || (outcome !== undefined && 'error' in outcome && isFailure(outcome.error, 'unexpected'))
}

/** LiveChat says that the token itself is not valid. A missing scope is something else. */
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

/** The same, and LiveChat names the scope: a refusal without the word may mean a chat or a group that is out of reach. */
export function isScopeMissing(outcome: Outcome<unknown> | undefined): boolean {
  if (!outcome || 'value' in outcome || !isForbidden(outcome)) return false
  return isFailure(outcome.error, 'credentials') && /scope/i.test(outcome.error.vendorMessage ?? '')
}
