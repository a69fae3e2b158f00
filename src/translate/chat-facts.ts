import type { Thread } from '../livechat/types'

export type Rating = { score?: 'good' | 'bad'; comment?: string }

/** The customer's rating of a thread. LiveChat counts 1 and 0 (Customer Chat API, "Default properties"). */
export function ratingOf(thread: Thread | undefined): Rating | undefined {
  const { score, comment } = thread?.rating ?? {}
  if (score === undefined && !comment) return undefined
  return {
    ...(score !== undefined && { score: score > 0 ? 'good' : 'bad' }),
    ...(comment && { comment }),
  }
}
