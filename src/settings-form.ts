// What the settings form in Botpress Studio shows, and what a field that is left alone means. The definition and the
// code of the integration both read this file. It imports nothing, so that the definition's schemas stay out of the bundle.

/** The title of each setting, by its key. */
export const SETTING_TITLES = {
  clientId: 'Client ID',
  organizationId: 'Organization ID',
  webhookSecret: 'Webhook secret',
  agentToken: 'Agent token (Base64)',
  groupId: 'Group ID',
  whenNobodyIsAvailable: 'When nobody is available',
  language: 'Language',
  recognizeByEmail: 'Recognize customers by e-mail',
  reportChatEnd: 'Report the end of a chat',
  markAsSeen: 'Show messages as seen',
  reportDeletions: 'Report deleted messages',
  agentMarkdown: "Agents' Markdown",
  agentMayOpen: 'Agents may open chats',
  summarize: 'Summary of a chat',
  sendName: 'Send names',
  sendEmail: 'Send e-mail addresses',
  sendPicture: 'Send pictures',
  history: 'History',
  historyMessages: 'Messages of the history',
  mask: 'Mask',
  mapLink: 'Map link',
  queueMessage: 'Queue message',
  editedMessage: 'Edited message',
  botLabel: "Label of the bot's words",
  agentNote: 'Note to an agent',
  handBackCommand: 'Hand-back command',
  handBackTag: 'Hand-back tag',
  giveUpAfterSeconds: 'Give up after (seconds)',
  askForPlace: 'Ask for the place in the queue',
} as const

export type SettingKey = keyof typeof SETTING_TITLES

/** The names that the form offers, by language tag: Studio shows the values of a list as they are. */
export const LANGUAGE_NAMES = {
  en: 'English',
  fr: 'French',
  de: 'German',
  es: 'Spanish',
  pt: 'Portuguese (Brazil)',
  'pt-PT': 'Portuguese (Portugal)',
  pl: 'Polish',
} as const

/** What happens to a handoff when no agent is available. */
export const ABSENCE_RULES = ['queue', 'refuse'] as const
export type AbsenceRule = (typeof ABSENCE_RULES)[number]

/** What happens to the marks in agents' Markdown messages. */
export const MARKDOWN_RULES = ['keep', 'plain'] as const
export type MarkdownRule = (typeof MARKDOWN_RULES)[number]

/** What is done about LiveChat's own summaries. */
export const SUMMARIES = ['off', 'whenTold', 'ask'] as const

/** How much of the conversation with the bot agents read. */
export const HISTORY_RULES = ['all', 'lastMessages', 'none'] as const

/** What can be hidden from LiveChat. */
export const MASK_KINDS = ['card', 'iban', 'email', 'phone'] as const

/** Longest pattern of an address, in characters. */
export const MAX_LINK_CHARACTERS = 500

/** The platform is not known to fill in the defaults of a schema, so the code does it too. */
export const DEFAULTS = {
  whenNobodyIsAvailable: 'queue',
  language: 'en',
  recognizeByEmail: true,
  reportChatEnd: true,
  markAsSeen: false,
  agentMayOpen: false,
  summarize: 'off',
  giveUpAfterSeconds: 0,
  askForPlace: false,
  reportDeletions: true,
  agentMarkdown: 'keep',
  sendName: true,
  sendEmail: true,
  sendPicture: true,
  history: 'all',
  historyMessages: 10,
  mask: [],
  mapLink: '',
} as const

/** The word that silences a sentence, as in the settings of the HITL plugin. An empty field means the default sentence. */
export const SILENCE = 'NULL'

/** Longest sentence of a bot owner's own, in characters. */
export const MAX_SENTENCE_CHARACTERS = 500

/** Longest hand-back command, and longest list of hand-back tags, in characters. */
export const MAX_HAND_BACK_CHARACTERS = 200

/**
 * Length of the webhook secret in characters. 16 are as strong as 64 random bits, even in hex. LiveChat once cut the
 * `secret_key` of a webhook at 255 (Configuration API, register_webhook).
 */
export const SECRET_CHARACTERS = { min: 16, max: 255 } as const
