import { SETTING_PROBLEMS } from '../problems'
import type { Facts, Subject } from './facts'
import { findingsOf, isForbidden, isScopeMissing, isSilent, isTokenRefused, valueOf, type Finding } from './finding'
import { NOTES } from './notes'

/** The agent token: its form, whether LiveChat accepts it, and whether it may do the least that is needed. */
export function tokenFinding({ agentToken, groupId }: Subject['settings'], facts: Facts): Finding {
  const { ok, warning, wrong, unknown } = findingsOf('agentToken')
  if (agentToken === '') return wrong(SETTING_PROBLEMS.agentTokenMissing)
  if ('problem' in facts.token) return wrong(SETTING_PROBLEMS.agentTokenMalformed)
  const { chats, closing, organization } = facts
  if (chats && 'value' in chats) {
    if (isScopeMissing(closing)) return wrong(SETTING_PROBLEMS.agentTokenCannotClose)
    return isOwnerOutside(groupId, facts) ? warning(NOTES.ownerOutsideGroup) : ok(NOTES.agentTokenRight)
  }
  if (isTokenRefused(chats) || (isTokenRefused(organization) && !isForbidden(chats))) {
    return wrong(SETTING_PROBLEMS.agentTokenRefused)
  }
  if (isForbidden(chats)) return wrong(SETTING_PROBLEMS.agentTokenCannotRead)
  return isSilent(chats) ? unknown(SETTING_PROBLEMS.notAnswered) : warning(NOTES.agentTokenUnverified)
}

/** Known only to a token that may see who is in the group. All agents have the default group's chats. */
function isOwnerOutside(groupId: number, { owner, group, agents }: Facts): boolean {
  const email = valueOf(owner)?.email?.toLowerCase()
  const members = [
    ...Object.keys(valueOf(group)?.agentPriorities ?? {}),
    ...(valueOf(agents) ?? []).map(({ id }) => id),
  ]
  if (!email || groupId === 0 || members.length === 0) return false
  return !members.some((id) => id.toLowerCase() === email)
}
