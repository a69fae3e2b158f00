import { SETUP_PROBLEMS } from '../problems'
import { appFindings, isTokenForeign, organizationFinding } from './app-findings'
import type { Facts, Subject } from './facts'
import { findingsOf, type Finding } from './finding'
import { groupFinding } from './group-finding'
import { tokenFinding } from './token-finding'
import { NOTES } from './notes'

/** Shortest webhook secret in characters: as strong as 64 random bits, even when only hex digits are used. */
const MIN_SECRET_CHARACTERS = 16
/** LiveChat's console once cut secrets at this length (contract 8.1). */
const MAX_SECRET_CHARACTERS = 255

/** What the facts say about each setting, in the order in which an owner fills them in. */
export function settingFindings(settings: Subject['settings'], given: Facts): Finding[] {
  const facts = relevant(settings, given)
  return [
    ...appFindings(settings, facts),
    organizationFinding(settings, facts),
    tokenFinding(settings, facts),
    groupFinding(settings, facts),
    secretFinding(settings.webhookSecret),
  ]
}

/** The facts without what says nothing about the configured organization. */
export function relevant(settings: Subject['settings'], facts: Facts): Facts {
  if (!isTokenForeign(settings, facts)) return facts
  return { ...facts, group: undefined, groups: undefined, agents: undefined, ...NO_WEBHOOKS }
}

export const NO_WEBHOOKS = { webhooks: undefined, webhooksState: undefined }

/**
 * The settings that keep a handoff from working; when none does, those of which nobody could say that they are right.
 * Never both: what could not be asked because of a wrong setting is asked when that one is mended.
 */
export function blocking(findings: readonly Finding[]): Finding[] {
  const wrong = findings.filter(({ status }) => status === 'wrong')
  const unproved = findings.filter(({ setting, status }) => status === 'unknown' && setting !== 'redirectUri')
  return wrong.length > 0 ? wrong : unproved
}

function secretFinding(secret: string): Finding {
  const { ok, wrong } = findingsOf('webhookSecret')
  if (secret === '') return wrong(SETUP_PROBLEMS.webhookSecretMissing)
  if (secret.length < MIN_SECRET_CHARACTERS) return wrong(SETUP_PROBLEMS.webhookSecretShort)
  return secret.length > MAX_SECRET_CHARACTERS ? wrong(SETUP_PROBLEMS.webhookSecretLong) : ok(NOTES.webhookSecretRight)
}
