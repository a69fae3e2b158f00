import * as sdk from '@botpress/sdk'
import hitl from './interfaces/hitl'
import {
  DEFAULTS,
  HISTORY_RULES,
  LANGUAGE_NAMES,
  MASK_KINDS,
  MAX_HAND_BACK_CHARACTERS,
  MAX_LINK_CHARACTERS,
  MAX_SENTENCE_CHARACTERS,
  SECRET_CHARACTERS,
  SETTING_TITLES,
  SUMMARIES,
} from './src/settings-form'
import { en } from './src/translate/words/en'

const { z } = sdk

const whenNobodyIsAvailable = z.enum(['queue', 'refuse'])

/** A sentence that a bot owner may write anew; the form shows the English default in the empty field. */
const sentence = (standard: string) => z.string().max(MAX_SENTENCE_CHARACTERS).optional().placeholder(standard)

/** The same for one handoff. */
const wording = (key: 'queueMessage' | 'editedMessage' | 'botLabel' | 'agentNote') =>
  z
    .string()
    .max(MAX_SENTENCE_CHARACTERS)
    .optional()
    .title(SETTING_TITLES[key])
    .describe(`For this handoff in place of the setting "${SETTING_TITLES[key]}"`)

const history = z.enum(HISTORY_RULES)
const mask = z.array(z.enum(MASK_KINDS))

/** A setting of what LiveChat may get, for one handoff. */
const forHandoff = (key: 'sendName' | 'sendEmail' | 'sendPicture' | 'history' | 'historyMessages' | 'mask') =>
  `For this handoff in place of the setting "${SETTING_TITLES[key]}"`
const sends = (key: 'sendName' | 'sendEmail' | 'sendPicture') =>
  z.boolean().optional().title(SETTING_TITLES[key]).describe(forHandoff(key))

