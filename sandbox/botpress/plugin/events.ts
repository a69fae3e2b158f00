import { z } from 'zod'
import type { Event } from '../objects'
import { assign } from './assign'
import { endByAgent, endByTimeout } from './end'
import { isActive, tagOf, type Plugin } from './plugin'
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
      await onStopped(plugin, Stopped.parse(event.payload))
      return 'stop'
    case 'hitl#humanAgentAssignedTimeout':
      await onTimeout(plugin, event)
      return 'stop'
    default:
      return onAnyEvent(plugin, event)
  }
}

async function onAssigned(plugin: Plugin, { conversationId, userId }: z.infer<typeof Assigned>): Promise<void> {
  const upstreamId = await upstreamOf(plugin, conversationId)
  if (upstreamId) await assign(plugin, conversationId, upstreamId, userId)
}

async function onStopped(plugin: Plugin, { conversationId }: z.infer<typeof Stopped>): Promise<void> {
  const upstreamId = await upstreamOf(plugin, conversationId)
  if (!upstreamId) return
  await plugin.client.getConversation(upstreamId)
  await endByAgent(plugin, { upstreamId, downstreamId: conversationId })
}

/** The upstream side of an active conversation. Without a link the event is logged and dropped: both sides stay active. */
async function upstreamOf(plugin: Plugin, downstreamId: string): Promise<string | undefined> {
  const downstream = await plugin.client.getConversation(downstreamId)
  if (!(await isActive(plugin, downstreamId))) return undefined
  const upstreamId = tagOf(downstream, 'upstream')
  if (!upstreamId) plugin.log.push(`conversation ${downstreamId} is linked to no upstream conversation`)
  return upstreamId
}

async function onTimeout(plugin: Plugin, { payload, conversationId }: Event): Promise<void> {
  const { sessionStartedAt, downstreamConversationId } = Timeout.parse(payload)
  if (!conversationId) return
  const pair = { upstreamId: conversationId, downstreamId: downstreamConversationId }
  await endByTimeout(plugin, pair, sessionStartedAt)
}

/** Events about a conversation in human hands never reach the bot. A foreign id under `conversationId` makes this fail. */
async function onAnyEvent(plugin: Plugin, { conversationId, payload }: Event): Promise<Verdict> {
  const named = conversationId ?? payload.conversationId
  if (typeof named !== 'string') return 'pass-to-bot'
  const { id } = await plugin.client.getConversation(named)
  return (await isActive(plugin, id)) ? 'stop' : 'pass-to-bot'
}
