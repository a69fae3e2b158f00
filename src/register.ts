import type { IntegrationProps } from './bp'
import type { Deadline } from './clock'
import { describe, type Log } from './log'
import { isRefusal, refusal } from './problems'
import type { Setup } from './setup-state'
import { connectWebhooks } from './setup/connect-webhooks'
import { disconnectWebhooks } from './setup/disconnect-webhooks'
import { NOTES } from './setup/notes'
import { probeOf } from './setup/probe'
import { verifySettings } from './setup/verify-settings'
import { savedWith } from './webhook/clients'
import { rotated } from './webhook/secrets'
import { forgetStoredSetup } from './webhook/stored-setup'
import { wire, type Deps } from './wiring'

/** An owner hears within 10 s that LiveChat does not answer; the rest is for what stands around the verification. */
const TIME_FOR_VERIFICATION_MS = 9500
const TIME_FOR_WEBHOOKS_MS = 20_000
const TIME_FOR_REMOVAL_MS = 10_000

/** The platform's own limit ends a wait for an earlier save. */
const NO_LIMIT: Deadline = { leftMs: () => Infinity }

/** Saves and removals of an installation wait for each other, under one key. */
const SINGLE_KEY = 'only'

/** The configuration was saved: verifies every setting, and brings LiveChat's webhooks up to date. May run at any time. */
export const register: IntegrationProps['register'] = (props) => {
  const deps = wire(props, TIME_FOR_VERIFICATION_MS)
  return oneAtATime(deps, () => connect(props.webhookUrl, deps))
}

/** The integration is removed, and what `register` made with it. Never fails: the owner could not remove it then. */
export const unregister: IntegrationProps['unregister'] = (props) => {
  const deps = wire(props, TIME_FOR_REMOVAL_MS)
  return oneAtATime(deps, () => {
    deps.deadline.restart(TIME_FOR_REMOVAL_MS)
    return disconnectWebhooks(props.webhookUrl, deps)
  })
}

/** Two saves at once would both find no webhooks, and each would register all of them. */
function oneAtATime({ memory }: Deps, work: () => Promise<void>): Promise<void> {
  return memory.setupLock.run(SINGLE_KEY, NO_LIMIT, work)
}

async function connect(webhookUrl: string, deps: Deps): Promise<void> {
  const { deadline, log, memory, redirectUri, setup } = deps
  deadline.restart(TIME_FOR_VERIFICATION_MS)
  const known = await savedOrNot(setup.load(), log)
  for (const [named, wanted] of Object.entries(known.regions ?? {})) {
    if (!memory.regions.has(named)) memory.regions.set(named, wanted)
  }
  if (webhookUrl !== redirectUri) log.warn(NOTES.webhookUrlDiffers)
  const facts = await verifySettings({ ...deps, probe: probeOf(deps) }, log)
  deadline.restart(TIME_FOR_WEBHOOKS_MS)
  const learnedNow = { ...learned(known, deps), ...(await unifiedSpellings(known, deps)) }
  await savedOrNot(connectWebhooks({ known, learned: learnedNow, url: webhookUrl, facts }, deps), log)
  forgetStoredSetup(deps)
}

/** What a save adds to the stored set-up, whatever becomes of the webhooks. */
function learned(known: Setup, { settings, clock, memory }: Deps): Partial<Setup> {
  const now = clock.now()
  return {
    ...rotated(known, settings.webhookSecret, now),
    ...savedWith(settings.clientId, known, now),
    ...(memory.regions.size > 0 && { regions: Object.fromEntries(memory.regions) }),
  }
}

/** Once for an installation: customers stay the same people when their address is spelled in another way. */
async function unifiedSpellings({ spellings }: Setup, { endUsers, deadline, log }: Deps): Promise<Partial<Setup>> {
  if (spellings) return { spellings }
  try {
    return (await endUsers.unifySpellings(deadline, TIME_FOR_WEBHOOKS_MS / 2)) ? { spellings: 'unified' } : {}
  } catch (error) {
    log.warn(`Addresses of customers keep their old spelling until the next save: ${describe(error)}`)
    return {}
  }
}

/** A refusal or an unreadable answer of Botpress, in our words; the platform would show its own. */
async function savedOrNot<T>(work: Promise<T>, log: Log): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isRefusal(error)) throw error
    log.failed('The set-up was not saved', error)
    throw refusal('setupStateFailed')
  }
}
