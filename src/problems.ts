import { RuntimeError } from '@botpress/client'
import { SECRET_CHARACTERS, SETTING_TITLES, type SettingKey } from './settings-form'

/** Longest value that a sentence repeats, in characters: client ids, UUIDs and e-mail addresses fit. */
const MAX_REPEATED_CHARACTERS = 64

/** A setting as a sentence names it: the title stands in Studio, the key in a bot's code. */
const named = (key: SettingKey) => `"${SETTING_TITLES[key]}" (${key})`

/** A value that was given, for a sentence on one line. Anything that looks like more than a name or an id is left out. */
export function quoted(given: unknown): string {
  if (typeof given === 'number') return String(given)
  const isName = typeof given === 'string' && given.length <= MAX_REPEATED_CHARACTERS && /^[\w@.+-]+$/.test(given)
  return isName ? `"${given}"` : 'what was given'
}

const appAuthorization = 'Developer Console → your app → App Authorization'
const groups = 'LiveChat → Team → Groups'
const inStudio = (key: SettingKey) => `${named(key)} in Botpress Studio`

/** Where a group id came from, which says where to correct it. */
export type GroupSource = 'settings' | 'groupId' | 'groupName' | 'groupLanguage' | 'input'
const whereIsGroup: Record<GroupSource, string> = {
  settings: inStudio('groupId'),
  groupId: 'groupId in hitlSession',
  groupName: 'groupName in hitlSession',
  groupLanguage: 'groupLanguage in hitlSession',
  input: 'groupId in the input of the action',
}

/**
 * What an action, a message or a save can fail with: what happened, then what to change and where. A flow may branch on
 * the words before the first colon, so these never change. A value that was wrong is repeated, a secret never.
 */
