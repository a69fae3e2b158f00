import type { IntegrationProps } from '../bp'
import { checkAvailability } from './check-availability'
import { checkSetup } from './check-setup'
import { createUser } from './create-user'
import { forgetInBotpress } from './forget-in-botpress'
import { getHandoff } from './get-handoff'
import { rateChat } from './rate-chat'
import { startHitl } from './start-hitl'
import { stopHitl } from './stop-hitl'

export const actions: IntegrationProps['actions'] = {
  createUser,
  startHitl,
  stopHitl,
  checkAvailability,
  checkSetup,
  getHandoff,
  rateChat,
  forgetInBotpress,
}
