import { SETTING_PROBLEMS } from '../problems'
import { SECRET_CHARACTERS } from '../settings-form'
import { appFindings, isTokenForeign, organizationFinding } from './app-findings'
import type { Facts, Subject } from './facts'
import { findingsOf, type Finding } from './finding'
import { groupFinding } from './group-finding'
import { tokenFinding } from './token-finding'
import { NOTES } from './notes'

/** What the facts say about each setting, in the order in which an owner fills them in. */
export function settingFindings(
  { settings, redirectUri }: Pick<Subject, 'settings' | 'redirectUri'>,
  given: Facts,
): Finding[] {
  const facts = relevant(settings, given)
  return [
    ...appFindings({ settings, redirectUri }, facts),
    organizationFinding(settings, facts),
    tokenFinding(settings, facts),
    groupFinding(settings, facts),
    secretFinding(settings.webhookSecret),
  ]
}

/** The facts without what says nothing about the configured organization. */
export function relevant(settings: Subject['settings'], facts: Facts): Facts {
  if (!isTokenForeign(settings, facts)) return facts
  return { ...facts, ...NO_GROUP, ...NO_WEBHOOKS }
}

const NO_GROUP = { group: undefined, groups: undefined, agents: undefined, statuses: undefined }
export const NO_WEBHOOKS = { webhooks: undefined, webhooksState: undefined }

/**
 * The settings that keep a handoff from working; when none does, those that could not be verified. Never both: what could
 * not be asked because of a wrong setting is asked when that one is fixed.
 */
export function blocking(findings: readonly Finding[]): Finding[] {
  const wrong = findings.filter(({ status }) => status === 'wrong')
  const unverified = findings.filter(({ setting, status }) => status === 'unknown' && setting !== 'redirectUri')
  return wrong.length > 0 ? wrong : unverified
}

function secretFinding(secret: string): Finding {
  const { ok, wrong } = findingsOf('webhookSecret')
  const { length } = secret
  if (length === 0) return wrong(SETTING_PROBLEMS.webhookSecretMissing)
  if (length < SECRET_CHARACTERS.min) return wrong(SETTING_PROBLEMS.webhookSecretShort(length))
  if (length > SECRET_CHARACTERS.max) return wrong(SETTING_PROBLEMS.webhookSecretLong(length))
  return ok(NOTES.webhookSecretRight)
}
