import { actions } from './actions'
import * as bp from './bp'
import { channels } from './channels/hitl'
import { reporting } from './reporting/reporting'
import { register, unregister } from './setup'
import { handler } from './webhook/handler'
import { reporter } from './wiring'

export default new bp.Integration(reporting({ register, unregister, actions, channels, handler }, reporter))
