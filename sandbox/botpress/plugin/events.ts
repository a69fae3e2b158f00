import { z } from 'zod'
import type { Event } from '../objects'
import { assign } from './assign'
import { abort, endByAgent, endByTimeout } from './end'
import { conversationOf, isActive, tagOf, type Plugin } from './plugin'
import type { Verdict } from './relay'

const Assigned = z.object({ conversationId: z.string(), userId: z.string() })
const Stopped = z.object({ conversationId: z.string() })
const Timeout = z.object({ sessionStartedAt: z.string(), downstreamConversationId: z.string() })

/** Runs before the bot sees an event: first the handler of that event, then the one for every event. */
export async function onEvent(plugin: Plugin, event: Event): Promise<Verdict> {
  switch (event.type) {
    case `${plugin.installed.alias}:hitlAssigned`:
      await onAssigned(plugin, Assigned.parse(event.payload))
      return 'stop'
    case `${plugin.installed.alias}:hitlStopped`:
      onStopped(plugin, Stopped.parse(event.payload))
      return 'stop'
    case 'hitl#humanAgentAssignedTimeout':
      await onTimeout(plugin, event)
      return 'stop'
    default:
      return onAnyEvent(plugin, event)
  }
}

async function onAssigned(plugin: Plugin, { conversationId, userId }: z.infer<typeof Assigned>): Promise<void> {
  if (!isActive(plugin, conversationId)) return
  const downstream = conversationOf(plugin, conversationId)
  const upstreamId = tagOf(downstream, 'upstream')
  if (upstreamId) await assign(plugin, downstream, upstreamId, userId)
  else abort(plugin, downstream)
}

function onStopped(plugin: Plugin, { conversationId }: z.infer<typeof Stopped>): void {
  if (!isActive(plugin, conversationId)) return
  const downstream = conversationOf(plugin, conversationId)
  const upstreamId = tagOf(downstream, 'upstream')
  if (upstreamId) endByAgent(plugin, { upstreamId, downstreamId: conversationId })
  else abort(plugin, downstream)
}

async function onTimeout(plugin: Plugin, { payload, conversationId }: Event): Promise<void> {
  const { sessionStartedAt, downstreamConversationId } = Timeout.parse(payload)
  if (!conversationId) return
  const pair = { upstreamId: conversationId, downstreamId: downstreamConversationId }
  await endByTimeout(plugin, pair, sessionStartedAt)
}

/** Events about a conversation in human hands never reach the bot. A foreign id under `conversationId` makes this fail. */
function onAnyEvent(plugin: Plugin, { conversationId, payload }: Event): Verdict {
  const named = conversationId ?? payload.conversationId
  if (typeof named !== 'string') return 'pass-to-bot'
  return isActive(plugin, conversationOf(plugin, named).id) ? 'stop' : 'pass-to-bot'
}
