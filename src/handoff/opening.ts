import type { Opening } from '../livechat/api'
import { MAX_OPENING_EVENTS, MAX_TEXT_BYTES } from '../livechat/limits'
import type { OutgoingEvent } from '../livechat/types'
import type { EndUser } from '../session/end-users'
import type { CustomerIdentity } from '../session/identities'
import type { HistoryItem } from '../translate/hitl-message'
import { maskFor } from '../translate/mask'
import { maxHistory, permittedName } from '../translate/privacy'
import type { SessionOptions } from '../translate/session-options'
import type { StartInput } from './start-types'
import { openingCustomId } from '../translate/start-key'
import { summaryLines } from '../translate/summary'
import { newestItems, openingTexts } from '../translate/transcript'
import type { Words } from '../translate/words'
import type { Deps } from '../wiring'
import { groupOfStart } from './group'
import { type OpeningFile, openingFiles } from './opening-files'
import { whoStarts, type WhoStarts } from './who-starts'

export type OpeningContext = {
  startKey: string
  identity: CustomerIdentity
  user: EndUser
  options: SessionOptions
  isReplaced: boolean
}

/**
 * What the agent reads first, as messages: that LiveChat shows a `system_message` of our own type is not documented, and
 * an agent must see every word. Each says whose words it holds. The customer's newest media follow the transcript as
 * files, before the customer's newest words.
 */
export async function openingOf(input: StartInput, context: OpeningContext, deps: Deps): Promise<Opening> {
  const { userId } = input
  const { options } = context
  const privacy = deps.privacyOf(options)
  const shown = newestItems(input.messageHistory, maxHistory(privacy))
  const [names, group, files] = await Promise.all([
    speakers(shown, context, input, deps),
    groupOfStart(options, deps),
    openingFiles(shown, { userId, identity: context.identity, mask: maskFor(privacy.mask) }, deps),
  ])
  const contents = { ...context, names, missedGroup: group.missed }
  const events = openingEvents(input, { ...contents, files }, deps)
  const withoutFiles = files.length > 0 ? openingEvents(input, { ...contents, files: [] }, deps) : undefined
  const whenNobody = options.whenNobodyIsAvailable ?? deps.settings.whenNobodyIsAvailable
  return {
    groupId: group.id,
    events,
    ...(withoutFiles && { eventsWithoutFiles: withoutFiles }),
    continuous: whenNobody === 'queue',
  }
}

type Contents = OpeningContext & {
  names: Record<string, string>
  missedGroup?: string | undefined
  files: OpeningFile[]
}

function openingEvents(input: StartInput, contents: Contents, deps: Deps) {
  const { startKey, options, names, files } = contents
  const { toAgent } = deps.wordsFor(options)
  const { texts, own } = openingTexts({
    summary: summaryLines(options, toAgent),
    title: input.title,
    description: input.description,
    history: input.messageHistory,
    attached: new Map(files.map(({ source, fileName }) => [source, fileName])),
    notices: noticesOf(contents, deps),
    speakers: names,
    mapLink: deps.settings.mapLink,
    maxHistory: maxHistory(deps.privacyOf(options)),
    customerUserId: input.userId,
    words: toAgent,
    maxBytes: MAX_TEXT_BYTES,
    maxEvents: MAX_OPENING_EVENTS - 1 - files.length,
  })
  const message = (text: string) => ({ type: 'message', text }) as const
  const events = [
    ...texts.map(message),
    ...files.map(({ url }) => ({ type: 'file', url }) as const),
    ...own.map(message),
  ]
  return events.map((event, index): OutgoingEvent => ({ ...event, customId: openingCustomId(startKey, index) }))
}

/** What an agent should know of who this is and where they belong. The name is one of two, and the address proves neither. */
function noticesOf({ user, options, isReplaced, missedGroup }: Contents, deps: Deps): string[] {
  const { toAgent } = deps.wordsFor(options)
  const { name: known, given } = user
  const other = given?.name ?? given?.formerName
  return [
    ...(isReplaced ? [toAgent.say('otherCustomer')] : []),
    ...(known && other && deps.privacyOf(options).sendName
      ? [nameNotice({ known, other }, whoStarts(user, deps), toAgent)]
      : []),
    ...(missedGroup === undefined ? [] : [toAgent.say('wantedGroup', { name: missedGroup })]),
  ]
}

function nameNotice({ known, other }: { known: string; other: string }, who: WhoStarts, words: Words): string {
  return who === 'another'
    ? words.say('otherName', { name: other, known })
    : words.say('sharedAddress', { name: other })
}

/** Names are needed only when several people spoke. */
async function speakers(
  shown: HistoryItem[],
  { user, options }: OpeningContext,
  { userId }: StartInput,
  { people, privacyOf }: Deps,
): Promise<Record<string, string>> {
  const privacy = privacyOf(options)
  if (!privacy.sendName) return {}
  const others = [...new Set(shown.map(authorOf))].filter((id) => id !== undefined && id !== userId)
  const names = await Promise.all(others.map(async (id) => [id, await people.nameOf(id ?? '')] as const))
  const all = [[userId, user.name] as const, ...names].map(([id, name]) => [id, permittedName(name, privacy)] as const)
  return Object.fromEntries(all.filter((pair): pair is readonly [string, string] => Boolean(pair[1])))
}

/** The wire is looser than the schema: a history item may come without a readable source. */
function authorOf({ source }: HistoryItem): string | undefined {
  return source?.type === 'user' ? source.userId : undefined
}
