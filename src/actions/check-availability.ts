import { RuntimeError } from '@botpress/client'
import type { ActionProps } from '../bp'
import type { GroupStatus } from '../livechat/api'
import { isFailure, LiveChatError } from '../livechat/errors'
import { describe } from '../log'
import { PROBLEMS, SETUP_PROBLEMS } from '../problems'
import { isGroupId } from '../setup/facts'
import { isHuman } from '../setup/group-finding'
import { QUESTION_MS } from '../timing'
import { wire, type Deps } from '../wiring'

type Availability = { groupId: number; status: GroupStatus; wouldQueue: boolean; agentsAccepting?: number }

/** Whether somebody could take a chat of the group now. May be outdated a second later: `startHitl` has the last word. */
export async function checkAvailability(props: ActionProps['checkAvailability']): Promise<Availability> {
  const deps = wire(props, QUESTION_MS)
  const groupId = props.input.groupId ?? deps.settings.groupId
  if (!isGroupId(groupId)) throw new RuntimeError(SETUP_PROBLEMS.groupIdInvalid)
  const [told, agentsAccepting] = await Promise.all([statusOf(groupId, deps), peopleAccepting(groupId, deps)])
  if (told === undefined) throw new RuntimeError(PROBLEMS.groupMissing)
  // A group of bots alone is online for LiveChat, but nobody of them is a human in the loop.
  const status = agentsAccepting === 0 ? 'offline' : told
  const waitsOffline = status === 'offline' && deps.settings.whenNobodyIsAvailable === 'queue'
  const wouldQueue = status === 'online_for_queue' || waitsOffline
  return { groupId, status, wouldQueue, ...(agentsAccepting !== undefined && { agentsAccepting }) }
}

/** As customers are told; `undefined` when there is no such group. */
async function statusOf(groupId: number, { probe, livechat, log }: Deps): Promise<GroupStatus | undefined> {
  try {
    const statuses = await probe.withToken((session) =>
      livechat.customer.listGroupStatuses(session, { groupIds: [groupId] }),
    )
    return statuses.get(groupId)
  } catch (error) {
    log.warn(`Availability not known: ${describe(error)}`)
    const isAppRefused = error instanceof LiveChatError && error.api === 'accounts' && error.failure === 'credentials'
    throw new RuntimeError(isAppRefused ? PROBLEMS.tokenRefused : SETUP_PROBLEMS.availabilityUnknown)
  }
}

/** `undefined` when the agent token may not know it. */
async function peopleAccepting(groupId: number, { livechat, log }: Deps): Promise<number | undefined> {
  try {
    const statuses = await livechat.agent.listRoutingStatuses({ groupIds: [groupId] })
    const people = statuses.filter(({ agentId }) => isHuman(agentId))
    // How the default group lists its members is not documented, so an empty list proves nothing there.
    if (people.length === 0 && groupId === 0) return undefined
    return people.filter(({ status }) => status === 'accepting_chats').length
  } catch (error) {
    if (!isFailure(error, 'credentials')) log.warn(`Agents' statuses not known: ${describe(error)}`)
    return undefined
  }
}
