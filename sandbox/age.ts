import type { Botpress } from './botpress'

/**
 * Makes a handoff look as if it had begun so many milliseconds earlier: its times, and the announcements in its tag
 * `agentsSeen`. Throws when the conversation is not there.
 */
export function ageHandoff({ store }: Botpress, conversationId: string, ms: number): void {
  const row = store.conversations.get(conversationId)
  if (!row) throw new Error(`there is no conversation ${conversationId}`)
  const earlier = (time: string) => new Date(Date.parse(time) - ms).toISOString()
  const { createdAt, updatedAt, tags } = row.object
  const aged = Object.entries(tags).map(([name, value]) => [
    name,
    name.endsWith(':agentsSeen') ? announcedEarlier(value, ms) : value,
  ])
  row.object = {
    ...row.object,
    tags: Object.fromEntries(aged) as Record<string, string>,
    createdAt: earlier(createdAt),
    updatedAt: earlier(updatedAt),
  }
}

/** Each entry of the tag ends with a time in milliseconds, written to base 36. */
const announcedEarlier = (tag: string, ms: number) =>
  tag.replace(/,([^, ]+)(?= |$)/g, (_, time: string) => `,${(Number.parseInt(time, 36) - ms).toString(36)}`)
