import { z } from 'zod'
import { quoted, type Telling } from './telling'

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
      return bot(`The bot learns why the chat ended: ${reason(event.payload)}`, event.type)
    case 'agentOpenedChat':
      return { who: 'bot', text: 'The bot learns what an agent writes (agentOpenedChat):', ...words(event.payload) }
    case 'chatSummarized':
      return { who: 'bot', text: 'The bot gets LiveChat’s summary (chatSummarized):', ...words(event.payload) }
    case 'messageNotDelivered':
      return { who: 'trouble', text: 'The bot learns that a message was not delivered (messageNotDelivered).' }
    default:
      return undefined
  }
}

const bot = (text: string, type: string): Telling => ({ who: 'bot', text: `${text} (${type}).` })

const words = ({ text }: Record<string, unknown>) => quoted(typeof text === 'string' ? text : undefined)

function reason({ reason: why, command }: Record<string, unknown>): string {
  return typeof command === 'string' ? `${String(why)}, with the command “${command}”` : String(why)
}

/** The place may be the same as before when the customer has just written. */
function place({ position, asked }: Record<string, unknown>): string {
  const number = typeof position === 'number' ? `: ${position}` : ''
  return asked === true ? `${number}, as the customer has written` : number
}
