import type { HttpBindings } from '@hono/node-server'
import type { Exchange } from '../../http/wire'
import type { Outbox } from '../world/world'

/** What each request of the emulator carries along: Node's own objects, its line on the wire, and the webhooks it causes. */
export type Env = { Bindings: HttpBindings; Variables: { exchange: Exchange; outbox: Outbox } }