export const PROBLEMS = {
  userNotMade: 'User not made: Botpress did not accept the customer. Try again in a minute.',
  unknownUser: 'Unknown user: startHitl needs the userId that createUser returned. Call createUser first.',
  alreadyInHandoff:
    'Already in a handoff: this customer is talking with an agent in another conversation. End that one first, or give each person an e-mail address of their own.',
  nobodyAvailable: `Nobody is available: no agent of the LiveChat group is online. Try later, or set ${named('whenNobodyIsAvailable')} to "queue".`,
  customerBanned:
    'Customer is banned: LiveChat does not accept chats of this customer. Lift the ban in LiveChat → Customers.',
  tokenRefused: `LiveChat refused the app: it issued no customer token. Check ${named('clientId')} and ${named('organizationId')}, and that the redirect URIs of the app include the webhook address (${appAuthorization}).`,
  notAllowed: (groupId: number) =>
    `LiveChat refused the chat: the customer may not open it in group ${groupId}. Check ${named('groupId')}, and that no list of trusted domains excludes the bot (LiveChat → Settings → Security).`,
  groupMissing: (groupId: number, source: GroupSource) =>
    `Group not found: LiveChat has no group ${groupId}. Correct ${whereIsGroup[source]}; ${groups} shows the numbers.`,
  groupIdInvalid: (groupId: number, source: GroupSource) =>
    `Group ID is not valid: ${Number.isNaN(groupId) ? 'it is not a number' : `${groupId} is no group`}. Enter a whole number from 0 in ${whereIsGroup[source]}; ${groups} shows the numbers.`,
  licenseProblem:
    'LiveChat license problem: the license is expired or does not include chats. Renew the license in LiveChat.',
  startUncertain:
    'LiveChat did not answer: a chat may have been opened, which nobody answers. Try again in a minute; that closes it.',
  startBusy: 'Handoff is starting already: another start of this customer is in progress. Try again in a minute.',
  liveChatSilent: 'LiveChat did not answer: nothing was started. Try again in a minute; see status.livechat.com.',
  botpressSilent: 'Botpress did not answer: nothing was started. Try again in a minute.',
  botpressFailed:
    'Handoff undone: Botpress did not create the conversation, so the chat was closed again. Try again in a minute.',
  refusedByLiveChat: 'LiveChat refused the request: nothing was started. The log of the integration names the call.',

  badGroupId: (given: unknown) =>
    `Invalid hitlSession: groupId must be a whole number of 0 or more, and ${quoted(given)} is not.`,
  badAgentId: (given: unknown) =>
    `Invalid hitlSession: agentId must be an agent's login e-mail address, and ${quoted(given)} is not.`,
  badTags: 'Invalid hitlSession: tags must be a list of texts.',
  badSessionFields: 'Invalid hitlSession: sessionFields must be at most 100 named texts.',
  badWhenNobody: (given: unknown) =>
    `Invalid hitlSession: whenNobodyIsAvailable must be "queue" or "refuse", and ${quoted(given)} is neither.`,
  badSwitch: 'Invalid hitlSession: sendName, sendEmail and sendPicture must be true or false.',
  badHistory:
    'Invalid hitlSession: history must be "all", "lastMessages" or "none", and historyMessages a whole number of 0 or more.',
  badMask: 'Invalid hitlSession: mask must be a list of "card", "iban", "email" and "phone".',
  badWording:
    'Invalid hitlSession: queueMessage, editedMessage, botLabel and agentNote are too long. Together they may have about 400 characters.',

  messageTokenRefused: `Message not delivered: LiveChat refuses the customer's token. Check ${named('clientId')}, ${named('organizationId')} and the redirect URIs of the LiveChat app.`,
  messageNoAnswer: 'Message not delivered: LiveChat did not answer in time. The customer has to send it again.',
  messageBotpressFailed: 'Message not delivered: Botpress did not answer us. The customer has to send it again.',
  messageTrouble:
    'Message not delivered: LiveChat answered with an error for as long as we could try. The customer has to send it again.',
  messageAfterEnd: 'Message not delivered: the chat was closed before it. The bot answers the customer again.',
  messageRefused: 'Message not delivered: LiveChat refused it. The log of the integration names the call.',
  messageUncertain:
    'Message maybe not delivered: it came late, and LiveChat did not say whether the agent has it already. The customer has to ask.',

  unknownChat: (chatId: unknown, threadId: unknown) =>
    `Unknown chat: ${quoted(chatId)} with thread ${quoted(threadId)} is no chat that this bot has handed over. rateChat needs chatId and threadId from the event chatEnded.`,
  badScore: (given: unknown) => `Invalid score: rateChat needs "good" or "bad", and ${quoted(given)} is neither.`,
  ratingNoAnswer: 'Rating not written: LiveChat or Botpress did not answer. Try again in a minute.',
  ratingRefused: 'Rating not written: LiveChat refused it. The log of the integration names the call.',

  unknownHandoff:
    'Unknown handoff: getHandoff needs hitlConversationId, or chatId and threadId, of a handoff of this bot, as an event names them.',
  handoffNoAnswer: 'Handoff not read: Botpress did not answer. Try again in a minute.',
  unknownCustomer:
    'Unknown customer: forgetInBotpress needs the userId of an event of this integration, or an e-mail address.',
  customerInHandoff: 'Customer is in a handoff: nothing was deleted. End the handoff first.',
  notForgotten:
    'Not everything was deleted: Botpress refused or did not answer. Call the action again; the log of the integration names the call.',

  availabilityUnknown:
    'Availability unknown: LiveChat did not answer as expected. Try again in a minute. The action checkSetup reports what is wrong.',

  setupNotChecked:
    'Setup not checked: the integration itself failed. Try again in a minute; the log of the integration names the error.',
  settingsNeedAttention: (sentences: readonly string[]) => numbered(sentences),
  webhookLimit:
    'Webhook limit reached: LiveChat allows three webhooks for each action and Client ID, and other installations use them. Remove one in Developer Console → your app → Chat Webhooks, or give this bot an app of its own.',
  webhooksNotRegistered:
    'Webhooks not registered: LiveChat refused or did not answer. Save again in a minute. The log of the integration names the call.',
  setupStateFailed: 'Setup not saved: Botpress did not store or return the registrations. Save again in a minute.',
} as const

