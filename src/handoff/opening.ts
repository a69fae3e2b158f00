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
import { splitText } from '../translate/split-text'
import { summaryLines } from '../translate/summary'
import { newestItems, openingTexts, type OpeningTexts } from '../translate/transcript'
import type { Words } from '../translate/words'
import type { Deps } from '../wiring'
import { groupOfStart } from './group'
import { type OpeningFile, openingFiles } from './opening-files'
import { whoStarts, type WhoStarts } from './who-starts'

type OpeningContext = {
  startKey: string
  identity: CustomerIdentity
  user: EndUser
  options: SessionOptions
  isReplaced: boolean
}

/** `brief`: the whole of it in one event, for an agent who has opened the thread already. */
export type HandoffOpening = Opening & { brief: OutgoingEvent }

/**
 * What the agent reads first, as messages: that LiveChat shows a `system_message` of our own type is not documented, and
 * an agent must see every word. Each says whose words it holds. The customer's newest media follow the transcript as
 * files, before the customer's newest words.
 */
export async function openingOf(input: StartInput, context: OpeningContext, deps: Deps): Promise<HandoffOpening> {
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
    brief: briefOf(input, { ...contents, files: [] }, deps),
  }
}

type Contents = OpeningContext & {
  names: Record<string, string>
  missedGroup?: string | undefined
  files: OpeningFile[]
}

/** Why the bot hands over, and the customer's newest words. */
function briefOf(input: StartInput, contents: Contents, deps: Deps): OutgoingEvent {
  const { toAgent } = deps.wordsFor(contents.options)
  const { texts, own } = textsOf(input, contents, deps)
  const lines = [...texts.slice(0, 1), ...own.map((text) => toAgent.say('customerSaid', { text }))]
  const [text = ''] = splitText(lines.join('\n'), MAX_TEXT_BYTES)
  return { type: 'message', text, customId: openingCustomId(contents.startKey, 0) }
}

function textsOf(input: StartInput, { options, names, files, ...contents }: Contents, deps: Deps): OpeningTexts {
  const { toAgent } = deps.wordsFor(options)
  return openingTexts({
    summary: summaryLines(options, toAgent),
    title: input.title,
    description: input.description,
    history: input.messageHistory,
    attached: new Map(files.map(({ source, fileName }) => [source, fileName])),
    notices: noticesOf({ options, names, files, ...contents }, deps),
    speakers: names,
    mapLink: deps.settings.mapLink,
    maxHistory: maxHistory(deps.privacyOf(options)),
    customerUserId: input.userId,
    words: toAgent,
    maxBytes: MAX_TEXT_BYTES,
    maxEvents: MAX_OPENING_EVENTS - 1 - files.length,
  })
}

function openingEvents(input: StartInput, contents: Contents, deps: Deps) {
  const { startKey, files } = contents
  const { texts, own } = textsOf(input, contents, deps)
  const message = (text: string) => ({ type: 'message', text }) as const
  const events = [
    ...texts.map(message),
    ...files.map(({ url }) => ({ type: 'file', url }) as const),
    ...own.map(message),
  ]
  return events.map((event, index): OutgoingEvent => ({ ...event, customId: openingCustomId(startKey, index) }))
}

/** What an agent should know of who this is and where they belong. The name is one of two, and the address confirms neither. */
function noticesOf({ user, options, isReplaced, missedGroup }: Contents, deps: Deps): string[] {
  const { toAgent } = deps.wordsFor(options)
  const { name, given } = user
  const privacy = deps.privacyOf(options)
  const [known, other] = [name, given?.name ?? given?.formerName].map((each) => permittedName(each, privacy))
  return [
    ...(isReplaced ? [toAgent.say('otherCustomer')] : []),
    ...(known && other ? [nameNotice({ known, other }, whoStarts(user, deps), toAgent)] : []),
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
