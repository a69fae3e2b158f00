import { z } from 'zod'
import type { Telling } from './telling'

const Created = z.object({ type: z.string(), payload: z.record(z.string(), z.unknown()).catch({}) })

/** What an event of the integration tells the bot, in a sentence; `undefined` for events that the story leaves out. */
export function tellEvent(body: unknown): Telling | undefined {
  const event = Created.safeParse(body).data
  switch (event?.type) {
    case 'hitlAssigned':
      return bot('The bot learns who is there', event.type)
    case 'hitlStopped':
      return bot('The bot takes over again', event.type)
    case 'queueChanged':
      return bot(`The bot learns the place in the queue${place(event.payload)}`, event.type)
    case 'chatEnded':
      return bot(`The bot learns why the chat ended: ${String(event.payload['reason'])}`, event.type)
    case 'messageNotDelivered':
      return { who: 'trouble', text: 'The bot learns that a message was not delivered (messageNotDelivered).' }
    default:
      return undefined
  }
}

const bot = (text: string, type: string): Telling => ({ who: 'bot', text: `${text} (${type}).` })

function place({ position }: Record<string, unknown>): string {
  return typeof position === 'number' ? `: ${position}` : ''
}
