import * as sdk from '@botpress/sdk'
import hitl from './interfaces/hitl'

const { z } = sdk

const whenNobodyIsAvailable = z.enum(['queue', 'refuse'])

const configuration = {
  schema: z.object({
    clientId: z
      .string()
      .min(1)
      .title('Client ID')
      .describe('Client ID of your LiveChat app (Developer Console → your app → App Authorization)'),
    organizationId: z
      .string()
      .min(1)
      .title('Organization ID')
      .describe('ID of your LiveChat organization, a UUID (Developer Console → Settings → Organization ID)'),
    webhookSecret: z
      .string()
      .min(1)
      .secret()
      .title('Webhook secret')
      .describe('A long random text of your own: LiveChat repeats it in each webhook, and nothing else is accepted'),
    agentToken: z
      .string()
      .min(1)
      .secret()
      .title('Agent token (Base64)')
      .describe('The Base64 value that LiveChat shows beside a new personal access token'),
    groupId: z
      .number()
      .int()
      .min(0)
      .title('Group ID')
      .describe('Number of the LiveChat group that takes the chats; 0 is the group "General"'),
    whenNobodyIsAvailable: whenNobodyIsAvailable
      .optional()
      .title('When nobody is available')
      .describe(
        '"queue" (default) leaves the chat for the agents to answer later; "refuse" makes startHitl fail at once',
      ),
    language: z
      .enum(['en', 'fr', 'de', 'es', 'pt', 'pl'])
      .optional()
      .title('Language')
      .describe(
        'Language of the sentences that the integration itself writes to customers and agents; default English',
      ),
    reportChatEnd: z
      .boolean()
      .optional()
      .title('Report the end of a chat')
      .describe(
        'Send the event chatEnded with reason, tags and rating to the bot (default on; one LiveChat request each)',
      ),
    markAsSeen: z
      .boolean()
      .optional()
      .title('Show messages as seen')
      .describe(
        'Tell agents that the customer has got their messages (default off; up to one LiveChat request per 5 s)',
      ),
    queueMessage: z
      .string()
      .max(500)
      .optional()
      .title('Queue message')
      .describe('Told to a customer who is queued again; may hold {position} and {minutes}. Empty: say nothing'),
    editedMessage: z
      .string()
      .max(500)
      .optional()
      .title('Edited message')
      .describe('Told to the customer when an agent changes a message; holds {text}'),
    botLabel: z
      .string()
      .max(500)
      .optional()
      .title("Label of the bot's words")
      .describe("How an agent sees that words are the bot's and not the customer's; holds {text}"),
    agentNote: z
      .string()
      .max(500)
      .optional()
      .title('Note to an agent')
      .describe('Told once to an agent who writes to a customer who is with the bot'),
  }),
} as const

const actions = {
  checkAvailability: {
    title: 'Check availability',
    description: 'Tells whether somebody in the LiveChat group could take a chat now. Call it before a handoff',
    input: {
      schema: z.object({
        groupId: z
          .number()
          .int()
          .min(0)
          .optional()
          .title('Group ID')
          .describe('Number of the LiveChat group; the configured one when left out'),
      }),
    },
    output: {
      schema: z.object({
        groupId: z.number().title('Group ID').describe('The group that was asked about'),
        status: z
          .enum(['online', 'offline', 'online_for_queue'])
          .title('Status')
          .describe(
            'online: somebody can answer now; online_for_queue: the customer would wait; offline: nobody is there',
          ),
        wouldQueue: z.boolean().title('Would queue').describe('Whether a customer handed over now would have to wait'),
        agentsAccepting: z
          .number()
          .optional()
          .title('Agents accepting chats')
          .describe('How many people of the group accept chats; left out when the agent token may not know it'),
      }),
    },
  },
  checkSetup: {
    title: 'Check the set-up',
    description: 'Proves every setting against LiveChat and reports what is right, what is wrong and where to mend it',
    input: { schema: z.object({}) },
    output: {
      schema: z.object({
        ok: z.boolean().title('All right').describe('Whether a handoff can work with these settings'),
        report: z.string().title('Report').describe('The findings as text, one line each'),
        settings: z
          .array(
            z.object({
              setting: z.string(),
              status: z.enum(['ok', 'warning', 'wrong', 'unknown']),
              finding: z.string(),
            }),
          )
          .title('Settings')
          .describe('Each setting with what was found'),
        scopes: z
          .array(z.object({ scope: z.string(), present: z.boolean().optional(), missingMeans: z.string() }))
          .title('Scopes')
          .describe('Each scope of the agent token: whether it is there, and what its absence costs'),
        group: z
          .object({
            id: z.number(),
            name: z.string().optional(),
            status: z.string().optional(),
            agents: z.array(z.string()).optional(),
          })
          .title('Group')
          .describe('The configured group and its people, as far as the token may know'),
        webhooks: z
          .array(
            z.object({
              action: z.string(),
              id: z.string().optional(),
              state: z.string(),
              slotsUsed: z.number().optional(),
            }),
          )
          .title('Webhooks')
          .describe('Each webhook that is needed, its registration, and how many of the three slots are used'),
        webhooksEnabled: z
          .boolean()
          .optional()
          .title('Webhooks enabled')
          .describe('Whether LiveChat delivers the webhooks of this app; left out when the token may not know it'),
        webhookUrl: z.string().title('Webhook URL').describe('The address that LiveChat has to call'),
      }),
    },
  },
  rateChat: {
    title: 'Rate a chat',
    description: "Writes the customer's rating of a finished chat into LiveChat's own reports",
    input: {
      schema: z.object({
        chatId: z.string().title('Chat ID').describe('As given by the event chatEnded'),
        threadId: z.string().title('Thread ID').describe('As given by the event chatEnded'),
        score: z.enum(['good', 'bad']).title('Score').describe('What the customer thought of it'),
        comment: z.string().optional().title('Comment').describe("The customer's own words about it"),
      }),
    },
    output: { schema: z.object({}) },
  },
} as const

