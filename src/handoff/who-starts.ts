import type { EndUser } from '../session/end-users'
import type { Deps } from '../wiring'

/** A name that came this long before the start came with it, in milliseconds: the plugin asks for the user first. */
const CAME_WITH_START_MS = 60_000

/** The one whom this address is known to belong to, somebody who gave another name, or one of the two. */
export type WhoStarts = 'known' | 'another' | 'either'

/** Addresses are typed and not verified, and the plugin tells a name only with the first handoff of somebody. */
export function whoStarts({ name: known, given }: EndUser, { clock }: Deps): WhoStarts {
  if (!known || !given?.name) return 'known'
  return clock.now() - given.at < CAME_WITH_START_MS ? 'another' : 'either'
}
