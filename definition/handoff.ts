import { z } from '@botpress/sdk'

/** Which handoff: in each event and in the answer of getHandoff. */
export const session = {
  userId: z.string().title('User ID').describe('Botpress user that stands for the customer in the handoff'),
  hitlConversationId: z
    .string()
    .title('HITL conversation ID')
    .describe('Conversation of the handoff, as startHitl returned it'),
  upstreamConversationId: z
    .string()
    .optional()
    .title('Upstream conversation ID')
    .describe("The customer's own conversation with the bot, where it is known"),
  upstreamUserId: z
    .string()
    .optional()
    .title('Upstream user ID')
    .describe("The customer's own user, where it is known"),
  chatId: z.string().title('Chat ID').describe("LiveChat's chat"),
  threadId: z.string().title('Thread ID').describe("LiveChat's thread: one for each handoff"),
}

/** The times of a handoff that an event about its end and getHandoff share. */
export const times = {
  startedAt: z.string().title('Started at').describe('When the handoff began (ISO 8601)'),
  assignedAt: z
    .string()
    .optional()
    .title('Assigned at')
    .describe('When the first agent was announced to the customer (ISO 8601)'),
  firstReplyAt: z
    .string()
    .optional()
    .title('First reply at')
    .describe('When an agent first wrote to the customer (ISO 8601)'),
}

/** How the customer rated the chat; left out when the customer did not. */
export const rating = z
  .object({
    score: z.enum(['good', 'bad']).optional().title('Score').describe('How the customer rated the chat'),
    comment: z.string().optional().title('Comment').describe('What the customer wrote about the chat'),
  })
  .optional()
  .title('Rating')
  .describe('Rating of this chat, when one was written')
