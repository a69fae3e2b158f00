import { describe } from '../log'
import type { Setup } from '../setup-state'
import type { Deps } from '../wiring'
import { RetryLater } from '../retry-later'

/** The one key of the warm copy. */
const SINGLE_KEY = 'only'

type Remembering = { memory: Pick<Deps['memory'], 'storedSetup'> }
export type SetupReading = Remembering & { setup: Pick<Deps['setup'], 'load'> }

/**
 * The stored set-up, read at most once a minute however many deliveries come: a failed reading counts too. A copy may miss
 * what another process saved in that minute. Throws `RetryLater` when Botpress does not answer.
 */
export async function storedSetup(deps: SetupReading): Promise<Setup> {
  try {
    return await remembered(deps)
  } catch (error) {
    throw new RetryLater(`the stored set-up could not be read: ${describe(error)}`)
  }
}

function remembered({ setup, memory }: SetupReading): Promise<Setup> {
  const known = memory.storedSetup.get(SINGLE_KEY)
  if (known) return known
  const reading = setup.load()
  memory.storedSetup.set(SINGLE_KEY, reading)
  return reading
}

/** The set-up was saved: the next delivery reads it again. */
export function forgetStoredSetup({ memory }: Remembering): void {
  memory.storedSetup.delete(SINGLE_KEY)
}
