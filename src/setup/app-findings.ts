import { isFailure, LiveChatError } from '../livechat/errors'
import { SETUP_PROBLEMS } from '../problems'
import type { Facts, Outcome, Subject } from './facts'
import { findingsOf, isTokenRefused, isUnanswered, valueOf, type Finding } from './finding'
import { NOTES } from './notes'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

type Culprit = 'client' | 'redirect' | 'organization' | 'unclear'
type Named = Pick<Subject['settings'], 'clientId' | 'organizationId'>

/** Client id and redirect URI, by the customer token that LiveChat gave or refused. */
export function appFindings(settings: Named, facts: Facts): Finding[] {
  const client = findingsOf('clientId')
  const redirect = findingsOf('redirectUri')
  if (settings.clientId === '') {
    return [client.wrong(SETUP_PROBLEMS.clientIdMissing), redirect.unknown(NOTES.redirectUnchecked)]
  }
  if ('value' in facts.customer) return [clientFinding(facts), redirect.ok(NOTES.redirectRight)]
  if (isUnanswered(facts.customer)) return [client.unknown(SETUP_PROBLEMS.notAnswered)]
  // Not LiveChat's: Botpress did not give or take the identity with whom it is asked.
  if (!(facts.customer.error instanceof LiveChatError)) return [client.unknown(SETUP_PROBLEMS.setupStateFailed)]
  const blamed = culprit(facts.customer.error)
  if (blamed === 'redirect') return [client.ok(NOTES.clientIdRight), redirect.wrong(SETUP_PROBLEMS.redirectRefused)]
  return [refusedClient(blamed, settings, facts), redirect.unknown(NOTES.redirectUnchecked)]
}

function refusedClient(blamed: Culprit, settings: Named, facts: Facts): Finding {
  const { wrong, unknown } = findingsOf('clientId')
  if (blamed === 'client') return wrong(SETUP_PROBLEMS.clientIdRefused)
  const isOrganization = blamed === 'organization' && organizationFinding(settings, facts).status !== 'ok'
  return isOrganization ? unknown(SETUP_PROBLEMS.clientIdUnchecked) : wrong(SETUP_PROBLEMS.appRefused)
}

function clientFinding({ webhooks }: Facts): Finding {
  const { ok, wrong } = findingsOf('clientId')
  return isForeignApp(webhooks) ? wrong(SETUP_PROBLEMS.clientIdForeign) : ok(NOTES.clientIdRight)
}

/**
 * LiveChat gives customer tokens for any app; its webhooks belong to the organization that made it. By which error it says
 * so is not documented, and a missing scope or role may read alike, so the words have to name the app.
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
export function isTokenForeign({ organizationId }: Named, { organization, customer }: Facts): boolean {
  const ofToken = valueOf(organization)?.organizationId
  return 'value' in customer && ofToken !== undefined && !isSameId(ofToken, organizationId)
}

const isSameId = (id: string, other: string) => id.toLowerCase() === other.toLowerCase()

/** The organization id: compared with that of the token, else judged by the customer token. */
export function organizationFinding({ organizationId }: Named, facts: Facts): Finding {
  const { ok, wrong, unknown } = findingsOf('organizationId')
  if (organizationId === '') return wrong(SETUP_PROBLEMS.organizationIdMissing)
  const ofToken = valueOf(facts.organization)?.organizationId
  if (ofToken !== undefined) {
    return isSameId(ofToken, organizationId) ? ok(NOTES.organizationIdRight) : wrong(SETUP_PROBLEMS.organizationIdOther)
  }
  if ('value' in facts.customer) return ok(NOTES.organizationIdAccepted)
  const isRefused = culprit(facts.customer.error) === 'organization'
  if (isRefused || !UUID.test(organizationId)) return wrong(SETUP_PROBLEMS.organizationIdWrong)
  return unknown(isUnanswered(facts.customer) ? SETUP_PROBLEMS.notAnswered : SETUP_PROBLEMS.organizationIdUnchecked)
}

/** Which setting LiveChat means by its refusal: type and text together, for the types alone are shared (contract 3.7). */
function culprit(error: unknown): Culprit {
  if (!(error instanceof LiveChatError)) return 'unclear'
  const words = `${error.type} ${error.vendorMessage ?? ''}`
  if (/redirect/i.test(words)) return 'redirect'
  if (/organi[sz]ation/i.test(words)) return 'organization'
  return NO_SUCH_CLIENT.test(words) ? 'client' : 'unclear'
}

const NO_SUCH_CLIENT = /client[_ ]?id|invalid_client|(unknown|invalid|no such) client|client (is )?(not found|unknown)/i
