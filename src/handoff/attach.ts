import type { Readable } from 'node:stream'
import { deadlineIn, type Deadline } from '../clock'
import { isFailure } from '../livechat/errors'
import type { StartedChat } from '../livechat/api'
import type { EventId } from '../livechat/types'
import { describe } from '../log'
import type { CustomerIdentity } from '../session/identities'
import type { OutgoingMedia } from '../translate/to-livechat'
import type { Deps } from '../wiring'

export type Attaching = { thread: StartedChat; media: OutgoingMedia; customId: string; filesToCome: number }

/** Longest time for one file, from its host through us to LiveChat, in milliseconds. */
const MAX_FILE_TIME_MS = 25_000

/**
 * How long one file may take: what is left is shared among the files still to come and the words after them, so that a
 * message full of slow files still arrives whole, if as links.
 */
export function fileTimeMs({ leftMs, filesToCome }: { leftMs: number; filesToCome: number }): number {
  return Math.min(MAX_FILE_TIME_MS, leftMs / (filesToCome + 1))
}

/**
 * Sends media as a file. `undefined` when it cannot be attached, for whatever reason: the agent then gets its title and
 * link. Throws `LiveChatError`.
 */
export async function attach(
  identity: CustomerIdentity,
  { thread, media, customId, filesToCome }: Attaching,
  deps: Deps,
): Promise<EventId | undefined> {
  const timeMs = fileTimeMs({ leftMs: deps.deadline.leftMs(), filesToCome })
  const url = await upload(identity, media, deadlineIn(timeMs, deps.clock), deps)
  if (url === undefined) return undefined
  try {
    return await deps.livechat.customer.sendEvent(identity, thread, { type: 'file', url, customId })
  } catch (error) {
    if (!isFailure(error, 'refused', 'our-mistake', 'too-large')) throw error
    return asLink(media, error, deps)
  }
}

async function upload(
  identity: CustomerIdentity,
  media: OutgoingMedia,
  time: Deadline,
  deps: Deps,
): Promise<string | undefined> {
  // Loaded on use: most conversations never send a file.
  const { openMedia } = await import('../media/fetch-media')
  let stream: Readable | undefined
  try {
    const from = { allowedOrigins: deps.mediaOrigins, title: media.title, totalTimeoutMs: time.leftMs() }
    const { stream: content, fileName, contentType } = await openMedia(media.url, from)
    stream = content
    const file = { content, fileName, contentType, timeoutMs: time.leftMs() }
    return await deps.livechat.customer.uploadFile(identity, file)
  } catch (error) {
    if (isFailure(error, 'credentials')) throw error
    return asLink(media, error, deps)
  } finally {
    stream?.destroy() // its host is let go when LiveChat did not take all of it
  }
}

function asLink({ media }: OutgoingMedia, error: unknown, { log }: Deps): undefined {
  log.info(`A file of kind ${media} goes as a link: ${error instanceof Error ? error.message : describe(error)}`)
}
