import { actions } from './actions'
import * as bp from './bp'
import { channels } from './channels/hitl'
import { register, unregister } from './register'
import { reporting } from './reporting/reporting'
import { handler } from './webhook/handler'
import { reporter } from './wiring'

export default new bp.Integration(reporting({ register, unregister, actions, channels, handler }, reporter))
