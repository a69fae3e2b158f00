import { deadlineIn } from '../clock'
import type { CustomerIdentity } from '../session/identities'
import type { HistoryItem } from '../translate/hitl-message'
import type { Mask } from '../translate/mask'
import { newestMedia } from '../translate/newest-media'
import type { OutgoingMedia } from '../translate/to-livechat'
import type { Deps } from '../wiring'
import { type Uploaded, uploadMedia } from './attach'

/** How many media of the history are attached. Older ones are links in the transcript. */
const MAX_FILES = 3

/** How long a start may take longer for them, in milliseconds: the customer waits. */
const MAX_TIME_MS = 4000

/** A file for the opening; `source` is its address in the history. */
export type OpeningFile = Uploaded & { source: string }

/**
 * Brings the customer's newest media of the history into LiveChat's store, oldest first. The addresses that channels give
 * expire, often within an hour, and a queue may last longer. Costs one LiveChat call a file (at most three, side by side,
 * one more in depth), and none without media. Never fails a start: a file that is refused or late stays a link.
 */
export async function openingFiles(
  history: HistoryItem[],
  customer: { userId: string; identity: CustomerIdentity; mask: Mask },
  deps: Deps,
): Promise<OpeningFile[]> {
  const time = deadlineIn(Math.min(MAX_TIME_MS, deps.deadline.leftMs() / 2), deps.clock)
  const attached = async (media: OutgoingMedia): Promise<OpeningFile | undefined> => {
    // A token that is refused here is renewed when the thread is opened with it.
    const file = await uploadMedia(customer.identity, { media, mask: customer.mask }, time, deps).catch(() => undefined)
    return file && 'url' in file ? { ...file, source: media.url } : undefined
  }
  const media = newestMedia(history, { customerUserId: customer.userId, max: MAX_FILES })
  return (await Promise.all(media.map(attached))).filter((file) => file !== undefined)
}
