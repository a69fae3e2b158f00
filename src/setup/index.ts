import { RuntimeError } from '@botpress/client'
import type { IntegrationProps } from '../bp'
import type { Deadline } from '../clock'
import type { Log } from '../log'
import { isOurRefusal, SETUP_PROBLEMS } from '../problems'
import { wire } from '../wiring'
import { connectWebhooks } from './connect-webhooks'
import { disconnectWebhooks } from './disconnect-webhooks'
import { NOTES } from './notes'
import { proveSettings } from './prove'
import { ONLY } from './rotation'

/** An owner is told within 10 s that LiveChat does not answer; the rest is for what stands around the proof. */
const TIME_FOR_PROOF_MS = 9500
const TIME_FOR_WEBHOOKS_MS = 20_000
const TIME_FOR_REMOVAL_MS = 10_000

/** The platform's own limit ends a wait for an earlier save. */
const WHENEVER: Deadline = { leftMs: () => Infinity }

/** The configuration was saved: every setting is proved, and LiveChat's webhooks are made to fit. May run at any time. */
export const register: IntegrationProps['register'] = (props) => oneAtATime(props, () => connect(props))

/** The integration is removed: what `register` made goes too. Never fails, or the owner could not remove it. */
export const unregister: IntegrationProps['unregister'] = (props) =>
  oneAtATime(props, () => disconnectWebhooks(props.webhookUrl, wire(props, TIME_FOR_REMOVAL_MS)))

type SetupProps = Parameters<IntegrationProps['register']>[0]

/** Two saves at once would both find no webhooks, and each would register all of them. */
function oneAtATime(props: SetupProps, work: () => Promise<void>): Promise<void> {
  return wire(props, 0).memory.setupLock.run(ONLY, WHENEVER, work)
}

async function connect(props: SetupProps): Promise<void> {
  const { webhookUrl } = props
  const { setup, memory, log } = wire(props, TIME_FOR_PROOF_MS)
  const known = await savedOrNot(setup.load(), log)
  memory.livechat.region ??= known.region
  const deps = wire(props, TIME_FOR_PROOF_MS) // again, because clients are made for a region
  if (webhookUrl !== deps.redirectUri) log.warn(NOTES.webhookUrlDiffers)
  const facts = await proveSettings(deps)
  await savedOrNot(connectWebhooks(known, webhookUrl, facts, wire(props, TIME_FOR_WEBHOOKS_MS)), log)
  memory.storedSecrets.delete(ONLY)
}

/** A refusal or an unreadable answer of Botpress, told in our words; the platform would show its own. */
async function savedOrNot<T>(work: Promise<T>, log: Log): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isOurRefusal(error)) throw error
    log.failed('The set-up was not saved', error)
    throw new RuntimeError(SETUP_PROBLEMS.setupStateFailed)
  }
}
