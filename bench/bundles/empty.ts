// What every integration of this SDK weighs before it does anything.
import { Integration } from '@botpress/sdk'

const nothing = () => Promise.resolve()

export default new Integration({ register: nothing, unregister: nothing, actions: {}, channels: {}, handler: nothing })
