import type { Readable } from 'node:stream'
import { deadlineIn, type Deadline } from '../clock'
import { isFailure } from '../livechat/errors'
import type { StartedChat } from '../livechat/api'
import type { EventId } from '../livechat/types'
import { describe } from '../log'
import type { MediaError, MediaProblem } from '../media/media-error'
import type { CustomerIdentity } from '../session/identities'
import { maskName, type Mask } from '../translate/mask'
import type { NotAttached, OutgoingMedia } from '../translate/to-livechat'
import type { Deps } from '../wiring'

type Attaching = { thread: StartedChat; media: OutgoingMedia; mask: Mask; customId: string; filesToCome: number }

/** Longest time for one file, from its host through us to LiveChat, in milliseconds. */
const MAX_FILE_TIME_MS = 25_000

/**
 * How long one file may take: what is left is shared among the files still to come and the words after them, so that a
 * message full of slow files still arrives whole, if as links.
 */
export function fileTimeMs({ leftMs, filesToCome }: { leftMs: number; filesToCome: number }): number {
  return Math.min(MAX_FILE_TIME_MS, leftMs / (filesToCome + 1))
}

/** A file in LiveChat's store, under the name that an agent sees. */
export type Uploaded = { url: string; fileName: string }
/** No file: the agent gets title and link, and the reason where it concerns the link. */
export type Refused = { reason?: NotAttached }

/** Sends media as a file, if that can be done. Throws `LiveChatError`. */
export async function attach(
  identity: CustomerIdentity,
  { thread, media, mask, customId, filesToCome }: Attaching,
  deps: Deps,
): Promise<{ eventId: EventId } | Refused> {
  const timeMs = fileTimeMs({ leftMs: deps.deadline.leftMs(), filesToCome })
  const upload = await uploadMedia(identity, { media, mask }, deadlineIn(timeMs, deps.clock), deps)
  if (!('url' in upload)) return upload
  try {
    const event = { type: 'file', url: upload.url, customId } as const
    return { eventId: await deps.livechat.customer.sendEvent(identity, thread, event) }
  } catch (error) {
    if (!isFailure(error, 'refused', 'our-mistake', 'too-large')) throw error
    return refused(media, error, deps)
  }
}

/**
 * Brings media from their host into LiveChat's store within `time`, streamed. An upload that LiveChat refuses for a
 * passing reason (429, 5xx) is tried again, and its source is opened anew. Throws only when the customer's token is
 * refused.
 */
export async function uploadMedia(
  identity: CustomerIdentity,
  { media, mask }: { media: OutgoingMedia; mask: Mask },
  time: Deadline,
  deps: Deps,
): Promise<Uploaded | Refused> {
  let unread: Readable | undefined
  try {
    const open = await opener(media, time, deps)
    const { stream, contentType, ...source } = await open()
    const fileName = maskName(source.fileName, mask) // it may come from the address or from the file's host
    unread = stream
    const content = async () => {
      const current = unread ?? (await open()).stream
      unread = undefined
      return current
    }
    const upload = { content, fileName, contentType, leftMs: time.leftMs }
    return { url: await deps.livechat.customer.uploadFile(identity, upload), fileName }
  } catch (error) {
    if (isFailure(error, 'credentials')) throw error
    return refused(media, error, deps)
  } finally {
    unread?.destroy() // nobody reads it any more, so its host is let go
  }
}

async function opener({ url, media: kind, title, fileName, contentType }: OutgoingMedia, time: Deadline, deps: Deps) {
  // Loaded on use: most conversations never send a file.
  const { openMedia } = await import('../media/fetch-media')
  const { mediaOrigins: allowedOrigins } = deps
  return () => openMedia(url, { allowedOrigins, kind, title, fileName, contentType, totalTimeoutMs: time.leftMs() })
}

const REASONS: { [Problem in MediaProblem]?: NotAttached } = {
  login: 'needsLogin',
  'not-the-file': 'notFetched',
  empty: 'fileEmpty',
}

function refused({ media }: OutgoingMedia, error: unknown, { log }: Deps): Refused {
  const isOurs = isMediaError(error)
  log.info(`A file of kind ${media} goes as a link: ${isOurs ? error.message : describe(error)}`)
  const reason = isOurs ? REASONS[error.reason] : undefined
  return reason ? { reason } : {}
}

/** By its name: the class itself is loaded with the rest of `media/`, on use. */
function isMediaError(error: unknown): error is MediaError {
  return error instanceof Error && error.name === 'MediaError'
}