const configuration = {
  schema: z.object({
    clientId: z
      .string()
      .min(1)
      .title(SETTING_TITLES.clientId)
      .describe('Client ID of your LiveChat app (Developer Console → your app → App Authorization)'),
    organizationId: z
      .string()
      .min(1)
      .title(SETTING_TITLES.organizationId)
      .describe('ID of your LiveChat organization, a UUID (Developer Console → Settings → Organization ID)'),
    webhookSecret: z
      .string()
      .min(SECRET_CHARACTERS.min)
      .max(SECRET_CHARACTERS.max)
      .secret()
      .title(SETTING_TITLES.webhookSecret)
      .describe(
        `A random text of your own, ${SECRET_CHARACTERS.min} to ${SECRET_CHARACTERS.max} characters. LiveChat sends it with each webhook, and a webhook without it is refused`,
      ),
    agentToken: z
      .string()
      .min(1)
      .secret()
      .title(SETTING_TITLES.agentToken)
      .describe('The Base64 value that LiveChat shows beside a new personal access token'),
    groupId: z
      .number()
      .int()
      .min(0)
      .title(SETTING_TITLES.groupId)
      .describe('Number of the LiveChat group that receives the chats (LiveChat → Team → Groups). 0 is "General"'),
    whenNobodyIsAvailable: whenNobodyIsAvailable
      .default(DEFAULTS.whenNobodyIsAvailable)
      .title(SETTING_TITLES.whenNobodyIsAvailable)
      .describe('"queue" keeps the chat for the agents to answer later. "refuse" makes startHitl fail at once'),
    language: z
      .enum([
        LANGUAGE_NAMES.en,
        LANGUAGE_NAMES.fr,
        LANGUAGE_NAMES.de,
        LANGUAGE_NAMES.es,
        LANGUAGE_NAMES.pt,
        LANGUAGE_NAMES['pt-PT'],
        LANGUAGE_NAMES.pl,
      ])
      .default(LANGUAGE_NAMES[DEFAULTS.language])
      .title(SETTING_TITLES.language)
      .describe('Language of the sentences that the integration itself writes to customers and agents'),
    recognizeByEmail: z
      .boolean()
      .default(DEFAULTS.recognizeByEmail)
      .title(SETTING_TITLES.recognizeByEmail)
      .describe(
        'Give customers with the same e-mail address the same LiveChat customer and history. Nobody verifies what a customer types. Off: the address is only shown to agents',
      ),
    reportChatEnd: z
      .boolean()
      .default(DEFAULTS.reportChatEnd)
      .title(SETTING_TITLES.reportChatEnd)
      .describe(
        'Send the event chatEnded to the bot, with reason, tags and rating. One LiveChat request for each chat',
      ),
    markAsSeen: z
      .boolean()
      .default(DEFAULTS.markAsSeen)
      .title(SETTING_TITLES.markAsSeen)
      .describe('Show agents that their messages reached the customer. At most one LiveChat request per chat in 5 s'),
    reportDeletions: z
      .boolean()
      .default(DEFAULTS.reportDeletions)
      .title(SETTING_TITLES.reportDeletions)
      .describe('Write "A message was removed" to the customer when an agent deletes a message'),
    agentMarkdown: z
      .enum(['keep', 'plain'])
      .default(DEFAULTS.agentMarkdown)
      .title(SETTING_TITLES.agentMarkdown)
      .describe(
        'Messages of agents that LiveChat marks as Markdown: "keep" passes them on as they are, "plain" without the marks',
      ),
    agentMayOpen: z
      .boolean()
      .default(DEFAULTS.agentMayOpen)
      .title(SETTING_TITLES.agentMayOpen)
      .describe(
        'Send the event agentOpenedChat when an agent writes to a customer who is with the bot. Off: the agent reads that the customer is with the bot',
      ),
    summarize: z
      .enum(SUMMARIES)
      .default(DEFAULTS.summarize)
      .title(SETTING_TITLES.summarize)
      .describe(
        'Send LiveChat\'s own summary of a chat as chatSummarized. "whenTold": when LiveChat makes one. "ask": one request for each chat asks for it. "off": never',
      ),
    sendName: z
      .boolean()
      .default(DEFAULTS.sendName)
      .title(SETTING_TITLES.sendName)
      .describe('Send the names of customers to LiveChat'),
    sendEmail: z
      .boolean()
      .default(DEFAULTS.sendEmail)
      .title(SETTING_TITLES.sendEmail)
      .describe("Send customers' e-mail addresses to LiveChat's customer details"),
    sendPicture: z
      .boolean()
      .default(DEFAULTS.sendPicture)
      .title(SETTING_TITLES.sendPicture)
      .describe("Send the addresses of customers' pictures to LiveChat"),
    history: history
      .default(DEFAULTS.history)
      .title(SETTING_TITLES.history)
      .describe(
        'How much of the conversation with the bot agents read: all, lastMessages or none. The newest words of the customer go in any case',
      ),
    historyMessages: z
      .number()
      .int()
      .min(0)
      .default(DEFAULTS.historyMessages)
      .title(SETTING_TITLES.historyMessages)
      .describe('How many messages "lastMessages" sends'),
    mask: mask
      .default([...DEFAULTS.mask])
      .title(SETTING_TITLES.mask)
      .describe(
        'Hidden in each text that goes to LiveChat: card (numbers of payment cards), iban, email, phone (with + and country code)',
      ),
    mapLink: z
      .string()
      .max(MAX_LINK_CHARACTERS)
      .optional()
      .placeholder('https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}')
      .title(SETTING_TITLES.mapLink)
      .describe(
        'Address of a map service with {latitude} and {longitude}: a location becomes such a link. Left empty: plain coordinates',
      ),
    queueMessage: sentence(en.queue)
      .title(SETTING_TITLES.queueMessage)
      .describe('Sent to a customer who is queued again. May contain {position} and {minutes}. NULL sends nothing'),
    editedMessage: sentence(en.edited)
      .title(SETTING_TITLES.editedMessage)
      .describe('Sent to the customer when an agent edits a message. {text} is the new text'),
    botLabel: sentence(en.botLabel)
      .title(SETTING_TITLES.botLabel)
      .describe('Marks the words of the bot for the agent. {text} is what the bot said'),
    agentNote: sentence(en.agentNote)
      .title(SETTING_TITLES.agentNote)
      .describe('Sent once to an agent who writes while the customer is with the bot. NULL sends nothing'),
    handBackCommand: z
      .string()
      .regex(/^\S*$/)
      .max(MAX_HAND_BACK_CHARACTERS)
      .optional()
      .title(SETTING_TITLES.handBackCommand)
      .describe(
        'An agent who writes this word gives the customer back to the bot, such as /bot. Words behind it reach the bot',
      ),
    handBackTag: z
      .string()
      .max(MAX_HAND_BACK_CHARACTERS)
      .optional()
      .title(SETTING_TITLES.handBackTag)
      .describe('A tag that does the same when an agent adds it to the chat. Several are separated by commas'),
    giveUpAfterSeconds: z
      .number()
      .min(0)
      .default(DEFAULTS.giveUpAfterSeconds)
      .title(SETTING_TITLES.giveUpAfterSeconds)
      .describe(
        'A handoff that nobody took for this long ends with the next message of the customer. 0 lets them wait',
      ),
    askForPlace: z
      .boolean()
      .default(DEFAULTS.askForPlace)
      .title(SETTING_TITLES.askForPlace)
      .describe(
        'Send queueChanged when a waiting customer writes. At most one LiveChat request per customer in a minute',
      ),
  }),
} as const

