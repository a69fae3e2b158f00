import { Signal } from './signal'

/** Nothing was lost, and the caller should ask again: somebody else is at work, or the handoff is not ready yet. */
export class RetryLater extends Signal {
  override readonly name = 'RetryLater'
}
