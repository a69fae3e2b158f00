import { z } from '@botpress/sdk'
import { rating, session, times } from './handoff'
import { checkSetup } from './setup-report'

/** What a flow of the bot may call. The hitl interface brings more: createUser, startHitl and stopHitl. */
export const actions = {
  checkAvailability: {
    title: 'Check availability',
    description: 'Reports whether an agent of the LiveChat group can take a chat now. Call it before a handoff',
    input: {
      schema: z.object({
        groupId: z
          .number()
          .int()
          .min(0)
          .optional()
          .title('Group ID')
          .describe('Number of the LiveChat group. Left empty: the group in the settings'),
      }),
    },
    output: {
      schema: z.object({
        groupId: z.number().title('Group ID').describe('The group that was asked about'),
        status: z
          .enum(['online', 'offline', 'online_for_queue'])
          .title('Status')
          .describe(
            'online: an agent can answer now; online_for_queue: the customer would wait; offline: nobody is available',
          ),
        wouldQueue: z.boolean().title('Would queue').describe('Whether a customer handed over now would have to wait'),
        agentsAccepting: z
          .number()
          .optional()
          .title('Agents accepting chats')
          .describe('How many people of the group accept chats. Left out when LiveChat does not report it'),
        opensAt: z
          .string()
          .optional()
          .title('Opens at')
          .describe(
            'When the group is offline: when the next agent begins to work (ISO 8601, UTC), as LiveChat plans it. Left out while one should be working now, and when the hours are not known',
          ),
        hoursKnown: z
          .boolean()
          .optional()
          .title('Hours known')
          .describe('When the group is offline: whether LiveChat shows working hours of its agents. Never for group 0'),
      }),
    },
  },
  checkSetup,
  getHandoff: {
    title: 'Get handoff',
    description:
      'How a handoff stands or went: state, times, agents, tags, rating, and the conversation. Private notes are never in it',
    input: {
      schema: z.object({
        hitlConversationId: z
          .string()
          .optional()
          .title('HITL conversation ID')
          .describe('Conversation of the handoff, as an event or the tag hitl#downstream names it'),
        chatId: z
          .string()
          .optional()
          .title('Chat ID')
          .describe('In place of it: chat and thread, as an event names them'),
        threadId: z.string().optional().title('Thread ID').describe('The thread of that chat'),
        withTranscript: z
          .boolean()
          .optional()
          .title('With transcript')
          .describe('Whether the conversation of customer and agents is wanted too'),
        maxCharacters: z
          .number()
          .int()
          .min(1)
          .max(60_000)
          .optional()
          .title('Longest transcript')
          .describe('In characters, at most 60 000. Left empty: 20 000. The newest words are kept'),
      }),
    },
    output: {
      schema: z.object({
        ...session,
        status: z
          .enum(['waiting', 'talking', 'ended'])
          .title('Status')
          .describe('waiting for an agent, talking with one, or ended'),
        reason: z
          .enum(['us', 'newer', 'agent', 'customer', 'idle', 'nobody', 'disconnected', 'other'])
          .optional()
          .title('Reason')
          .describe('Why it ended: us (the bot or /end), newer (another handoff took its place), else as in chatEnded'),
        closedBy: z.string().optional().title('Closed by').describe('Name of the agent who closed the chat'),
        ...times,
        endedAt: z.string().optional().title('Ended at').describe('When it ended (ISO 8601)'),
        agents: z.array(z.string()).title('Agents').describe('Names of the agents who were announced, oldest first'),
        tags: z.array(z.string()).title('Tags').describe('Tags of the chat in LiveChat'),
        rating,
        command: z.string().optional().title('Command').describe('By which command or tag an agent handed back'),
        summary: z.string().optional().title('Summary').describe("LiveChat's own summary, when it has made one"),
        transcript: z
          .string()
          .optional()
          .title('Transcript')
          .describe('The conversation since the handoff, one line for each message: name, colon, words'),
        transcriptCut: z
          .boolean()
          .optional()
          .title('Transcript cut')
          .describe('Whether older words are missing in the transcript'),
      }),
    },
  },
  rateChat: {
    title: 'Rate a chat',
    description: "Writes the customer's rating of a finished chat to LiveChat's reports",
    input: {
      schema: z.object({
        chatId: z.string().title('Chat ID').describe('As given by the event chatEnded'),
        threadId: z.string().title('Thread ID').describe('As given by the event chatEnded'),
        score: z.enum(['good', 'bad']).title('Score').describe('Whether the customer was satisfied with the chat'),
        comment: z.string().optional().title('Comment').describe('What the customer wrote about the chat'),
      }),
    },
    output: { schema: z.object({}) },
  },
  forgetInBotpress: {
    title: 'Forget a customer in Botpress',
    description:
      'Deletes what this integration holds of a customer in Botpress, and lists what LiveChat keeps. It erases nothing in LiveChat',
    input: {
      schema: z.object({
        userId: z
          .string()
          .optional()
          .title('User ID')
          .describe('The user of the handoff, as given by the event chatEnded. Or give the e-mail address'),
        email: z.string().optional().title('E-mail').describe('Address by which the customer is recognized'),
      }),
    },
    output: {
      schema: z.object({
        users: z.number().title('Users').describe('How many users lost their name, picture and tags'),
        conversations: z
          .number()
          .title('Conversations')
          .describe('How many conversations of handoffs were deleted, with their messages'),
        chatIds: z.array(z.string()).title('Chat IDs').describe('Chats that LiveChat keeps'),
        customerIds: z.array(z.string()).title('Customer IDs').describe('Customers that LiveChat keeps'),
        remains: z.string().title('Remains').describe('What is not deleted, and who can erase it'),
      }),
    },
  },
} as const
