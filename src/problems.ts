import { RuntimeError } from '@botpress/client'

/**
 * Every sentence that a bot owner can meet as an error: what happened, and what to change where. Each begins with fixed
 * words that a flow may branch on, and stands in hub.md. None holds a value that was given.
 */
export const PROBLEMS = {
  userNotMade: 'User not made: Botpress did not take the customer. Try again in a minute.',
  unknownUser: 'Unknown user: startHitl needs the userId that createUser returned. Call createUser first.',
  alreadyInHandoff:
    'Already in a handoff: this customer is talking with an agent in another conversation. End that one first, or give each person an e-mail address of their own.',
  nobodyAvailable:
    'Nobody is available: no agent of the LiveChat group is online. Try later, or set "When nobody is available" to "queue".',
  customerBanned:
    'Customer is banned: LiveChat does not take chats of this customer. Lift the ban in LiveChat → Customers.',
  tokenRefused:
    'LiveChat refused the app: no customer token was given. Check Client ID and Organization ID, and that the redirect URI of the app holds the webhook address (Developer Console → App Authorization).',
  notAllowed:
    'LiveChat refused the chat: the customer may not open it. Check that the group ID is right, and that no list of trusted domains keeps the bot out (LiveChat → Settings → Security).',
  groupMissing: 'Group not found: LiveChat has no group with this ID. Correct "Group ID" (LiveChat → Team → Groups).',
  licenseProblem: 'LiveChat license problem: the license is expired or does not include chats. Renew it in LiveChat.',
  startUncertain:
    'LiveChat did not answer: a chat may have been opened, which nobody answers. Try again in a minute; that closes it.',
  startBusy: 'Handoff is starting already: another start of this customer is under way. Try again in a minute.',
  liveChatSilent: 'LiveChat did not answer: nothing was started. Try again in a minute; see status.livechat.com.',
  botpressSilent: 'Botpress did not answer: nothing was started. Try again in a minute.',
  botpressFailed:
    'Handoff undone: Botpress did not take the new conversation, so the chat was closed again. Try again.',
  refusedByLiveChat: 'LiveChat refused the request: nothing was started. The log of the integration names the call.',

  badGroupId: 'Invalid hitlSession: groupId must be a whole number of 0 or more.',
  badAgentId: "Invalid hitlSession: agentId must be an agent's login e-mail address.",
  badTags: 'Invalid hitlSession: tags must be a list of texts.',
  badSessionFields: 'Invalid hitlSession: sessionFields must be at most 100 named texts.',
  badWhenNobody: 'Invalid hitlSession: whenNobodyIsAvailable must be "queue" or "refuse".',

  messageTokenRefused:
    "Message not delivered: LiveChat refuses the customer's token. Check Client ID, Organization ID and the redirect URI of the LiveChat app.",
  messageNoAnswer: 'Message not delivered: LiveChat did not answer in time. The customer has to send it again.',
  messageBotpressFailed: 'Message not delivered: Botpress did not answer us. The customer has to send it again.',
  messageTrouble:
    'Message not delivered: LiveChat answered, but was in trouble for as long as we could try. The customer has to send it again.',
  messageAfterEnd: 'Message not delivered: the chat was closed before it. The bot answers the customer again.',
  messageRefused: 'Message not delivered: LiveChat refused it. The log of the integration names the call.',
  messageUncertain:
    'Message maybe not delivered: it came late, and LiveChat did not tell whether the agent has it already. The customer has to ask.',

  unknownChat: 'Unknown chat: rateChat needs chatId and threadId as the event chatEnded gave them.',
  ratingNoAnswer: 'Rating not written: LiveChat or Botpress did not answer. Try again in a minute.',
  ratingRefused: 'Rating not written: LiveChat refused it. The log of the integration names the call.',
} as const

/** What can be wrong with the five settings and with what LiveChat knows of them: what it is, and where to mend it. */
export const SETUP_PROBLEMS = {
  clientIdMissing:
    'Client ID is missing: copy it from LiveChat Developer Console → your app → App Authorization into Studio.',
  clientIdRefused:
    'Client ID is unknown to LiveChat: copy it again from Developer Console → your app → App Authorization into Studio.',
  clientIdForeign:
    'Client ID belongs to another organization: use an app that was made in the Developer Console of this organization.',
  clientIdUnchecked: 'Client ID could not be checked before the other settings are right.',
  redirectRefused:
    'Redirect URI is refused: add the webhook address, or its origin alone, in Developer Console → your app → App Authorization → Redirect URI whitelist.',
  appRefused:
    'LiveChat refused the app: check Client ID in Studio, and the redirect URIs and the type of the app in Developer Console → your app → App Authorization.',

  organizationIdMissing:
    'Organization ID is missing: copy it from LiveChat Developer Console → Settings → Organization ID into Studio.',
  organizationIdWrong:
    'Organization ID is wrong: copy it again from LiveChat Developer Console → Settings → Organization ID into Studio.',
  organizationIdOther:
    'Organization ID is not that of the agent token: copy it again from Developer Console → Settings → Organization ID, or create the token in that organization.',
  organizationIdUnchecked: 'Organization ID could not be checked before the other settings are right.',

  webhookSecretMissing: 'Webhook secret is missing: enter a long random text of your own in Studio.',
  webhookSecretShort: 'Webhook secret is too short: enter a random text of 16 characters or more in Studio.',
  webhookSecretLong: 'Webhook secret is too long: enter a random text of 255 characters at the most in Studio.',

  agentTokenMissing:
    'Agent token is missing: create a personal access token in LiveChat Developer Console → Authorization and copy its Base64 value into Studio.',
  agentTokenMalformed:
    'Agent token is not readable: copy the Base64 value that Developer Console shows once beside a new personal access token into Studio.',
  agentTokenRefused:
    'Agent token is refused by LiveChat: it was revoked or mistyped. Create a new one in Developer Console → Authorization and copy its Base64 value into Studio.',
  agentTokenCannotRead:
    'Agent token may not read chats: scopes cannot be added later, so create a new one with the scope chats--access:rw in Developer Console → Authorization.',

  groupIdInvalid: 'Group ID is not valid: it is a whole number from 0, as LiveChat → Team → Groups shows it.',
  groupMissing: PROBLEMS.groupMissing,
  groupWithoutPeople:
    'Group has no agents: nobody could answer. Add people to it in LiveChat → Team → Groups, or choose another "Group ID".',
  groupUnchecked: 'Group ID could not be checked before the other settings are right.',

  notAnswered:
    'LiveChat did not answer: the settings could not be proved. Save again in a minute; see status.livechat.com.',
  webhookLimit:
    'Webhook limit reached: LiveChat allows three webhooks for each action and Client ID, and other installations use them. Remove one in Developer Console → your app → Chat Webhooks, or give this bot an app of its own.',
  webhooksNotRegistered:
    'Webhooks not registered: LiveChat refused or did not answer. Save again in a minute; the log of the integration names the call.',
  setupStateFailed: 'Setup not saved: Botpress did not take or give what was registered. Save again in a minute.',

  availabilityUnknown:
    'Availability unknown: LiveChat did not answer as expected. Try again in a minute; the action checkSetup tells what is wrong.',
} as const

const OURS = new Set<string>([...Object.values(PROBLEMS), ...Object.values(SETUP_PROBLEMS)])

/** Botpress' client throws errors of this class too, for what failed elsewhere: those words are not ours to repeat. */
export function isOurRefusal(error: unknown): error is RuntimeError {
  return error instanceof RuntimeError && OURS.has(error.message)
}
