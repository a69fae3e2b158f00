import { z } from '@botpress/sdk'
import {
  ABSENCE_RULES,
  DEFAULTS,
  HISTORY_RULES,
  LANGUAGE_NAMES,
  MARKDOWN_RULES,
  MASK_KINDS,
  MAX_HAND_BACK_CHARACTERS,
  MAX_LINK_CHARACTERS,
  MAX_SENTENCE_CHARACTERS,
  SECRET_CHARACTERS,
  SETTING_TITLES,
  SUMMARIES,
} from '../src/settings-form'
import { en } from '../src/translate/words/en'

/** A sentence that a bot owner may write anew; the form shows the English default in the empty field. */
const sentence = (standard: string) => z.string().max(MAX_SENTENCE_CHARACTERS).optional().placeholder(standard)

/** The app, the account and the group in LiveChat: what every installation has to fill in. */
const connection = {
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
}

/** What the integration does and reports. */
const behaviour = {
  whenNobodyIsAvailable: z
    .enum(ABSENCE_RULES)
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
    .describe('Send the event chatEnded to the bot, with reason, tags and rating'),
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
    .enum(MARKDOWN_RULES)
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
}

/** What LiveChat may get of a customer. */
const privacy = {
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
  history: z
    .enum(HISTORY_RULES)
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
  mask: z
    .array(z.enum(MASK_KINDS))
    .default([...DEFAULTS.mask])
    .title(SETTING_TITLES.mask)
    .describe(
      'Hidden in texts that go to LiveChat, not in the e-mail address of the customer details: card (numbers of payment cards), iban, email, phone (with + and country code)',
    ),
}

/** What the integration itself writes. */
const sentences = {
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
    .describe(
      'Sent once to an agent who writes while the customer is with the bot. NULL sends no notes but those of lost words',
    ),
}

/** How a handoff goes back to the bot, and what a waiting customer's message causes. */
const handBack = {
  handBackCommand: z
    .string()
    .regex(/^\S*$/)
    .max(MAX_HAND_BACK_CHARACTERS)
    .optional()
    .title(SETTING_TITLES.handBackCommand)
    .describe(
      'An agent who writes this word gives the customer back to the bot, such as /bot. Words behind it, on the same line, reach the bot',
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
    .describe('A handoff that nobody took for this long ends with the next message of the customer. 0 lets them wait'),
  askForPlace: z
    .boolean()
    .default(DEFAULTS.askForPlace)
    .title(SETTING_TITLES.askForPlace)
    .describe(
      'Send queueChanged when a waiting customer writes. At most one LiveChat request per customer in a minute',
    ),
}

/** The form that a bot owner fills in. The order of the fields is the order in the form. */
export const configuration = {
  schema: z.object({ ...connection, ...behaviour, ...privacy, ...sentences, ...handBack }),
} as const