/** What can be wrong with the settings: what it is, and where to fix it. True wherever the settings are verified. */
export const SETTING_PROBLEMS = {
  clientIdMissing: `Client ID is missing: copy it from LiveChat ${appAuthorization} to ${inStudio('clientId')}.`,
  clientIdRefused: (given: string) =>
    `Client ID is unknown to LiveChat: no app has ${given}. Copy it again from ${appAuthorization} to ${inStudio('clientId')}.`,
  clientIdForeign: (given: string) =>
    `Client ID belongs to another organization: ${given} is not an app of this one. Create an app in the Developer Console of this organization, and copy its Client ID to ${inStudio('clientId')}.`,
  clientIdUnchecked: `Client ID could not be checked: fix the other settings first, then ${named('clientId')} is verified.`,
  redirectRefused: (url: string) =>
    `Redirect URI is refused: add ${url} (or its origin alone) to ${appAuthorization} → Redirect URI whitelist.`,
  appRefused: (given: string) =>
    `LiveChat refused the app: check ${inStudio('clientId')}, which is ${given}, and the redirect URIs and the type of the app in ${appAuthorization}.`,

  organizationIdMissing: `Organization ID is missing: copy it from LiveChat Developer Console → Settings → Organization ID to ${inStudio('organizationId')}.`,
  organizationIdWrong: (given: string) =>
    `Organization ID is wrong: LiveChat has no organization ${given}. Copy it again from Developer Console → Settings → Organization ID to ${inStudio('organizationId')}.`,
  organizationIdOther: (given: string, ofToken: string) =>
    `Organization ID is not that of the agent token: ${inStudio('organizationId')} is ${given}, and the token belongs to ${ofToken}. Copy the ID again from Developer Console → Settings → Organization ID, or create the token in that organization.`,
  organizationIdUnchecked: `Organization ID could not be checked: fix the other settings first, then ${named('organizationId')} is verified.`,

  webhookSecretMissing: `Webhook secret is missing: enter a random text of ${SECRET_CHARACTERS.min} characters or more in ${inStudio('webhookSecret')}.`,
  webhookSecretShort: (length: number) =>
    `Webhook secret is too short: it has ${length} characters. Enter a random text of ${SECRET_CHARACTERS.min} characters or more in ${inStudio('webhookSecret')}.`,
  webhookSecretLong: (length: number) =>
    `Webhook secret is too long: it has ${length} characters. Enter a random text of at most ${SECRET_CHARACTERS.max} characters in ${inStudio('webhookSecret')}.`,

  agentTokenMissing: `Agent token is missing: create a personal access token in LiveChat Developer Console → Authorization and copy its Base64 value to ${inStudio('agentToken')}.`,
  agentTokenMalformed: `Agent token is not readable: copy the Base64 value that Developer Console shows once beside a new personal access token to ${inStudio('agentToken')}.`,
  agentTokenRefused: `Agent token is refused by LiveChat: it was revoked or mistyped. Create a new one in Developer Console → Authorization and copy its Base64 value to ${inStudio('agentToken')}.`,
  agentTokenCannotRead: `Agent token may not read chats: scopes cannot be added later. Create a new token with the scope chats--access:rw in Developer Console → Authorization and copy its Base64 value to ${inStudio('agentToken')}.`,
  agentTokenCannotClose: `Agent token may not close chats: it has chats--access:ro only, and scopes cannot be added later. Create a new token with the scope chats--access:rw in Developer Console → Authorization and copy its Base64 value to ${inStudio('agentToken')}.`,

  groupIdInvalid: (given: number) => PROBLEMS.groupIdInvalid(given, 'settings'),
  groupMissing: (given: number) => PROBLEMS.groupMissing(given, 'settings'),
  groupWithoutPeople: (given: number) =>
    `Group has no agents: nobody can answer in group ${given}. Add people to it in ${groups}, or choose another group in ${inStudio('groupId')}.`,
  groupUnchecked: `Group ID could not be checked: fix the other settings first, then ${named('groupId')} is verified.`,

  notAnswered:
    'LiveChat did not answer: the settings could not be verified. Try again in a minute; see status.livechat.com.',
  notStored: 'Botpress did not answer: the settings could not be verified. Try again in a minute.',
} as const

export type Problem = keyof typeof PROBLEMS
type ProblemSentence = (typeof PROBLEMS)[Problem]
type ValuesOf<P extends Problem> = P extends Problem
  ? (typeof PROBLEMS)[P] extends (...values: infer Values) => string
    ? Values
    : []
  : never

/** A refusal in our words, which Botpress shows to the bot owner as they are. Its identity is `problem`, not the sentence. */
export class Refusal extends RuntimeError {
  constructor(
    readonly problem: Problem,
    sentence: string,
  ) {
    super(sentence)
  }
}

/** The error of a problem, with the values that its sentence repeats. */
export function refusal<P extends Problem>(problem: P, ...values: ValuesOf<P>): Refusal {
  return new Refusal(problem, sentenceOf(problem, ...values))
}

/** The sentence alone. */
export function sentenceOf<P extends Problem>(problem: P, ...values: ValuesOf<P>): string {
  const sentence: ProblemSentence = PROBLEMS[problem]
  return typeof sentence === 'string' ? sentence : (sentence as (...given: unknown[]) => string)(...values)
}

/** Botpress' client throws errors of the parent class too, for what failed elsewhere: those words are not ours to repeat. */
export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Refusal
}

/** One sentence stands by itself; several are counted. */
function numbered(sentences: readonly string[]): string {
  const [only = '', ...others] = sentences
  if (others.length === 0) return only
  return [`${sentences.length} settings need attention:`, ...sentences.map((text, i) => `${i + 1}. ${text}`)].join('\n')
}
