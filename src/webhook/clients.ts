import type { Setup } from '../setup-state'
import type { Deps } from '../wiring'
import type { Source } from './delivery'
import { storedSetup, type SetupReading } from './stored-setup'

/** How long the chats of a former Client ID are accepted, in milliseconds: far longer than a chat is open. */
const FORMER_CLIENT_MS = 30 * 24 * 3_600_000

/** How many former Client IDs are kept; the oldest goes first. */
const MAX_FORMER_CLIENTS = 20

type Asking = SetupReading & Pick<Deps, 'clock'> & { settings: { clientId: string } }

/**
 * Whether a chat of this app may be ours: the configured Client ID, the one last saved, or a former one whose chats may
 * still be open. Throws `RetryLater` when the stored ones cannot be read.
 */
export async function isOurClient(clientId: string, deps: Asking): Promise<boolean> {
  if (clientId === deps.settings.clientId) return true
  const stored = await storedSetup(deps)
  const now = deps.clock.now()
  return clientId === savedClient(stored) || formers(stored, now).some((former) => former.clientId === clientId)
}

/** Whether a chat with this source may be ours, as far as a webhook says. Throws `RetryLater` like `isOurClient`. */
export async function isOurSource({ clientId, customerClientId }: Source, deps: Asking): Promise<boolean> {
  const isOurs = (id: string | undefined) => id !== undefined && isOurClient(id, deps)
  return (await isOurs(clientId)) || (await isOurs(customerClientId))
}

/** What is to be stored when `clientId` is saved: the one before becomes a former one. */
export function savedWith(clientId: string, known: Setup, now: number): Partial<Setup> {
  const before = savedClient(known)
  const isNew = before !== undefined && before !== clientId
  const added = isNew ? [{ clientId: before, until: now + FORMER_CLIENT_MS }] : []
  const kept = [...formers(known, now).filter((former) => former.clientId !== before), ...added]
  const formerClients = kept.filter((former) => former.clientId !== clientId).slice(-MAX_FORMER_CLIENTS)
  const isNone = formerClients.length === 0 && known.formerClients === undefined
  return { clientId, ...(!isNone && { formerClients }) }
}

/** Older installations stored it with their registrations only. */
function savedClient({ clientId, registrations }: Setup): string | undefined {
  return clientId ?? registrations.find((registration) => registration.clientId)?.clientId
}

const formers = ({ formerClients = [] }: Setup, now: number) => formerClients.filter(({ until }) => until > now)
