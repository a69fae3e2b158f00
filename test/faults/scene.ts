import type { Play } from './play'

/** What became of a scene: its whole effect exactly once, nothing at all, or something in between. */
export type Effect = 'whole' | 'nothing' | { half: string }

/** A step of a handoff that ends in remote calls, and how to see whether it was done. */
export type Scene = {
  name: string
  prepare(play: Play): Promise<unknown>
  act(play: Play): Promise<unknown>
  /** `told`: what the caller got when the scene was refused. */
  effect(play: Play, told?: string): Effect
  /** The settings are saved again before what comes next. */
  isSetUp?: boolean
  /** Its other calls are asked for side by side, exactly as in another scene. */
  onlyNewCalls?: boolean
}

/** The effect of what should be there once. */
export function times(count: number, what: string): Effect {
  if (count === 0) return 'nothing'
  return count === 1 ? 'whole' : { half: `${what}: ${count} times` }
}

/** Events of that type about the newest handoff. */
export function eventsOf({ sandbox, ids }: Play, type: string) {
  return sandbox.botpress.eventsOf(type).filter(({ payload }) => payload['threadId'] === ids.threadId)
}

export function chatAt({ sandbox, ids }: Play) {
  const chat = sandbox.livechat.store.chats.get(ids.chatId)
  if (!chat) throw new Error('there is no such chat')
  return chat
}
