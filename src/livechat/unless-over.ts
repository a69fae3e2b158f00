import { isFailure } from './errors'

/** Closing a chat that is over is done already; so the call may be repeated blindly too. */
export async function unlessOver(closing: Promise<void>): Promise<void> {
  try {
    await closing
  } catch (error) {
    if (!isFailure(error, 'session-over')) throw error
  }
}
