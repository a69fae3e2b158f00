import { isFailure, LiveChatError } from '../livechat/errors'
import { isUuid } from '../livechat/ids'
import { SETTING_PROBLEMS } from '../problems'
import type { Facts, Outcome, Subject } from './facts'
import { findingsOf, isTokenRefused, isUnanswered, repeated, valueOf, type Finding } from './finding'
import { NOTES } from './notes'

type Cause = 'client' | 'redirect' | 'organization' | 'unclear'
type Asked = Pick<Subject, 'settings' | 'redirectUri'>

/** Client id and redirect URI, by the customer token that LiveChat gave or refused. */
export function appFindings(asked: Asked, facts: Facts): Finding[] {
  const { settings, redirectUri } = asked
  const client = findingsOf('clientId')
  const redirect = findingsOf('redirectUri')
  if (settings.clientId === '') {
    return [client.wrong(SETTING_PROBLEMS.clientIdMissing), redirect.unknown(NOTES.redirectUnchecked)]
  }
  if ('value' in facts.customer) return [clientFinding(asked, facts), redirect.ok(NOTES.redirectRight)]
  if (isUnanswered(facts.customer)) return [client.unknown(SETTING_PROBLEMS.notAnswered)]
  // Not LiveChat's: Botpress did not return or store the identity that LiveChat is asked with.
  if (!(facts.customer.error instanceof LiveChatError)) return [client.unknown(SETTING_PROBLEMS.notStored)]
  const blamed = causeOf(facts.customer.error)
  if (blamed === 'redirect') {
    return [client.ok(NOTES.clientIdRight), redirect.wrong(SETTING_PROBLEMS.redirectRefused(redirectUri))]
  }
  return [refusedClient(blamed, asked, facts), redirect.unknown(NOTES.redirectUnchecked)]
}

function refusedClient(blamed: Cause, { settings }: Asked, facts: Facts): Finding {
  const { wrong, unknown } = findingsOf('clientId')
  const given = repeated('clientId', settings)
  if (blamed === 'client') return wrong(SETTING_PROBLEMS.clientIdRefused(given))
  const isOrganization = blamed === 'organization' && organizationFinding(settings, facts).status !== 'ok'
  return isOrganization ? unknown(SETTING_PROBLEMS.clientIdUnchecked) : wrong(SETTING_PROBLEMS.appRefused(given))
}

function clientFinding({ settings }: Asked, { webhooks }: Facts): Finding {
  const { ok, wrong } = findingsOf('clientId')
  if (!isForeignApp(webhooks)) return ok(NOTES.clientIdRight)
  return wrong(SETTING_PROBLEMS.clientIdForeign(repeated('clientId', settings)))
}

/**
 * LiveChat issues customer tokens for any app, but the webhooks of an app belong to the organization that made it. The
 * error is not documented, and a missing scope or role may read alike, so the words have to name the app.
 */
export function isForeignApp(outcome: Outcome<unknown> | undefined): boolean {
  if (!outcome || 'value' in outcome || isTokenRefused(outcome)) return false
  if (!isFailure(outcome.error, 'credentials', 'our-mistake', 'not-found', 'refused')) return false
  const words = outcome.error.vendorMessage ?? ''
  return /client|belong|\bowned\b/i.test(words) && !/scope/i.test(words)
}

/**
 * The agent token is of another organization than the one whose app gave a customer token: what it sees of groups and
 * webhooks is that other organization's.
 */
export function isTokenForeign(
  { organizationId }: Pick<Subject['settings'], 'organizationId'>,
  { organization, customer }: Facts,
): boolean {
  const ofToken = valueOf(organization)?.organizationId
  return 'value' in customer && ofToken !== undefined && !isSameId(ofToken, organizationId)
}

const isSameId = (id: string, other: string) => id.toLowerCase() === other.toLowerCase()

/** The organization id: compared with that of the token, else judged by the customer token. */
export function organizationFinding(settings: Subject['settings'], facts: Facts): Finding {
  const { organizationId } = settings
  const { ok, wrong, unknown } = findingsOf('organizationId')
  if (organizationId === '') return wrong(SETTING_PROBLEMS.organizationIdMissing)
  const given = repeated('organizationId', settings)
  const ofToken = valueOf(facts.organization)?.organizationId
  if (ofToken !== undefined) {
    if (isSameId(ofToken, organizationId)) return ok(NOTES.organizationIdRight)
    return wrong(SETTING_PROBLEMS.organizationIdOther(given, ofToken))
  }
  if ('value' in facts.customer) return ok(NOTES.organizationIdAccepted)
  const isRefused = causeOf(facts.customer.error) === 'organization'
  if (isRefused || !isUuid(organizationId)) return wrong(SETTING_PROBLEMS.organizationIdWrong(given))
  return unknown(isUnanswered(facts.customer) ? SETTING_PROBLEMS.notAnswered : SETTING_PROBLEMS.organizationIdUnchecked)
}

/** The setting that LiveChat means by its refusal, by type and text: the types alone are shared (Customer authorization). */
function causeOf(error: unknown): Cause {
  if (!(error instanceof LiveChatError)) return 'unclear'
  const words = `${error.type} ${error.vendorMessage ?? ''}`
  if (/redirect/i.test(words)) return 'redirect'
  if (/organi[sz]ation/i.test(words)) return 'organization'
  return NO_SUCH_CLIENT.test(words) ? 'client' : 'unclear'
}

const NO_SUCH_CLIENT = /client[_ ]?id|invalid_client|(unknown|invalid|no such) client|client (is )?(not found|unknown)/i
