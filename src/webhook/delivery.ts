import * as z from 'zod/mini'
import { parseJson } from '../livechat/parse-json'
import { maybe, PropertiesShape } from '../livechat/shape'
import { Signal } from '../signal'

/** Longest body that is read, in characters. An `incoming_chat` holds a whole thread; nothing else comes near. */
const MAX_BODY_CHARACTERS = 2_000_000

/** LiveChat gets this status and nothing happens. 400: what came cannot be read. 401: it is not from LiveChat. */
export class RejectedDelivery extends Signal {
  override readonly name = 'RejectedDelivery'
  constructor(
    readonly status: 400 | 401,
    message: string,
  ) {
    super(message)
  }
}

/** Which apps agent and customer use in the chat, as far as the delivery tells. */
export type Source = { clientId?: string; customerClientId?: string }

/** What LiveChat reports, its payload unread. Holding one means that the secret matched. */
export type Delivery = { action: string; payload: unknown; source: Source }

const SourceProperty = z.object({ client_id: maybe(z.string()), customer_client_id: maybe(z.string()) })
const Signed = z.object({ secret_key: z.string() })
const Envelope = z.object({
  action: z.string(),
  organization_id: z.optional(z.unknown()),
  payload: z.unknown(),
  additional_data: maybe(z.object({ chat_properties: PropertiesShape })),
})

type Door = {
  isOurSecret: (given: string) => boolean | Promise<boolean>
  organizationId: string
}

/**
 * Text to delivery: JSON, secret, envelope, organization, in that order, since LiveChat identifies itself inside the body.
 * Only this function makes a `Delivery`. `undefined`: it is about another organization, and read no further. Throws
 * `RejectedDelivery`.
 */
export async function readDelivery(
  body: string | undefined,
  { isOurSecret, organizationId }: Door,
): Promise<Delivery | undefined> {
  const raw = readBody(body)
  const signed = z.safeParse(Signed, raw).data
  // A body without a readable secret says nothing about its sender: the same answer as for a wrong one.
  if (!signed || !(await isOurSecret(signed.secret_key))) throw new RejectedDelivery(401, 'wrong secret key')
  const envelope = z.safeParse(Envelope, raw).data
  if (!envelope) throw new RejectedDelivery(400, 'the envelope names no action')
  const { action, organization_id, payload } = envelope
  if (!isSame(organization_id ?? organizationId, organizationId)) return undefined // absent up to version 3.3
  const source = z.safeParse(SourceProperty, envelope.additional_data?.chat_properties?.['source']).data
  return { action, payload, source: { clientId: source?.client_id, customerClientId: source?.customer_client_id } }
}

/** People paste a UUID in capitals too. */
const isSame = (id: unknown, ours: string) => typeof id === 'string' && id.toLowerCase() === ours.toLowerCase()

function readBody(body: string | undefined): unknown {
  if (!body) throw new RejectedDelivery(400, 'the body is empty')
  if (body.length > MAX_BODY_CHARACTERS) throw new RejectedDelivery(400, 'the body is too long')
  const parsed = parseJson(body)
  if (!parsed) throw new RejectedDelivery(400, 'the body is not JSON')
  return parsed.value
}
