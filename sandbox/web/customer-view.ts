import type { Customer, Seen } from '../botpress'
import { contentsOfMessage } from './content'
import type { ChatLine } from './view'

/** The customer's window: what was said on the Botpress side, one line for each bubble. */
export function customerLines(customer: Customer, ownName: string): ChatLine[] {
  return customer.sees().flatMap((seen) =>
    contentsOfMessage(seen).map((content, index) => ({
      id: `${seen.id}-${index}`,
      from: seen.from,
      author: authorOf(seen, ownName),
      at: seen.createdAt,
      content,
    })),
  )
}

function authorOf({ from, name }: Seen, ownName: string): string {
  if (from === 'bot') return 'Bot'
  if (from === 'customer') return ownName === '' ? 'You' : ownName
  return name ?? 'Agent'
}
