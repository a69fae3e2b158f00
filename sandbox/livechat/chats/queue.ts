import type { Chat, Queue, Thread } from '../world/model'
import { merge } from '../world/properties'
import type { World } from '../world/world'

const WAIT_SECONDS_PER_POSITION = 45

/** Chats of these groups in the queue, first come first. */
export function waitingChats(world: World, groupIds: number[]): Chat[] {
  return [...world.store.chats.values()]
    .filter((chat) => {
      const thread = world.store.activeThread(chat)
      return thread?.queue && thread.access.group_ids.some((id) => groupIds.includes(id))
    })
    .sort((a, b) => queuedAt(world, a).localeCompare(queuedAt(world, b)))
}

function queuedAt(world: World, chat: Chat): string {
  return world.store.activeThread(chat)?.queue?.queued_at ?? ''
}

/** The last place of the queue of these groups, for somebody who comes now. */
export function lastPlace(world: World, chat: Chat, groupIds: number[]): Queue {
  const position = waitingChats(world, groupIds).filter(({ id }) => id !== chat.id).length + 1
  return { position, wait_time: position * WAIT_SECONDS_PER_POSITION, queued_at: world.store.timestamp() }
}

/** Takes the thread out of the queue. Who waits behind it moves up, which `get_chat` shows and no documented webhook. */
export function leaveQueue(world: World, chat: Chat, thread: Thread): void {
  const left = thread.queue
  if (!left) return
  delete thread.queue
  for (const other of waitingChats(world, thread.access.group_ids)) {
    const waiting = world.store.activeThread(other)
    const position = (waiting?.queue?.position ?? 0) - 1
    if (!waiting || other.id === chat.id || position < left.position) continue
    move(world, other, waiting, { position, wait_time: position * WAIT_SECONDS_PER_POSITION })
  }
}

/** Gives a waiting thread another place. */
export function move(world: World, chat: Chat, thread: Thread, place: Pick<Queue, 'position' | 'wait_time'>): void {
  thread.queue = { queued_at: world.store.timestamp(), ...thread.queue, ...place }
  if (!world.settings.webhooks.queuePositionsAsProperties) return
  const properties = { lc2: { queue_pos: place.position, queue_waiting_time: place.wait_time } }
  merge(thread.properties, properties)
  const payload = () => ({ chat_id: chat.id, thread_id: thread.id, properties })
  world.webhooks.emit({ action: 'thread_properties_updated', chat, payload })
}
