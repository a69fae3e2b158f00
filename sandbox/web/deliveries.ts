import { z } from 'zod'
import type { Exchange } from '../http/wire'
import { sentenceOf } from './story/tell'
import type { Delivery } from './view'

/** How far each message of the customer has come, by its id; a message that has arrived is not in it. */
export type Deliveries = ReadonlyMap<string, Delivery>

const Passed = z.object({ message: z.object({ id: z.string() }) })
const Event = z.object({ messageId: z.string(), sentence: z.string().optional() })

type Source = {
  /** The requests that Botpress has made, among them those that pass the customer's messages on. */
  exchanges: readonly Exchange[]
  /** The customer's message of which a message is the copy that the HITL plugin made. */
  originOf: (copyId: string) => string
  /** Payloads of the event `messageNotDelivered`. */
  notDelivered: readonly unknown[]
}

/** Follows the customer's messages to the integration. One that was sent more than once has arrived when it was taken once. */
export function deliveriesOf({ exchanges, originOf, notDelivered }: Source): Deliveries {
  const arrived = new Set<string>()
  const found = new Map<string, Delivery>()
  for (const exchange of exchanges) {
    const copy = exchange.operation.startsWith('message/') ? Passed.safeParse(exchange.requestBody).data : undefined
    if (!copy) continue
    const id = originOf(copy.message.id)
    const delivery = deliveryBy(exchange)
    if (delivery) found.set(id, delivery)
    else arrived.add(id)
  }
  for (const payload of notDelivered) {
    const event = Event.safeParse(payload).data
    if (event) found.set(originOf(event.messageId), refused(event.sentence ?? 'No reason is given.'))
  }
  for (const id of arrived) found.delete(id)
  return found
}

function deliveryBy({ status, endedAt, responseBody }: Exchange): Delivery | undefined {
  if (endedAt === undefined) return { state: 'sending' }
  if (status === undefined) return { state: 'uncertain', reason: 'The integration gave no answer.' }
  return status < 300 ? undefined : refused(sentenceOf(responseBody))
}

/** The integration's own sentence says whether the message may have arrived all the same. */
function refused(sentence: string): Delivery {
  const [, maybe, reason] = /^Message (maybe )?not delivered: (.*)$/s.exec(sentence) ?? []
  return { state: maybe === undefined ? 'failed' : 'uncertain', reason: capitalized(reason ?? sentence) }
}

const capitalized = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)
