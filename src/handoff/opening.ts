import type { Opening } from '../livechat/api'
import { MAX_OPENING_EVENTS, MAX_TEXT_BYTES } from '../livechat/limits'
import type { HistoryItem } from '../translate/hitl-message'
import type { SessionOptions } from '../translate/session-options'
import type { StartInput } from './start-types'
import { openingCustomId } from '../translate/start-key'
import { openingTexts } from '../translate/transcript'
import type { Deps } from '../wiring'

export type OpeningContext = {
  startKey: string
  customerName?: string
  options: SessionOptions
  isReplaced: boolean
}

/**
 * What the agent reads first, as messages: that LiveChat shows a `system_message` of our own type is not documented, and
 * an agent must see every word. Each says whose words it holds.
 */
export async function openingOf(input: StartInput, context: OpeningContext, deps: Deps): Promise<Opening> {
  const { startKey, options, isReplaced } = context
  const { texts, own } = openingTexts({
    title: input.title,
    description: input.description,
    history: input.messageHistory,
    notices: isReplaced ? [deps.words.say('otherCustomer')] : [],
    speakers: await speakers(input, context, deps),
    customerUserId: input.userId,
    words: deps.words,
    maxBytes: MAX_TEXT_BYTES,
    maxEvents: MAX_OPENING_EVENTS - 1,
  })
  const events = [...texts, ...own].map((text, index) => ({
    type: 'message' as const,
    text,
    customId: openingCustomId(startKey, index),
  }))
  const whenNobody = options.whenNobodyIsAvailable ?? deps.settings.whenNobodyIsAvailable
  return { groupId: options.groupId ?? deps.settings.groupId, events, continuous: whenNobody === 'queue' }
}

/** Names are needed only when several people spoke. */
async function speakers(
  { userId, messageHistory }: StartInput,
  { customerName }: OpeningContext,
  { people }: Deps,
): Promise<Record<string, string>> {
  const others = [...new Set(messageHistory.map(authorOf))].filter((id) => id !== undefined && id !== userId)
  const names = await Promise.all(others.map(async (id) => [id, await people.nameOf(id ?? '')] as const))
  const all = [[userId, customerName] as const, ...names]
  return Object.fromEntries(all.filter((pair): pair is readonly [string, string] => Boolean(pair[1])))
}

/** The wire is looser than the schema: a history item may come without a readable source. */
function authorOf({ source }: HistoryItem): string | undefined {
  return source?.type === 'user' ? source.userId : undefined
}
