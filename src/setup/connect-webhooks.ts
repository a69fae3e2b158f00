import { RuntimeError } from '@botpress/client'
import { describe } from '../log'
import { SETUP_PROBLEMS } from '../problems'
import type { Deps } from '../wiring'
import { isForeignApp } from './app-findings'
import type { Facts, Outcome } from './facts'
import { isForbidden, valueOf } from './finding'
import { NOTES } from './notes'
import { rotated } from './rotation'
import type { Registration, Setup } from './setup-state'
import { WEBHOOK_SET_VERSION } from './webhook-set'
import { addWebhooks, isFull, planWebhooks, removeWebhooks, type Added, type WebhookPlan } from './webhooks'

/** Brings LiveChat's webhooks to what we need, or says how to make them by hand. Throws `RuntimeError`. */
export async function connectWebhooks(known: Setup, url: string, facts: Facts, deps: Deps): Promise<void> {
  const { settings, clock, memory } = deps
  const { clientId } = settings
  const { region } = memory.livechat
  const learned = { ...rotated(known, settings.webhookSecret, clock.now()), ...(region && { region }) }
  const change = { known, url, learned, deps }
  const listed = valueOf(facts.webhooks)
  if (!listed) return leaveToOwner(change, facts.webhooks)
  const isCurrent = known.version === WEBHOOK_SET_VERSION && learned.secretHash === undefined
  const plan = planWebhooks(listed, { url, clientId, stored: known.registrations, isCurrent })
  await applyPlan(plan, change)
  await enableWebhooks(facts, deps)
}

type Change = { known: Setup; url: string; learned: Partial<Setup>; deps: Deps }

/** A token without the scope: the owner makes three webhooks by hand, and is told so once for each address. */
async function leaveToOwner(
  { known, url, learned, deps: { setup, log } }: Change,
  refused: Outcome<unknown> | undefined,
): Promise<void> {
  if (!isForbidden(refused)) throw new RuntimeError(SETUP_PROBLEMS.webhooksNotRegistered)
  if (known.manualUrl !== url) log.warn(`${NOTES.webhooksByHand} ${url}`)
  await setup.change(known, { ...learned, manualUrl: url })
}

/** New before old. What is registered is stored before anything is removed: a crash in between leaves nothing unknown. */
async function applyPlan(plan: WebhookPlan, change: Change): Promise<void> {
  const { known, url, learned, deps } = change
  const { settings, livechat, setup, log } = deps
  const { webhookSecret, clientId } = settings
  const added = await addWebhooks(plan, { url, secretKey: webhookSecret, clientId }, livechat.configuration)
  if (added.removed.length > 0) log.warn(NOTES.webhookGap)
  if (added.failed.some(({ webhook }) => webhook.isEssential)) {
    await undo(plan, added, change)
    return giveUp(added, change)
  }
  tellFailed(NOTES.webhookLeftOut, added, log)

  const old = plan.remove.filter((webhook) => !added.removed.includes(webhook))
  const current = [...plan.keep, ...added.registered]
  // An old one with today's address and app is found by the address; stored here it would count as up to date.
  const isFound = (other: Registration) => other.url === url && other.clientId === clientId
  const stored = (others: Registration[]) => [...current, ...others.filter((other) => !isFound(other))]
  const saved = await setup.change(known, {
    ...learned,
    version: WEBHOOK_SET_VERSION,
    registrations: stored(old),
    ...(known.manualUrl && { manualUrl: '' }),
  })
  const left = await removeOrTell(old, deps)
  await setup.change(saved, { registrations: stored(left) })
}

/** Half a set of webhooks is none: what was there before stays, and its secret stays accepted. */
async function undo(plan: WebhookPlan, added: Added, { known, deps }: Change): Promise<void> {
  const replaced = new Set(added.removed.map(({ action }) => action))
  const left = await removeOrTell(
    added.registered.filter(({ action }) => !replaced.has(action)),
    deps,
  )
  if (replaced.size > 0 || left.length > 0) {
    const replacements = added.registered.filter(({ action }) => replaced.has(action))
    const old = plan.remove.filter((webhook) => !added.removed.includes(webhook))
    await deps.setup.change(known, { version: '', registrations: [...plan.keep, ...old, ...replacements, ...left] })
  }
}

/** A token may be allowed to see webhooks and not to make them; what it made before is not for the owner to repeat. */
async function giveUp(added: Added, change: Change): Promise<void> {
  const refused = added.failed.map(({ error }) => ({ error }))
  if (change.known.registrations.length === 0 && refused.every(isForbidden) && !refused.some(isForeignApp)) {
    return leaveToOwner(change, refused[0])
  }
  tellFailed(NOTES.webhookRefused, added, change.deps.log)
  if (refused.some(({ error }) => isFull(error))) throw new RuntimeError(SETUP_PROBLEMS.webhookLimit)
  const problem = refused.some(isForeignApp) ? SETUP_PROBLEMS.clientIdForeign : SETUP_PROBLEMS.webhooksNotRegistered
  throw new RuntimeError(problem)
}

function tellFailed(note: string, { failed }: Added, log: Deps['log']): void {
  for (const { webhook, error } of failed) log.warn(`${note} ${webhook.action} (${describe(error)})`)
}

/** Returns those that are still there. */
export async function removeOrTell(webhooks: Registration[], { livechat, log }: Deps): Promise<Registration[]> {
  const { left, error } = await removeWebhooks(webhooks, livechat.configuration)
  const names = left.map(({ action, id }) => `${action} ${id}`).join(', ')
  if (left.length > 0) log.warn(`${NOTES.webhooksLeftBehind} ${names} (${describe(error)})`)
  return left
}

/** Enabled is what they are after the app is installed; it is documented to undo a switching off only (contract 8.1). */
async function enableWebhooks({ webhooksState }: Facts, { livechat: { configuration }, log }: Deps): Promise<void> {
  if (valueOf(webhooksState)?.enabled !== false) return
  try {
    await configuration.enableLicenseWebhooks()
    if ((await configuration.getLicenseWebhooksState()).enabled) return
  } catch (error) {
    log.warn(`The webhooks of the app could not be enabled: ${describe(error)}`)
  }
  log.warn(NOTES.webhooksDisabled)
}