const finding = {
  setting: z.string().title('Setting').describe('Key of the setting, or redirectUri or webhooks'),
  status: z
    .enum(['ok', 'warning', 'wrong', 'unknown'])
    .title('Status')
    .describe('ok, warning (a handoff works), wrong (a handoff does not work) or unknown (not verified)'),
  finding: z.string().title('Finding').describe('What was found, and what to change where'),
}

const scope = {
  scope: z.string().title('Scope').describe('Name of the scope in the LiveChat Developer Console'),
  present: z.boolean().optional().title('Present').describe('Whether the token has it. Left out when unknown'),
  missingMeans: z.string().title('Missing means').describe('What does not work without it'),
}

const group = {
  id: z.number().title('ID').describe('Number of the group; -1 when the setting holds no valid number'),
  name: z.string().optional().title('Name').describe('Name of the group in LiveChat'),
  status: z.string().optional().title('Status').describe('Whether the group is online'),
  agents: z.array(z.string()).optional().title('Agents').describe('Names of the agents in the group'),
}

const webhook = {
  action: z.string().title('Action').describe('What LiveChat reports with this webhook'),
  id: z.string().optional().title('ID').describe('ID of our registration'),
  state: z.string().title('State').describe('registered, missing or unknown'),
  slotsUsed: z
    .number()
    .optional()
    .title('Slots used')
    .describe('How many of the three webhooks that LiveChat allows for this action and Client ID exist'),
}

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

const times = {
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

const rating = z
  .object({
    score: z.enum(['good', 'bad']).optional().title('Score').describe('How the customer rated the chat'),
    comment: z.string().optional().title('Comment').describe('What the customer wrote about the chat'),
  })
  .optional()
  .title('Rating')
  .describe('Rating of this chat, when one was written')

const actions = {
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
            'When the group is offline: when the next agent begins to work (ISO 8601, UTC), as LiveChat plans it',
          ),
        hoursKnown: z
          .boolean()
          .optional()
          .title('Hours known')
          .describe('When the group is offline: whether LiveChat shows working hours of its agents'),
      }),
    },
  },
  checkSetup: {
    title: 'Check the set-up',
    description: 'Verifies every setting with LiveChat and reports what is right, what is wrong and where to fix it',
    input: { schema: z.object({}) },
    output: {
      schema: z.object({
        ok: z.boolean().title('All right').describe('Whether a handoff can work with these settings'),
        report: z.string().title('Report').describe('The findings as text, one line each'),
        settings: z.array(z.object(finding)).title('Settings').describe('Each setting with what was found'),
        scopes: z
          .array(z.object(scope))
          .title('Scopes')
          .describe('Each scope of the agent token: whether the token has it, and what does not work without it'),
        group: z
          .object(group)
          .title('Group')
          .describe('The group in the settings and its agents, as far as the token may know'),
        webhooks: z
          .array(z.object(webhook))
          .title('Webhooks')
          .describe('Each webhook that is needed, its registration, and how many of the three slots are used'),
        webhooksEnabled: z
          .boolean()
          .optional()
          .title('Webhooks enabled')
          .describe('Whether LiveChat delivers the webhooks of this app. Left out when the token may not know it'),
        webhookUrl: z.string().title('Webhook URL').describe('The address that LiveChat calls'),
      }),
    },
  },
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

