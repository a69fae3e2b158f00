import { isRegisteredSecret } from '../setup/rotation'
import type { Deps } from '../wiring'
import { sameSecret } from './secret-hash'

/** Whether a delivery's secret is the configured one, or one that LiveChat may still send after it was changed. */
export async function acceptsSecret(given: string, deps: Deps): Promise<boolean> {
  return sameSecret(given, deps.settings.webhookSecret) || isRegisteredSecret(given, deps)
}
