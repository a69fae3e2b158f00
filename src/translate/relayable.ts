import { isUuid } from '../livechat/ids'
import type { IncomingEvent } from '../livechat/types'
import { CUSTOM_ID_PREFIX } from './custom-id'
import { commandIn, type HandBackSettings } from './hand-back'

type AuthorKind = 'system' | 'customer' | 'bot' | 'human'
type NotRelayed = 'note' | 'echo' | 'system' | 'welcome' | 'bot' | 'customer' | 'not-a-message' | 'unknown-type'
type Relayable = { relay: true } | { relay: false; reason: NotRelayed } | ToTheBot
/** An agent's word to the bot, in a message or a note: never shown to the customer. */
type ToTheBot = { relay: false; reason: 'command'; command: string }

const BOT_ID = /^[0-9a-f]{32}$/i

/** Who wrote an event: LiveChat's router has no id, a customer a UUID, a bot 32 hex digits, a person an e-mail. */
export function authorKind(authorId: string | undefined): AuthorKind {
  if (!authorId) return 'system'
  if (isUuid(authorId)) return 'customer'
  return BOT_ID.test(authorId) ? 'bot' : 'human'
}

/** `annotation` is gone from today's versions, but old webhook registrations may still send it. */
const NOT_MESSAGES = new Set(['form', 'filled_form', 'custom', 'annotation'])
const SYSTEM_TYPES = new Set(['system', 'system_message'])
const MESSAGES = new Set(['message', 'file', 'rich_message'])

/** Whether an event is a person's words to the customer; if not, why. */
export function relayable(event: IncomingEvent, settings: HandBackSettings): Relayable {
  const reason = reasonAgainst(event)
  const command = reason === undefined ? commandIn(event, settings) : undefined
  if (command !== undefined) return { relay: false, reason: 'command', command }
  if (isPrivate(event.visibility)) return { relay: false, reason: 'note' }
  return reason === undefined ? { relay: true } : { relay: false, reason }
}

function reasonAgainst(event: IncomingEvent): NotRelayed | undefined {
  if (SYSTEM_TYPES.has(event.type)) return 'system'
  if (NOT_MESSAGES.has(event.type) || event.deleted) return 'not-a-message'
  if (!MESSAGES.has(event.type)) return 'unknown-type'
  if (event.customId?.startsWith(CUSTOM_ID_PREFIX)) return 'echo'
  if (event.isWelcome) return 'welcome'
  const author = authorKind(event.authorId)
  return author === 'human' ? undefined : author
}

/** Absent means for everybody; a value that we do not know is taken for private, for a leak cannot be taken back. */
function isPrivate(visibility: string | undefined): boolean {
  return visibility !== undefined && visibility !== '' && visibility !== 'all'
}
