/** Nothing was written, and LiveChat should send the delivery again: the handoff is not ready for it yet. */
export class TryAgain extends Error {
  override readonly name = 'TryAgain'
}
