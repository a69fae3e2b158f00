import { randomUUID } from 'node:crypto'
import type { LiveChatApi } from '../livechat/api'
import { describe, type Log } from '../log'
import { refusal, SETTING_PROBLEMS, type Refusal } from '../problems'
import type { Settings } from '../settings'
import type { Registration, Setup, SetupState } from '../setup-state'
import { isForeignApp } from './app-findings'
import type { Facts, Outcome } from './facts'
import { isForbidden, repeated, valueOf } from './finding'
import { NOTES } from './notes'
import { removeOrLog } from './remove-webhooks'
import { WEBHOOK_SET_VERSION, webhooksFor } from './webhook-set'
import { addWebhooks, isFull, isUpToDate, planWebhooks, type Added, type WebhookPlan } from './webhooks'

/** `learned` is stored whatever becomes of the webhooks; a new secret in it makes all registrations out of date. */
type Save = { known: Setup; learned: Partial<Setup>; url: string; facts: Facts }
type Connecting = {
  settings: Settings
  livechat: Pick<LiveChatApi, 'configuration'>
  setup: Pick<SetupState, 'change' | 'changeIfNewest'>
  log: Log
}

/** Brings LiveChat's webhooks up to date, or says how to create them by hand. Throws `Refusal`. */
export async function connectWebhooks(save: Save, deps: Connecting): Promise<void> {
  const { known, learned, facts } = save
  const listed = valueOf(facts.webhooks)
  if (!listed) return leaveToOwner(facts.webhooks, save, deps)
  const isCurrent = known.version === WEBHOOK_SET_VERSION && learned.secretHash === undefined
  const current = isCurrent ? known.registrations : []
  const plan = planWebhooks(listed, { ...targetOf(save, deps), current })
  if (isUpToDate(plan)) await deps.setup.change({ ...learned, registrations: plan.keep })
  else await replaceWebhooks(current, save, deps)
  await enableWebhooks(facts, deps)
}

function targetOf({ known, url }: Save, { settings }: Connecting) {
  return { url, clientId: settings.clientId, wanted: webhooksFor(settings), stored: known.registrations }
}

/** A token without the scope: the owner creates three webhooks by hand, and reads so once for each address. */
async function leaveToOwner(refused: Outcome<unknown> | undefined, save: Save, deps: Connecting): Promise<void> {
  const { known, learned, url } = save
  if (!isForbidden(refused)) throw refusal('webhooksNotRegistered')
  if (known.manualUrl !== url) deps.log.warn(`${NOTES.webhooksByHand} ${url}`)
  await deps.setup.change({ ...learned, manualUrl: url })
}

/**
 * New before old: nothing is lost in between. What is registered is stored before anything is removed, so a crash leaves
 * nothing unknown. Another process may serve another save at the same time, and LiveChat does not show which secret a
 * webhook has. So each save marks itself as the newest first, lists again after it has registered, and only the one that
 * is still the newest then removes all others; an older one removes what it registered itself.
 */
async function replaceWebhooks(current: readonly Registration[], save: Save, deps: Connecting): Promise<void> {
  const { known, learned, url } = save
  const { setup, log, settings } = deps
  const saveId = randomUUID()
  await setup.change({ saveId })
  const { plan, added } = await registerMissing(current, save, deps)
  if (added.removed.length > 0) log.warn(NOTES.webhookGap)
  if (isIncomplete(added)) {
    await rollBack(plan, added, deps)
    return giveUp(added, save, deps)
  }
  logFailed(NOTES.webhookLeftOut, added, log)

  // An old one with today's address and app is found by the address; stored here it would count as up to date.
  const isFound = (other: Registration) => other.url === url && other.clientId === settings.clientId
  const stored = (others: Registration[]) => [...plan.keep, ...others.filter((other) => !isFound(other))]
  const isNewest = await setup.changeIfNewest(saveId, {
    ...learned,
    version: WEBHOOK_SET_VERSION,
    registrations: stored(plan.remove),
    ...(known.manualUrl && { manualUrl: '' }),
  })
  if (!isNewest) return leaveToNewer(added, deps)
  const left = await removeOrLog(plan.remove, deps)
  await setup.changeIfNewest(saveId, { registrations: stored(left) })
}

/** How often the list is read: once to register, once to see what another save did, once for what that one removed. */
const MAX_ROUNDS = 3

