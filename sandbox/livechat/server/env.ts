import type { HttpBindings } from '@hono/node-server'
import type { Exchange } from '../../http/wire'

/** What each request of the emulator carries along: Node's own objects, and its line on the wire. */
export type Env = { Bindings: HttpBindings; Variables: { exchange: Exchange } }
