import { isFailure } from '../livechat/errors'
import { SETTING_PROBLEMS } from '../problems'
import { isGroupId, type Facts, type Outcome } from './facts'
import { findingsOf, isForbidden, isUnanswered, valueOf, type Finding } from './finding'
import { NOTES } from './notes'

/** How many of LiveChat's groups are named to an owner whose group does not exist. */
const MAX_NAMED_GROUPS = 10

/** The group: whether it exists, by any answer that shows it, and whether people are in it. */
export function groupFinding({ groupId }: { groupId: number }, facts: Facts): Finding {
  const { wrong, unknown } = findingsOf('groupId')
  if (!isGroupId(groupId)) return wrong(withGroups(SETTING_PROBLEMS.groupIdInvalid(groupId), facts))
  switch (existence(facts)) {
    case 'there':
      return peopleFinding(groupId, facts)
    case 'missing':
      return wrong(withGroups(SETTING_PROBLEMS.groupMissing(groupId), facts))
    case 'unknown':
      return unknown(nobodyAnswered(facts) ? SETTING_PROBLEMS.notAnswered : SETTING_PROBLEMS.groupUnchecked)
  }
}

/** The token's answer counts first; without a scope for groups, what LiveChat answers a customer counts. */
function existence({ group, groupStatus }: Facts): 'there' | 'missing' | 'unknown' {
  if (valueOf(group)) return 'there'
  if (saysNotFound(group) || saysNotFound(groupStatus)) return 'missing'
  if (!groupStatus || 'error' in groupStatus) return 'unknown'
  return groupStatus.value === undefined ? 'missing' : 'there'
}

const saysNotFound = (outcome: Outcome<unknown> | undefined) =>
  outcome !== undefined && 'error' in outcome && isFailure(outcome.error, 'not-found')

function nobodyAnswered({ group, groupStatus, customer }: Facts): boolean {
  return [groupStatus, customer, group].some(isUnanswered)
}

function peopleFinding(groupId: number, { group, agents, statuses }: Facts): Finding {
  const { ok, warning, wrong } = findingsOf('groupId')
  const priorities = Object.entries(valueOf(group)?.agentPriorities ?? {}).filter(([id]) => isHuman(id))
  const listed = valueOf(agents)?.filter(({ id, suspended }) => isHuman(id) && !suspended)
  if (priorities.some(([, priority]) => priority !== 'supervisor')) return ok(NOTES.groupRight)
  if (priorities.length > 0) return warning(NOTES.groupSupervisorsOnly)
  if (listed && listed.length > 0) return ok(NOTES.groupRight)
  if (valueOf(statuses)?.some(({ agentId }) => isHuman(agentId))) return ok(NOTES.groupRight)
  if (!valueOf(group)?.agentPriorities && !listed) {
    const isAllowed = !isForbidden(group) && !isForbidden(agents)
    return warning(isAllowed ? NOTES.groupPeopleUnknown : NOTES.groupPeopleForbidden)
  }
  // How the default group lists its members is not documented, so an empty list says nothing there.
  return groupId === 0 ? warning(NOTES.groupMaybeEmpty) : wrong(SETTING_PROBLEMS.groupWithoutPeople(groupId))
}

/** A human agent's id is the login e-mail; a bot's is a number in hex. */
export function isHuman(agentId: string): boolean {
  return agentId.includes('@')
}

function withGroups(problem: string, { groups }: Facts): string {
  const known = (valueOf(groups) ?? []).slice(0, MAX_NAMED_GROUPS)
  if (known.length === 0) return problem
  return `${problem} LiveChat has: ${known.map(({ id, name = '' }) => `${id} ${name}`.trim()).join(', ')}.`
}
