import type { Group } from '../livechat/api'
import { describe } from '../log'
import type { GroupSource } from '../problems'
import { chooseGroup } from '../translate/choose-group'
import type { SessionOptions } from '../translate/session-options'
import type { Deps } from '../wiring'

/** `missed`: the name or language that the bot author wants and no group has; the agent reads it. */
type GroupOfStart = { id: number; source: GroupSource; missed?: string }

/**
 * The group that takes a handoff: by number, else by name, else by language, else the one of the settings. LiveChat is asked
 * for its groups only for a name or a language, and once in ten minutes. Never fails: a handoff is not lost for a wish.
 */
export async function groupOfStart(options: SessionOptions, deps: Deps): Promise<GroupOfStart> {
  const { groupId, groupName, groupLanguage } = options
  if (groupId !== undefined) return { id: groupId, source: 'groupId' }
  const usual = deps.settings.groupId
  if (groupName === undefined && groupLanguage === undefined) return { id: usual, source: 'settings' }
  const chosen = chooseGroup({ groupName, groupLanguage }, await allGroups(deps), usual)
  const isMissed = !chosen || (groupName !== undefined && chosen.by !== 'groupName')
  if (isMissed) deps.log.warn('No LiveChat group is as hitlSession wants it; see groupName and groupLanguage')
  if (chosen?.isAmbiguous) deps.log.warn(`Several groups have the wanted name; group ${chosen.id} takes the chat`)
  return {
    ...(chosen ? { id: chosen.id, source: chosen.by } : { id: usual, source: 'settings' as const }),
    ...(isMissed && { missed: groupName ?? groupLanguage }),
  }
}

/** LiveChat refused the group that was chosen: the list is asked for anew. */
export function forgetGroups({ memory }: Deps): void {
  memory.groups.delete(ALL)
}

const ALL = 'all'

/** None when the token may not list them, which is remembered too: such a refusal is billed. */
async function allGroups({ livechat, memory, log }: Deps): Promise<readonly Group[]> {
  const known = memory.groups.get(ALL)
  if (known) return known
  const groups = await livechat.configuration.listGroups().catch((error: unknown): Group[] => {
    log.warn(`The groups of LiveChat are not known: ${describe(error)}`)
    return []
  })
  memory.groups.set(ALL, groups)
  return groups
}
