import { describe } from '../log'
import type { Settings } from '../settings'
import type { Registration, Setup, SetupState } from '../setup-state'
import { NOTES } from './notes'
import { removeOrLog, type Removing } from './remove-webhooks'
import { WEBHOOK_MARK } from './webhook-set'

type Disconnecting = Removing & { settings: Settings; setup: Pick<SetupState, 'load' | 'forgetWebhooks'> }

/** Removes our webhooks: those that are stored, and those at our address that are not; nothing else. Never rejects. */
export async function disconnectWebhooks(url: string, deps: Disconnecting): Promise<void> {
  const { setup, log } = deps
  const known = await setup.load().catch((error: unknown) => {
    log.warn(`The set-up could not be read: ${describe(error)}`)
    return undefined
  })
  const [leftOfStored, others] = await Promise.all([
    removeOrLog(known?.registrations ?? [], deps),
    unstored(url, known, deps),
  ])
  const left = [...leftOfStored, ...(await removeOrLog(others, deps))]
  if (!known) return
  await setup.forgetWebhooks(known, left).catch((error: unknown) => {
    log.warn(`The set-up could not be stored: ${describe(error)}`)
  })
}

/** Nothing is stored of a save that was cut short; beside others of ours our mark tells them from an owner's own. */
async function unstored(url: string, known: Setup | undefined, deps: Disconnecting): Promise<Registration[]> {
  const { livechat, log, settings } = deps
  if (known?.manualUrl === url) return [] // the token may not list them
  const ids = new Set(known?.registrations.map(({ id }) => id))
  try {
    const listed = (await livechat.configuration.listWebhooks()).filter((webhook) => webhook.url === url)
    return listed
      .filter(({ id, description }) => ids.size === 0 || (!ids.has(id) && description === WEBHOOK_MARK))
      .map(({ id, action }) => ({ id, action, url, clientId: settings.clientId }))
  } catch (error) {
    if (ids.size === 0) log.warn(`${NOTES.webhooksLeftBehind} ${url} (${describe(error)})`)
    return []
  }
}
