import { describe } from '../log'
import type { Deps } from '../wiring'
import { removeOrTell } from './connect-webhooks'
import { NOTES } from './notes'
import type { Registration, Setup } from './setup-state'

/** Removes our webhooks by their stored ids, else by our address; nothing else. Never rejects. */
export async function disconnectWebhooks(url: string, deps: Deps): Promise<void> {
  const { setup, log } = deps
  const known = await setup.load().catch((error: unknown) => {
    log.warn(`The set-up could not be read: ${describe(error)}`)
    return undefined
  })
  const ours = known && known.registrations.length > 0 ? known.registrations : await webhooksOf(url, known, deps)
  const left = await removeOrTell(ours, deps)
  if (!known) return
  await setup.forgetWebhooks(known, left).catch((error: unknown) => {
    log.warn(`The set-up could not be stored: ${describe(error)}`)
  })
}

async function webhooksOf(url: string, known: Setup | undefined, deps: Deps): Promise<Registration[]> {
  const { livechat, log, settings } = deps
  if (known?.manualUrl === url) return [] // the token may not list them
  try {
    const listed = await livechat.configuration.listWebhooks()
    return listed
      .filter((webhook) => webhook.url === url)
      .map((webhook) => ({ ...webhook, clientId: settings.clientId }))
  } catch (error) {
    log.warn(`${NOTES.webhooksLeftBehind} ${url} (${describe(error)})`)
    return []
  }
}
