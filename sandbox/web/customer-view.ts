import { z } from 'zod'
import type { Botpress, Customer, Seen } from '../botpress'
import { contentsOfMessage } from './content'
import type { Deliveries } from './deliveries'
import type { ChatLine } from './view'

/** The customer's window: what was said on the Botpress side, one line for each bubble. */
export function customerLines(customer: Customer, ownName: string, deliveries: Deliveries): ChatLine[] {
  return customer.sees().flatMap((seen) => {
    const delivery = deliveries.get(seen.id)
    return contentsOfMessage(seen).map((content, index) => ({
      id: `${seen.id}-${index}`,
      from: seen.from,
      author: authorOf(seen, ownName),
      at: seen.createdAt,
      content,
      ...(delivery && { delivery }),
    }))
  })
}

function authorOf({ from, name }: Seen, ownName: string): string {
  if (from === 'bot') return 'Bot'
  if (from === 'customer') return ownName === '' ? 'You' : ownName
  return name ?? 'Agent'
}

const Offer = z.object({ eventId: z.string(), choices: z.array(z.object({ label: z.string() })) })

/**
 * Labels of the choice that is open in a handoff: the integration keeps the buttons as its state `choice`, and its tag
 * `openChoice` begins with the event that offered them for as long as the customer may answer.
 */
export function openChoices(botpress: Pick<Botpress, 'stateOf' | 'store'>, conversationId: string): string[] {
  const offer = Offer.safeParse(botpress.stateOf('conversation', conversationId, 'choice')).data
  const tags = Object.entries(botpress.store.conversations.get(conversationId)?.object.tags ?? {})
  const open = tags.find(([name]) => name.endsWith(':openChoice'))?.[1] ?? ''
  return offer && open.startsWith(offer.eventId) ? offer.choices.map(({ label }) => label) : []
}
