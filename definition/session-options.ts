import { z } from '@botpress/sdk'
import {
  ABSENCE_RULES,
  HISTORY_RULES,
  MASK_KINDS,
  MAX_SENTENCE_CHARACTERS,
  SETTING_TITLES,
  type SettingKey,
} from '../src/settings-form'

const forHandoff = (key: SettingKey) => `For this handoff in place of the setting "${SETTING_TITLES[key]}"`

const sends = (key: 'sendName' | 'sendEmail' | 'sendPicture') =>
  z.boolean().optional().title(SETTING_TITLES[key]).describe(forHandoff(key))

const sentence = (key: 'queueMessage' | 'editedMessage' | 'botLabel' | 'agentNote') =>
  z.string().max(MAX_SENTENCE_CHARACTERS).optional().title(SETTING_TITLES[key]).describe(forHandoff(key))

/** What one handoff may want different from the settings: the bot passes it to startHitl as `hitlSession`. */
export const entities = {
  liveChatSession: {
    title: 'LiveChat session',
    description: 'What this handoff wants different from the configuration; leave out what should stay',
    schema: z.object({
      groupId: z.number().int().min(0).optional().title('Group ID').describe('LiveChat group that takes this chat'),
      groupName: z
        .string()
        .optional()
        .title('Group name')
        .describe('Name of the LiveChat group that takes this chat, where its number is not known'),
      groupLanguage: z
        .string()
        .optional()
        .title('Group language')
        .describe(
          'Language of the LiveChat group that takes this chat, such as fr, where group ID and name are left out',
        ),
      summary: z
        .string()
        .optional()
        .title('Summary')
        .describe('What the agent reads first: what the customer wants, and what the bot has tried'),
      intent: z.string().optional().title('Intent').describe('What the customer wants, in a few words'),
      sentiment: z.string().optional().title('Sentiment').describe('How the customer feels, in a word'),
      priority: z
        .string()
        .optional()
        .title('Priority')
        .describe('How urgent it is, in a word; LiveChat queues by group'),
      customerLanguage: z
        .string()
        .optional()
        .title("Customer's language")
        .describe('What the customer speaks, for the agent to read'),
      conversationUrl: z
        .string()
        .optional()
        .title('Conversation URL')
        .describe('Where the agent can open the conversation with the bot (http or https)'),
      agentId: z.string().optional().title('Agent ID').describe('Login e-mail of the agent who should take this chat'),
      tags: z
        .array(z.string())
        .optional()
        .title('Tags')
        .describe('Tags that the chat gets, as they are named in LiveChat'),
      sessionFields: z
        .record(z.string())
        .optional()
        .title('Session fields')
        .describe("Facts shown in the agent's customer details, at most 100"),
      whenNobodyIsAvailable: z
        .enum(ABSENCE_RULES)
        .optional()
        .title('When nobody is available')
        .describe('"queue" or "refuse", for this handoff only'),
      language: z
        .string()
        .optional()
        .title(SETTING_TITLES.language)
        .describe('Language of what this customer reads of the integration, such as fr or pt-BR'),
      sendName: sends('sendName'),
      sendEmail: sends('sendEmail'),
      sendPicture: sends('sendPicture'),
      history: z.enum(HISTORY_RULES).optional().title(SETTING_TITLES.history).describe(forHandoff('history')),
      historyMessages: z
        .number()
        .int()
        .min(0)
        .optional()
        .title(SETTING_TITLES.historyMessages)
        .describe(forHandoff('historyMessages')),
      mask: z
        .array(z.enum(MASK_KINDS))
        .optional()
        .title(SETTING_TITLES.mask)
        .describe(`${forHandoff('mask')}. An empty list changes nothing`),
      queueMessage: sentence('queueMessage'),
      editedMessage: sentence('editedMessage'),
      botLabel: sentence('botLabel'),
      agentNote: sentence('agentNote'),
      upstreamConversationId: z
        .string()
        .optional()
        .title('Upstream conversation ID')
        .describe("The customer's own conversation, {{event.conversationId}}: events of this handoff then name it"),
      upstreamUserId: z
        .string()
        .optional()
        .title('Upstream user ID')
        .describe("The customer's own user, {{event.userId}}: events of this handoff then name it"),
    }),
  },
} as const
