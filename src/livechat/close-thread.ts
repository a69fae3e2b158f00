import { isFailure } from './errors'
import type { RetryPolicy } from './retry'
import type { Chat } from './types'

type Closing = {
  retries: RetryPolicy
  send: () => Promise<void>
  /** The chat with the thread that is to be closed. */
  look: () => Promise<Chat>
  lookFirst?: boolean
}

/**
 * Closes a thread by closing its chat, for `deactivate_chat` knows no thread. Between two attempts the customer may have
 * come back, so whatever is not done at once looks first that it does not close their next thread. Closing what is over
 * is success.
 */
export async function closeThread({ retries, send, look, lookFirst = false }: Closing): Promise<void> {
  let isLate = lookFirst
  try {
    await retries.run(async () => {
      if (isLate && (await look()).thread?.active === false) return
      isLate = true
      await send()
    })
  } catch (error) {
    if (!isFailure(error, 'session-over')) throw error
  }
}
