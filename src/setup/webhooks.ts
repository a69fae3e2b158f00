import type { ConfigurationApi, RegisteredWebhook } from '../livechat/api'
import { isFailure } from '../livechat/errors'
import type { Registration } from '../setup-state'
import { registrationOf, type WantedWebhook } from './webhook-set'

export type WebhookPlan = {
  keep: Registration[]
  add: WantedWebhook[]
  /** Ours and out of date: an older address, app, secret or set, or a second one of the same action. */
  remove: Registration[]
}

type Target = { url: string; secretKey: string; clientId: string; wanted: readonly WantedWebhook[] }

type Ours = { stored: readonly Registration[]; current: readonly Registration[] }

/**
 * What has to change so that LiveChat calls us once for each action. `stored` are all registrations of ours, `current`
 * those that carry today's secret and set, which LiveChat does not show. `listed` are those of the configured app: stored
 * ones of an app before it are removed unseen. Webhooks with our address that nobody stored (created by hand, or before a
 * crash, or by another save) are replaced, since their secret is not known.
 */
export function planWebhooks(
  listed: readonly RegisteredWebhook[],
  { url, clientId, wanted, stored, current }: Omit<Target, 'secretKey'> & Ours,
): WebhookPlan {
  const registration = ({ id, action, url }: RegisteredWebhook): Registration => ({ id, action, url, clientId })
  const idsOf = (registrations: readonly Registration[]) => new Set(registrations.map(({ id }) => id))
  const [storedIds, currentIds] = [idsOf(stored), idsOf(current)]
  const ours = listed.filter(({ id, url: other }) => storedIds.has(id) || currentIds.has(id) || other === url)
  const keep: Registration[] = []
  for (const { action } of wanted) {
    const fits = (webhook: RegisteredWebhook) => webhook.action === action && webhook.url === url
    const found = ours.find((webhook) => fits(webhook) && currentIds.has(webhook.id))
    if (found) keep.push(registration(found))
  }
  const ofOtherApps = stored.filter((webhook) => (webhook.clientId ?? clientId) !== clientId)
  const kept = new Set(keep.map(({ id }) => id))
  return {
    keep,
    add: wanted.filter(({ action }) => !keep.some((webhook) => webhook.action === action)),
    remove: [...ours.filter(({ id }) => !kept.has(id)).map(registration), ...ofOtherApps],
  }
}

/** Nothing is to be done. */
export function isUpToDate({ add, remove }: WebhookPlan): boolean {
  return add.length === 0 && remove.length === 0
}

export type Added = {
  registered: Registration[]
  /** Old ones that had to make room; they are gone already. */
  removed: Registration[]
  failed: { webhook: WantedWebhook; error: unknown }[]
}

/** Registers what is missing, all at once; never rejects. What is old is only touched where the limit leaves no room. */
export async function addWebhooks(plan: WebhookPlan, target: Target, api: ConfigurationApi): Promise<Added> {
  const added: Added = { registered: [], removed: [], failed: [] }
  await Promise.all(
    plan.add.map(async (webhook) => {
      try {
        added.registered.push(await addOne(webhook, { plan, target, api, removed: added.removed }))
      } catch (error) {
        added.failed.push({ webhook, error })
      }
    }),
  )
  return added
}

type Adding = { plan: WebhookPlan; target: Target; api: ConfigurationApi; removed: Registration[] }

async function addOne(webhook: WantedWebhook, { plan, target, api, removed }: Adding): Promise<Registration> {
  const { action } = webhook
  const registration = registrationOf(webhook, target)
  const { url, clientId } = target
  const existing = new Set([...plan.keep, ...plan.remove].map(({ id }) => id))
  const asRegistered = ({ id }: { id: string }) => ({ id, action, url, clientId })
  try {
    return asRegistered(await api.registerWebhook(registration, existing))
  } catch (error) {
    const old = plan.remove.find((candidate) => candidate.action === action && candidate.clientId === clientId)
    if (!old || !isFull(error)) throw error
    await api.unregisterWebhook(old)
    removed.push(old)
    return asRegistered(await api.registerWebhook(registration, existing))
  }
}

/** Removes each, all at once; never rejects. Returns those that are still there. */
export async function removeWebhooks(
  webhooks: readonly Registration[],
  api: ConfigurationApi,
): Promise<{ left: Registration[]; error?: unknown }> {
  const outcomes = await Promise.allSettled(webhooks.map((webhook) => api.unregisterWebhook(webhook)))
  const left = webhooks.filter((_, index) => outcomes[index]?.status === 'rejected')
  return { left, error: outcomes.find((outcome) => outcome.status === 'rejected')?.reason }
}

/** Three webhooks of this action and Client ID exist already. The type is not documented, so the words count too. */
export function isFull(error: unknown): boolean {
  if (!isFailure(error, 'refused', 'our-mistake')) return false
  return error.type === 'limit_reached' || /limit|maximum|too many/i.test(error.vendorMessage ?? '')
}