const events = {
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
        .describe('What the agent wrote behind the hand-back command, or the hand-back tag'),
      closedBy: z.string().optional().title('Closed by').describe('Name of the agent who closed it'),
      tags: z.array(z.string()).title('Tags').describe('Tags that agents gave the chat'),
      rating,
      undelivered: z.number().title('Undelivered').describe('Messages of the customer that met the closed chat'),
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

const states = {
  customer: {
    type: 'user',
    schema: z.object({
      customerId: z.string().title('Customer ID').describe('The LiveChat customer that stands for this user'),
      cookieSecret: z.string().optional().title('Cookie secret').describe('Identifies us to LiveChat as this customer'),
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
            number: z.number().title('Number').describe('The number that the customer may answer with'),
            label: z.string().title('Label').describe('Text of the button'),
            postbackId: z.string().optional().title('Postback ID').describe('Identifies the button in its event'),
            type: z.string().optional().title('Type').describe('What the button does in LiveChat'),
            value: z.string().optional().title('Value').describe('What the button sends in LiveChat'),
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
        .array(
          z.object({
            id: z.string().title('ID').describe('ID of the webhook in LiveChat'),
            action: z.string().title('Action').describe('What LiveChat reports with this webhook'),
            url: z.string().title('URL').describe('The address that LiveChat calls'),
            clientId: z.string().optional().title('Client ID').describe('The app that the webhook belongs to'),
          }),
        )
        .title('Registrations')
        .describe('The webhooks that the integration registered; it removes no others'),
      saveId: z
        .string()
        .optional()
        .title('Save ID')
        .describe('Marks the save that began last: when two saves overlap, only that one keeps its webhooks'),
      clientId: z.string().optional().title('Client ID').describe('The Client ID that was last saved'),
      formerClients: z
        .array(
          z.object({
            clientId: z.string().title('Client ID').describe('A Client ID of an earlier configuration'),
            until: z.number().title('Until').describe('Until when its chats are accepted, in milliseconds since 1970'),
          }),
        )
        .optional()
        .title('Former Client IDs')
        .describe('Client IDs of earlier configurations, whose open chats go on for a time'),
      secretHash: z.string().optional().title('Secret hash').describe('HMAC of the webhook secret last registered'),
      previousSecretHash: z.string().optional().title('Previous secret hash').describe('HMAC of the secret before it'),
      previousSecretUntil: z
        .number()
        .optional()
        .title('Previous secret until')
        .describe('Until when the previous secret is accepted, in milliseconds since 1970'),
      probe: z
        .object({
          customerId: z.string().title('Customer ID').describe('The LiveChat customer'),
          cookieSecret: z
            .string()
            .optional()
            .title('Cookie secret')
            .describe('Identifies us to LiveChat as this customer'),
        })
        .optional()
        .title('Probe identity')
        .describe('The one customer that settings are verified with; each check uses the same one'),
      regions: z
        .record(z.string())
        .optional()
        .title('Regions')
        .describe('The region that LiveChat asked for, by the region that the token names'),
      spellings: z
        .literal('unified')
        .optional()
        .title('Spellings')
        .describe('Whether all e-mail addresses of customers have their one spelling'),
      manualUrl: z
        .string()
        .optional()
        .title('Manual URL')
        .describe('Address that the log named for webhooks created by hand'),
    }),
  },
} as const

const user = {
  tags: {
    email: { title: 'E-mail', description: 'The e-mail address by which the customer is found again' },
    agentId: { title: 'Agent ID', description: 'The LiveChat agent that this user stands for' },
    chatId: { title: 'Chat ID', description: 'The one chat that LiveChat keeps for this customer' },
    newest: { title: 'Newest handoff', description: 'Its thread, and what recognizes a repeated start of it' },
    profile: { title: 'Profile', description: 'Fingerprint of the name, e-mail and picture that LiveChat got last' },
    given: { title: 'Given', description: 'Name or address that was given and not verified: only shown to agents' },
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
      upstream: { title: 'Upstream', description: "The customer's own conversation and user, where the bot gave them" },
      command: { title: 'Command', description: 'The command or tag by which an agent gave the customer back' },
      wording: { title: 'Wording', description: 'Language and sentences of this handoff, where they differ (JSON)' },
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
      whenNobodyIsAvailable: whenNobodyIsAvailable
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
      history: history.optional().title(SETTING_TITLES.history).describe(forHandoff('history')),
      historyMessages: z
        .number()
        .int()
        .min(0)
        .optional()
        .title(SETTING_TITLES.historyMessages)
        .describe(forHandoff('historyMessages')),
      mask: mask
        .optional()
        .title(SETTING_TITLES.mask)
        .describe(`${forHandoff('mask')}. An empty list changes nothing`),
      queueMessage: wording('queueMessage'),
      editedMessage: wording('editedMessage'),
      botLabel: wording('botLabel'),
      agentNote: wording('agentNote'),
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
  // Names of functions are 65 kB that are read at each cold start. `bp` keeps them for node-fetch, which nothing here uses.
  keepNames: false,
}

/**
 * Without it the CLI of SDK 7, which `npm i -g @botpress/cli` installs today, ends `lint`, `read` and `deploy` of a
 * definition made with SDK 5 with "assertNever called". The CLI of SDK 5 ignores it. See docs/sdk-7.md.
 */
const useLegacyZuiTransformer = true

export const props = {
  name: 'livechat-hitl',
  version: '1.0.0',
  title: 'LiveChat HITL',
  description:
    'Human handoff (HITL) to LiveChat: hand conversations over to human agents, and take them back when the chat ends',
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
  __advanced: { esbuild, useLegacyZuiTransformer },
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
