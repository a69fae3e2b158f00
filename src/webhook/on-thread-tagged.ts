import * as z from 'zod/mini'
import { commandOfTag } from '../translate/hand-back'
import { handBack } from './hand-back'
import { inChat, webhook } from './webhook'

/** A tag was added to a thread: one of the settings gives the customer back to the bot. LiveChat does not say by whom. */
export const threadTagged = webhook({
  shape: z.pipe(
    z.object({ ...inChat, tag: z.string() }),
    z.transform(({ chat_id, thread_id, tag }) => ({ chatId: chat_id, threadId: thread_id, tag })),
  ),
  irrelevance: ({ threadId, tag }, settings) =>
    threadId && commandOfTag(tag, settings) !== undefined ? undefined : 'no tag that gives the customer back',
  handle: async ({ chatId, threadId, tag }, source, deps) => {
    const command = commandOfTag(tag, deps.settings)
    if (command !== undefined) await handBack({ chatId, threadId, source }, { command }, deps)
  },
})
