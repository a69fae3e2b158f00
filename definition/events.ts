import { z } from '@botpress/sdk'
import { rating, session, times } from './handoff'

/** What a flow of the bot may listen to. */
export const events = {
  queueChanged: {
    title: 'Queue changed',
    description: 'The place of a waiting customer in the queue is known, and no agent is assigned yet',
    schema: z.object({
      ...session,
      position: z.number().optional().title('Position').describe('Place in the queue; 1 is next'),
      waitTimeSeconds: z
        .number()
        .optional()
        .title('Waiting time')
        .describe('Expected waiting time in seconds, approximate'),
      asked: z
        .boolean()
        .optional()
        .title('Asked')
        .describe('The customer has just written, and the place may be the same as before'),
    }),
  },
  chatEnded: {
    title: 'Chat ended',
    description:
      'LiveChat closed the chat: who, why, with which tags and rating. Not sent for ends that the bot asked for',
    schema: z.object({
      ...session,
      reason: z
        .enum(['agent', 'customer', 'idle', 'nobody', 'disconnected', 'other'])
        .title('Reason')
        .describe('agent or customer closed it, idle for too long, nobody available, somebody disconnected, or other'),
      command: z
        .string()
        .optional()
        .title('Command')
        .describe(
          'What the agent wrote behind the hand-back command (the command itself where that is nothing), or the tag',
        ),
      closedBy: z.string().optional().title('Closed by').describe('Name of the agent who closed it'),
      tags: z.array(z.string()).title('Tags').describe('Tags that agents gave the chat'),
      rating,
      undelivered: z
        .number()
        .title('Undelivered')
        .describe(
          '1 when a message of the customer showed the end, else 0. messageNotDelivered reports each such message',
        ),
      ...times,
      endedAt: z.string().title('Ended at').describe('When LiveChat closed the chat (ISO 8601)'),
      groupId: z.number().optional().title('Group ID').describe('Number of the LiveChat group that had the chat last'),
      language: z.string().title('Language').describe('Language of our sentences to the customer, such as en or pt-PT'),
    }),
  },
  agentOpenedChat: {
    title: 'Agent opened a chat',
    description: 'An agent wrote to a customer who is with the bot. A handoff now joins both and shows the words',
    schema: z.object({
      ...session,
      agentName: z.string().optional().title('Agent name').describe('Name of the agent who wrote'),
      text: z.string().optional().title('Text').describe('What the agent wrote so far, at most 2 000 characters'),
    }),
  },
  chatSummarized: {
    title: 'Chat summarized',
    description: 'LiveChat\'s own summary of a chat that ended. Needs the setting "Summary of a chat"',
    schema: z.object({
      ...session,
      text: z.string().title('Text').describe('The summary, one statement a line'),
    }),
  },
  messageNotDelivered: {
    title: 'Message not delivered',
    description:
      'A message of the customer did not reach the agent. The customer cannot see that, so the bot should say it',
    schema: z.object({
      ...session,
      messageId: z.string().title('Message ID').describe('The message in the conversation of the handoff'),
      text: z.string().optional().title('Text').describe('What the customer wrote, at most 1 000 characters'),
      reason: z
        .enum(['noAnswer', 'refused', 'uncertain', 'tokenRefused', 'botpressFailed'])
        .title('Reason')
        .describe('Why it did not arrive. With "uncertain" it may have arrived'),
      sentence: z.string().title('Sentence').describe('The same in words, for the owner of the bot'),
    }),
  },
} as const
