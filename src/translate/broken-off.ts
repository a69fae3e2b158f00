import type { HistoryItem } from './hitl-message'

/** What the HITL plugin says when it breaks a handoff off by itself; no setting changes it (plugins/hitl). */
const BROKEN_OFF = 'Something went wrong, you are not connected to a human agent'

/**
 * Whether the plugin broke a handoff off in the conversation of this history, which it tells the customer and not us: so
 * after words of somebody in a group conversation who had not spoken before the handoff.
 */
export function wasBrokenOff(history: readonly HistoryItem[]): boolean {
  return history.some(({ source, payload }) => {
    const { text } = (payload ?? {}) as { text?: unknown }
    return source?.type !== 'user' && typeof text === 'string' && text.startsWith(BROKEN_OFF)
  })
}