/** Registers what is missing until LiveChat's list has all of it. The plan is that of the last list. */
async function registerMissing(current: readonly Registration[], save: Save, deps: Connecting) {
  const { settings, livechat } = deps
  const { webhookSecret: secretKey } = settings
  const target = targetOf(save, deps)
  const all: Added = { registered: [], removed: [], failed: [] }
  for (let round = 1; ; round += 1) {
    const listed = await listAgain(all, save, deps)
    const plan = planWebhooks(listed, { ...target, current: [...current, ...all.registered] })
    const isTried = ({ action }: { action: string }) => all.failed.some(({ webhook }) => webhook.action === action)
    if (round === MAX_ROUNDS || plan.add.every(isTried)) return { plan, added: all }
    const added = await addWebhooks(plan, { ...target, secretKey }, livechat.configuration)
    all.registered.push(...added.registered)
    all.removed.push(...added.removed)
    all.failed = added.failed
    if (isIncomplete(all)) return { plan, added: all }
  }
}

/**
 * LiveChat's list with what this save registered: a change takes up to 2 minutes there, so the list may lag behind. While
 * LiveChat does not answer, the list of before counts.
 */
async function listAgain({ registered, removed }: Added, { facts }: Save, { livechat, log }: Connecting) {
  const listed = await livechat.configuration.listWebhooks().catch((error: unknown) => {
    log.warn(`The webhooks were not listed again: ${describe(error)}`)
    return valueOf(facts.webhooks) ?? []
  })
  const gone = new Set(removed.map(({ id }) => id))
  const unlisted = registered.filter(({ id }) => !listed.some((webhook) => webhook.id === id))
  return [...listed.filter(({ id }) => !gone.has(id)), ...unlisted]
}

const isIncomplete = ({ failed }: Added) => failed.some(({ webhook }) => webhook.isEssential)

/** Those that took the place of an old one stay: their secret is the configured one, and the newer save replaces them. */
async function leaveToNewer(added: Added, deps: Connecting): Promise<void> {
  deps.log.info(NOTES.newerSave)
  await removeOrLog(withoutReplacements(added), deps)
}

function withoutReplacements({ registered, removed }: Added): Registration[] {
  return registered.filter(({ action }) => !removed.some((old) => old.action === action))
}

/** Half a set of webhooks is none: what was there before stays, and its secret stays accepted. */
async function rollBack(plan: WebhookPlan, added: Added, deps: Connecting): Promise<void> {
  const ours = new Set(added.registered.map(({ id }) => id))
  const additions = withoutReplacements(added)
  const replacements = added.registered.filter((webhook) => !additions.includes(webhook))
  const left = await removeOrLog(additions, deps)
  if (replacements.length === 0 && left.length === 0) return
  const gone = new Set(added.removed.map(({ id }) => id))
  const before = [...plan.keep, ...plan.remove].filter(({ id }) => !ours.has(id) && !gone.has(id))
  await deps.setup.change({ version: '', registrations: [...before, ...replacements, ...left] })
}

/** A token may be allowed to see webhooks but not to register them. What it registered before is not for the owner to repeat. */
async function giveUp(added: Added, save: Save, deps: Connecting): Promise<void> {
  const refused = added.failed.map(({ error }) => ({ error }))
  if (save.known.registrations.length === 0 && refused.every(isForbidden) && !refused.some(isForeignApp)) {
    return leaveToOwner(refused[0], save, deps)
  }
  logFailed(NOTES.webhookRefused, added, deps.log)
  throw refusalOf(refused, deps)
}

function refusalOf(refused: { error: unknown }[], { settings }: Connecting): Refusal {
  if (refused.some(({ error }) => isFull(error))) return refusal('webhookLimit')
  if (!refused.some(isForeignApp)) return refusal('webhooksNotRegistered')
  return refusal('settingsNeedAttention', [SETTING_PROBLEMS.clientIdForeign(repeated('clientId', settings))])
}

function logFailed(note: string, { failed }: Added, log: Log): void {
  for (const { webhook, error } of failed) log.warn(`${note} ${webhook.action} (${describe(error)})`)
}

/** They are enabled once the app is installed. The method is documented to undo a disabling only (enable_license_webhooks). */
async function enableWebhooks({ webhooksState }: Facts, { livechat, log }: Connecting): Promise<void> {
  const { configuration } = livechat
  if (valueOf(webhooksState)?.enabled !== false) return
  try {
    await configuration.enableLicenseWebhooks()
    if ((await configuration.getLicenseWebhooksState()).enabled) return
  } catch (error) {
    log.warn(`The webhooks of the app could not be enabled: ${describe(error)}`)
  }
  log.warn(NOTES.webhooksDisabled)
}
