import type { Exchange } from '../../sandbox/http/wire'
import type { Stage } from './stage'

/** Exchanges that are kept at the most: a crowd would fill the memory with what nobody reads. */
const MAX_KEPT = 2000

/**
 * Tells when words have reached the other side. One look at each exchange for everybody: waiting in the emulators' stores
 * looks through all of them at every change, which is fine for one person and not for five hundred.
 */
export class Arrivals {
  private readonly waiting = new Map<string, () => void>()

  constructor(stage: Stage) {
    for (const { wire } of [stage.livechat, stage.botpress]) {
      wire.subscribe((exchange) => {
        if (exchange.endedAt !== undefined && exchange.status === 200) this.waiting.get(keyOf(exchange))?.()
        if (wire.exchanges.length > MAX_KEPT) wire.clear()
      })
    }
  }

  /** Resolves when the integration has taken the customer's words, or an agent's event; rejects after `timeoutMs`. */
  of(key: string, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const done = (finish: () => void) => () => {
        clearTimeout(timer)
        this.waiting.delete(key)
        finish()
      }
      const timer = setTimeout(
        done(() => reject(new Error(`nothing came of ${key}`))),
        timeoutMs,
      )
      this.waiting.set(key, done(resolve))
    })
  }
}

/** An agent's event by its id; a customer's words by the conversation and themselves. */
function keyOf({ operation, requestBody }: Exchange): string {
  const body = requestBody as { payload?: { event?: { id: string }; text?: string }; conversation?: { id: string } }
  if (operation === 'webhook/incoming_event') return body.payload?.event?.id ?? ''
  return operation === 'message/text' ? `${body.conversation?.id} ${body.payload?.text}` : ''
}
