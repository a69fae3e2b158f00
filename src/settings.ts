import type { Context } from './bp'

export type Settings = {
  clientId: string
  organizationId: string
  webhookSecret: string
  agentToken: string
  groupId: number
  whenNobodyIsAvailable: 'queue' | 'refuse'
  language: string
  reportChatEnd: boolean
  markAsSeen: boolean
  /** Sentences of the owner's own; an empty one stays empty, which means "say nothing". */
  overrides: { queue?: string; edited?: string; botLabel?: string; agentNote?: string }
}

/**
 * The configuration as it is meant: spaces around pasted values gone, defaults filled in. The platform is not known to
 * apply the defaults of a schema, so they stand here.
 */
export function readSettings(given: Context['configuration']): Settings {
  return {
    clientId: text(given.clientId),
    organizationId: uuid(text(given.organizationId)),
    webhookSecret: text(given.webhookSecret),
    agentToken: text(given.agentToken),
    groupId: wholeNumber(given.groupId),
    whenNobodyIsAvailable: given.whenNobodyIsAvailable || 'queue', // a field left empty in a form may arrive as ''
    language: given.language ?? 'en',
    reportChatEnd: given.reportChatEnd ?? true,
    markAsSeen: given.markAsSeen ?? false,
    overrides: ownSentences(given),
  }
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** LiveChat writes UUIDs in lower case, in its webhooks too; some tools copy them in upper case. */
function uuid(given: string): string {
  return UUID.test(given) ? given.toLowerCase() : given
}

/** What is absent must not become group 0, which exists: `Number` makes 0 of null and of an empty text. */
function wholeNumber(given: unknown): number {
  if (typeof given === 'string' && given.trim() !== '') return Number(given)
  return typeof given === 'number' ? given : NaN
}

/** A setting may be missing although the schema requires it: an installation can be older than a field. */
function text(given: string | undefined): string {
  return (given ?? '').trim()
}

function ownSentences(given: Context['configuration']): Settings['overrides'] {
  return {
    ...(given.queueMessage !== undefined && { queue: given.queueMessage }),
    ...(given.editedMessage !== undefined && { edited: given.editedMessage }),
    ...(given.botLabel !== undefined && { botLabel: given.botLabel }),
    ...(given.agentNote !== undefined && { agentNote: given.agentNote }),
  }
}
