import type { LiveChatApi } from '../livechat/api'
import { describe, type Log } from '../log'
import type { Registration } from '../setup-state'
import { NOTES } from './notes'
import { removeWebhooks } from './webhooks'

export type Removing = { livechat: Pick<LiveChatApi, 'configuration'>; log: Log }

/** Removes webhooks and names those that LiveChat kept in the log. Returns these. Never rejects. */
export async function removeOrLog(
  webhooks: readonly Registration[],
  { livechat, log }: Removing,
): Promise<Registration[]> {
  const { left, error } = await removeWebhooks(webhooks, livechat.configuration)
  const names = left.map(({ action, id }) => `${action} ${id}`).join(', ')
  if (left.length > 0) log.warn(`${NOTES.webhooksLeftBehind} ${names} (${describe(error)})`)
  return left
}