const session = {
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

const events = {
  queueChanged: {
    title: 'Queue changed',
    description: 'LiveChat told the place of a waiting customer in the queue, and nobody is assigned yet',
    schema: z.object({
      ...session,
      position: z.number().optional().title('Position').describe('Place in the queue; 1 is next'),
      waitTimeSeconds: z
        .number()
        .optional()
        .title('Waiting time')
        .describe('Expected waiting time in seconds, approximate'),
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
      closedBy: z.string().optional().title('Closed by').describe('Name of the agent who closed it'),
      tags: z.array(z.string()).title('Tags').describe('Tags that agents gave the chat'),
      rating: z
        .object({ score: z.enum(['good', 'bad']).optional(), comment: z.string().optional() })
        .optional()
        .title('Rating')
        .describe('Rating of this chat, when one was written'),
      undelivered: z.number().title('Undelivered').describe('Messages of the customer that met the closed chat'),
    }),
  },
  messageNotDelivered: {
    title: 'Message not delivered',
    description: 'A message of the customer did not reach the agent. Tell the customer, who cannot see it',
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

const states = {
  customer: {
    type: 'user',
    schema: z.object({
      customerId: z.string().title('Customer ID').describe('The LiveChat customer that stands for this user'),
      cookieSecret: z
        .string()
        .optional()
        .title('Cookie secret')
        .describe('Proves to LiveChat that we are this customer'),
      accessToken: z.string().title('Access token').describe("The customer's token, valid for some hours"),
      expiresAt: z.number().title('Expires at').describe('When the token ends, in milliseconds since 1970'),
    }),
  },
  turn: {
    type: 'user',
    schema: z.object({
      owner: z.string().title('Owner').describe('The request that is changing a handoff of this customer now'),
      until: z.number().title('Until').describe('When another request may take over, in milliseconds since 1970'),
    }),
  },
  choice: {
    type: 'conversation',
    schema: z.object({
      eventId: z.string().title('Event ID').describe('The event that offered the choice'),
      choices: z
        .array(
          z.object({
            number: z.number(),
            label: z.string(),
            postbackId: z.string().optional(),
            type: z.string().optional(),
            value: z.string().optional(),
          }),
        )
        .title('Choices')
        .describe('The buttons as they were numbered for the customer'),
    }),
  },
  setup: {
    type: 'integration',
    schema: z.object({
      version: z.string().title('Version').describe('Which set of webhooks was registered'),
      registrations: z
        .array(z.object({ id: z.string(), action: z.string(), url: z.string(), clientId: z.string().optional() }))
        .title('Registrations')
        .describe('The webhooks that we registered, and only these are ours to remove'),
      secretHash: z.string().optional().title('Secret hash').describe('HMAC of the webhook secret last registered'),
      previousSecretHash: z.string().optional().title('Previous secret hash').describe('HMAC of the secret before it'),
      previousSecretUntil: z
        .number()
        .optional()
        .title('Previous secret until')
        .describe('Until when the previous secret is accepted, in milliseconds since 1970'),
      probe: z
        .object({ customerId: z.string(), cookieSecret: z.string().optional() })
        .optional()
        .title('Probe identity')
        .describe('The one customer with whom settings are checked, reused each time'),
      region: z.string().optional().title('Region').describe('Data centre that LiveChat sent us to'),
      manualUrl: z
        .string()
        .optional()
        .title('Manual URL')
        .describe('Address that the owner was told to use for webhooks made by hand'),
    }),
  },
} as const

const user = {
  tags: {
    email: { title: 'E-mail', description: 'E-mail address of the customer, as the bot gave it' },
    agentId: { title: 'Agent ID', description: 'The LiveChat agent that this user stands for' },
    chatId: { title: 'Chat ID', description: 'The one chat that LiveChat keeps for this customer' },
    threadId: { title: 'Thread ID', description: 'The thread of the newest handoff' },
    startKey: { title: 'Start key', description: 'Recognizes a repeated start of the newest handoff' },
    profile: { title: 'Profile', description: 'Fingerprint of the name, e-mail and picture that LiveChat got last' },
  },
} as const

export const channelTags = {
  conversation: {
    tags: {
      chatId: { title: 'Chat ID', description: 'The LiveChat chat' },
      threadId: { title: 'Thread ID', description: 'The thread of that chat: one for each handoff' },
      customerId: { title: 'Customer ID', description: 'The LiveChat customer' },
      userId: { title: 'User ID', description: 'The Botpress user who is handed over' },
      agentId: { title: 'Agent ID', description: 'The agent last announced to the customer' },
      agentsSeen: {
        title: 'Agents seen',
        description: 'The agents announced so far, their users and times; a leading "-" marks who left',
      },
      assignedAt: { title: 'Assigned at', description: 'When the first agent was announced (ISO 8601)' },
      active: { title: 'Active', description: 'Set when the HITL plugin is known to listen' },
      queue: { title: 'Queue', description: 'Place and waiting time last reported' },
      openChoice: { title: 'Open choice', description: 'The event whose choice the customer may still answer' },
      ended: {
        title: 'Ended',
        description: '"us" when the bot ended it, "newer" when another handoff took its place, else why LiveChat did',
      },
      upstream: { title: 'Upstream', description: "The customer's own conversation and user, where the bot told" },
    },
  },
  message: {
    tags: {
      eventId: { title: 'Event ID', description: 'The LiveChat event of this message' },
      eventIds: { title: 'Event IDs', description: 'All its events, when it took several; cut at 500 characters' },
      deleted: { title: 'Deleted', description: 'Set when the agent deleted the message in LiveChat' },
      undelivered: { title: 'Undelivered', description: 'Why the message did not reach the agent' },
    },
  },
} as const

const secrets = {
  SENTRY_DSN: { optional: true, description: 'Address of the Sentry project that unexpected errors are reported to' },
  SENTRY_ENVIRONMENT: { optional: true, description: 'Environment that is named in those reports' },
  SENTRY_RELEASE: { optional: true, description: 'Release that is named in those reports' },
} as const

const entities = {
  liveChatSession: {
    title: 'LiveChat session',
    description: 'What this handoff wants different from the configuration; leave out what should stay',
    schema: z.object({
      groupId: z.number().int().min(0).optional().title('Group ID').describe('LiveChat group that takes this chat'),
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
      whenNobodyIsAvailable: whenNobodyIsAvailable
        .optional()
        .title('When nobody is available')
        .describe('"queue" or "refuse", for this handoff only'),
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

/** Written over the options of `bp build`; a path is relative to this folder. */
const esbuild = {
  // axios asks for `form-data`, and that for a table of all MIME types: 165 kB that nothing here ever uses.
  alias: { 'form-data': './src/native-form-data.cjs' },
}

export const props = {
  name: 'livechat-hitl',
  version: '1.0.0',
  title: 'LiveChat',
  description: 'Hand conversations over to human agents in LiveChat, and take them back when they are done',
  icon: 'icon.svg',
  readme: 'hub.md',
  attributes: { category: 'Customer Support' },
  configuration,
  configurations: {} as Record<never, never>,
  actions,
  events,
  states,
  user,
  secrets,
  entities,
  __advanced: { esbuild },
} as const satisfies sdk.IntegrationDefinitionProps

export default new sdk.IntegrationDefinition(props).extend(hitl, (self) => ({
  entities: { hitlSession: self.entities.liveChatSession },
  channels: {
    hitl: {
      title: 'LiveChat',
      description: 'The conversation between a customer and the agents in LiveChat',
      ...channelTags,
    },
  },
}))
