import type { ActionProps } from '../bp'
import type { GroupStatus } from '../livechat/api'
import { isFailure, LiveChatError } from '../livechat/errors'
import { describe } from '../log'
import { refusal, type GroupSource } from '../problems'
import { number, type Settings } from '../settings'
import { isGroupId } from '../setup/facts'
import { isHuman } from '../setup/group-finding'
import { probeOf } from '../setup/probe'
import { QUESTION_MS } from '../timing'
import { openingHours, type WorkSchedule } from '../translate/opening-hours'
import type { Deps } from '../wiring'
import { action } from './action'

type Availability = {
  groupId: number
  status: GroupStatus
  wouldQueue: boolean
  agentsAccepting?: number
} & Partial<Hours>
type Hours = { hoursKnown: boolean; opensAt?: string }

/** Whether somebody could take a chat of the group now. May be outdated a second later: `startHitl` has the last word. */
export const checkAvailability = action<'checkAvailability'>({
  ms: QUESTION_MS,
  failed: 'Availability not known',
  act: availabilityOf,
  answerTo: (error) => {
    const isAppRefused = error instanceof LiveChatError && error.api === 'accounts' && error.failure === 'credentials'
    throw refusal(isAppRefused ? 'tokenRefused' : 'availabilityUnknown')
  },
})

async function availabilityOf(input: ActionProps['checkAvailability']['input'], deps: Deps): Promise<Availability> {
  const { groupId, source } = groupOf(input.groupId, deps)
  if (!isGroupId(groupId)) throw refusal('groupIdInvalid', groupId, source)
  const [reported, agentsAccepting] = await Promise.all([statusOf(groupId, deps), peopleAccepting(groupId, deps)])
  if (reported === undefined) throw refusal('groupMissing', groupId, source)
  const found = availability(reported, agentsAccepting, deps.settings)
  const hours = found.status === 'offline' ? await hoursOf(groupId, deps) : {}
  return { groupId, ...found, ...hours }
}

/**
 * `agentsAccepting`: people, where LiveChat says. LiveChat calls a group online that only a bot keeps online, but a bot is no
 * human in the loop.
 */
export function availability(
  reported: GroupStatus,
  agentsAccepting: number | undefined,
  { whenNobodyIsAvailable }: Pick<Settings, 'whenNobodyIsAvailable'>,
): Omit<Availability, 'groupId' | keyof Hours> {
  const status = agentsAccepting === 0 ? 'offline' : reported
  const waitsOffline = status === 'offline' && whenNobodyIsAvailable === 'queue'
  const wouldQueue = status === 'online_for_queue' || waitsOffline
  return { status, wouldQueue, ...(agentsAccepting !== undefined && { agentsAccepting }) }
}

function groupOf(given: unknown, { settings }: Deps): { groupId: number; source: GroupSource } {
  const groupId = number(given)
  return groupId === undefined ? { groupId: settings.groupId, source: 'settings' } : { groupId, source: 'input' }
}

/** As LiveChat tells customers; `undefined` when there is no such group. */
async function statusOf(groupId: number, deps: Deps): Promise<GroupStatus | undefined> {
  const statuses = await probeOf(deps).withToken((session) =>
    deps.livechat.customer.listGroupStatuses(session, { groupIds: [groupId] }),
  )
  return statuses.get(groupId)
}

/**
 * `undefined` when LiveChat does not say. It may list people only, bots only, both, or refuse, depending on the scopes
 * `agents--all:ro` and `agents-bot--all:ro`. So a list without people only means something in a group that has none.
 */
async function peopleAccepting(groupId: number, deps: Deps): Promise<number | undefined> {
  const statuses = await orUnknown(deps.livechat.agent.listRoutingStatuses({ groupIds: [groupId] }), deps)
  const people = (statuses ?? []).filter(({ agentId }) => isHuman(agentId))
  if (people.length > 0) return people.filter(({ status }) => status === 'accepting_chats').length
  return (await hasPeople(groupId, deps)) === 'no' ? 0 : undefined
}

/** Remembered for some minutes, since a token that may not know it is billed for asking too. */
async function hasPeople(groupId: number, deps: Deps): Promise<'yes' | 'no' | 'unknown'> {
  const { peopleInGroups } = deps.memory
  const known = peopleInGroups.get(String(groupId))
  if (known) return known
  const ids = await membersOf(groupId, deps)
  const answer = ids === undefined ? 'unknown' : ids.some(isHuman) ? 'yes' : 'no'
  peopleInGroups.set(String(groupId), answer)
  return answer
}

/** How LiveChat lists the members of the default group is not documented, so it is not asked about that one. */
async function membersOf(groupId: number, deps: Deps): Promise<string[] | undefined> {
  if (groupId === 0) return undefined
  const { configuration } = deps.livechat
  const agents = await orUnknown(configuration.listAgents({ groupIds: [groupId] }), deps)
  if (agents) return agents.filter(({ suspended }) => !suspended).map(({ id }) => id)
  const priorities = (await orUnknown(configuration.getGroup(groupId), deps))?.agentPriorities
  return priorities && Object.keys(priorities)
}

/** When somebody of the group begins to work, as LiveChat's work scheduler plans it: a plan, not a promise. */
async function hoursOf(groupId: number, deps: Deps): Promise<Hours> {
  const { isKnown, opensAt } = openingHours(await schedulesOf(groupId, deps), deps.clock.now())
  return { hoursKnown: isKnown, ...(opensAt !== undefined && { opensAt: new Date(opensAt).toISOString() }) }
}

/** How LiveChat lists the members of the default group is not documented, so it is not asked about that one. */
async function schedulesOf(groupId: number, deps: Deps): Promise<readonly WorkSchedule[]> {
  const { schedules } = deps.memory
  const known = groupId === 0 ? [] : schedules.get(String(groupId))
  if (known) return known
  const agents = await orUnknown(deps.livechat.configuration.listAgents({ groupIds: [groupId], withHours: true }), deps)
  const people = (agents ?? []).filter(({ id, suspended }) => isHuman(id) && !suspended)
  const found = people.flatMap(({ workScheduler }) => workScheduler ?? [])
  schedules.set(String(groupId), found)
  return found
}

async function orUnknown<T>(asking: Promise<T>, { log }: Deps): Promise<T | undefined> {
  try {
    return await asking
  } catch (error) {
    if (!isFailure(error, 'credentials', 'not-found'))
      log.warn(`The agents of the group are not known: ${describe(error)}`)
    return undefined
  }
}
