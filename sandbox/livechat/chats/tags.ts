import { ApiError } from '../world/errors'
import type { Actor, Chat, Thread } from '../world/model'
import type { World } from '../world/world'

/** Puts a tag on a thread or takes it off. Names are case sensitive. */
export function tag(
  world: World,
  chat: Chat,
  thread: Thread,
  name: string,
  actor: Exclude<Actor, { kind: 'router' }>,
  action: 'thread_tagged' | 'thread_untagged',
): void {
  if (action === 'thread_tagged') addTag(world, chat, thread, name)
  else thread.tags = thread.tags.filter((known) => known !== name)
  const payload = () => ({ chat_id: chat.id, thread_id: thread.id, tag: name })
  world.webhooks.emit({ action, chat, sourceClientId: actor.clientId, payload })
}

function addTag(world: World, chat: Chat, thread: Thread, name: string): void {
  const groups = chat.access.group_ids.map((id) => world.store.groups.get(id))
  const known = groups.some((group) => group?.tags.includes(name))
  if (!known && world.settings.chats.unknownTags !== 'accept') throw new ApiError('validation', 'Tag does not exist')
  if (!thread.tags.includes(name)) thread.tags.push(name)
}
