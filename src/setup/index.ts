import { RuntimeError } from '@botpress/client'
import type { IntegrationProps } from '../bp'
import { isOurRefusal, SETUP_PROBLEMS } from '../problems'
import { wire } from '../wiring'
import { connectWebhooks } from './connect-webhooks'
import { disconnectWebhooks } from './disconnect-webhooks'
import { NOTES } from './notes'
import { proveSettings } from './prove'
import { ONLY } from './rotation'

/** An owner waits for this, so a LiveChat that does not answer is told after this time, in milliseconds. */
const TIME_FOR_PROOF_MS = 10_000
const TIME_FOR_WEBHOOKS_MS = 30_000
const TIME_FOR_REMOVAL_MS = 10_000

/** The configuration was saved: every setting is proved, and LiveChat's webhooks are made to fit. May run at any time. */
export const register: IntegrationProps['register'] = async (props) => {
  const { webhookUrl } = props
  const known = await savedOrNot(wire(props, TIME_FOR_PROOF_MS).setup.load())
  // Wired again, because the clients below are made for a region.
  wire(props, TIME_FOR_PROOF_MS).memory.livechat.region ??= known.region
  const deps = wire(props, TIME_FOR_PROOF_MS)
  if (webhookUrl !== deps.redirectUri) deps.log.warn(NOTES.webhookUrlDiffers)
  const facts = await proveSettings(deps)
  await savedOrNot(connectWebhooks(known, webhookUrl, facts, wire(props, TIME_FOR_WEBHOOKS_MS)))
  deps.memory.storedSecrets.delete(ONLY)
}

/** The integration is removed: what `register` made goes too. Never fails, or the owner could not remove it. */
export const unregister: IntegrationProps['unregister'] = async (props) => {
  const deps = wire(props, TIME_FOR_REMOVAL_MS)
  await disconnectWebhooks(props.webhookUrl, deps)
}

/** A refusal or an unreadable answer of Botpress, told in our words; the platform would show its own. */
async function savedOrNot<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw isOurRefusal(error) ? error : new RuntimeError(SETUP_PROBLEMS.setupStateFailed)
  }
}
