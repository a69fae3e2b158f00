import { readContent } from './content'
import type { HistoryItem } from './hitl-message'
import { type OutgoingMedia, outgoingParts } from './to-livechat'

/** The newest media that the customer sent before the handoff, oldest first; an address that comes again counts once. */
export function newestMedia(
  history: HistoryItem[],
  { customerUserId, max }: { customerUserId: string; max: number },
): OutgoingMedia[] {
  const newest = new Map<string, OutgoingMedia>()
  for (const item of history.toReversed()) {
    if (newest.size >= max) break
    if (item.source?.type !== 'user' || item.source.userId !== customerUserId) continue
    for (const part of outgoingParts(readContent(item.type, item.payload), 'person').reverse()) {
      if (part.kind === 'media' && part.url && newest.size < max && !newest.has(part.url)) newest.set(part.url, part)
    }
  }
  return [...newest.values()].reverse()
}
