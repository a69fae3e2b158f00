import type { Operation } from '../operation'
import { conversationOperations } from './conversations'
import { eventOperations } from './events'
import { fileOperations } from './files'
import { incomingOperations } from './incoming'
import { installationOperations } from './installation'
import { messageOperations } from './messages'
import { participantOperations } from './participants'
import { stateOperations } from './states'
import { userOperations } from './users'

/** Every operation of the Runtime API that is answered. */
export const operations: Operation[] = [
  ...userOperations,
  ...conversationOperations,
  ...participantOperations,
  ...messageOperations,
  ...eventOperations,
  ...stateOperations,
  ...incomingOperations,
  ...installationOperations,
  ...fileOperations,
]
