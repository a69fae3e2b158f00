import * as z from 'zod/mini'
import { reportSummary } from '../handoff/summary'
import { SummaryShape } from '../livechat/schemas'
import { maybe } from '../livechat/shape'
import { inChat, webhook } from './webhook'

/** LiveChat has summarized a thread. It does so for all chats of the organization: most of them are not ours. */
export const threadSummarySet = webhook({
  shape: z.pipe(
    z.object({ ...inChat, summary: maybe(SummaryShape) }),
    z.transform(({ chat_id, thread_id, summary }) => ({ chatId: chat_id, threadId: thread_id, summary })),
  ),
  irrelevance: ({ threadId, summary }, { summarize }) => {
    if (summarize === 'off') return 'summaries are off'
    return threadId && summary ? undefined : 'there is no summary in it'
  },
  handle: async ({ chatId, threadId, summary }, _source, deps) => {
    if (!threadId || !summary) return
    const { session } = await deps.sessions.find({ chatId, threadId })
    if (session) await reportSummary(summary, session, deps)
  },
})
