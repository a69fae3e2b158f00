/**
 * Every sentence that a bot owner can meet as an error: what happened, and what to change where. Each begins with fixed
 * words that a flow may branch on, and stands in hub.md. None holds a value that was given.
 */
export const PROBLEMS = {
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
  liveChatSilent: 'LiveChat did not answer: nothing was started. Try again in a minute; see status.livechat.com.',
  botpressFailed:
    'Handoff undone: Botpress did not take the new conversation, so the chat was closed again. Try again.',
  refusedByLiveChat: 'LiveChat refused the request: nothing was started. The log of the integration names the call.',

  badGroupId: 'Invalid hitlSession: groupId must be a whole number of 0 or more.',
  badAgentId: "Invalid hitlSession: agentId must be an agent's login e-mail address.",
  badTags: 'Invalid hitlSession: tags must be a list of texts that are not empty.',
  badSessionFields: 'Invalid hitlSession: sessionFields must be at most 100 named texts.',
  badWhenNobody: 'Invalid hitlSession: whenNobodyIsAvailable must be "queue" or "refuse".',

  messageTokenRefused:
    "Message not delivered: LiveChat refuses the customer's token. Check Client ID, Organization ID and the redirect URI of the LiveChat app.",
  messageNoAnswer: 'Message not delivered: LiveChat did not answer in time. The customer has to send it again.',
  messageRefused: 'Message not delivered: LiveChat refused it. The log of the integration names the call.',

  unknownChat: 'Unknown chat: rateChat needs chatId and threadId as the event chatEnded gave them.',
  ratingRefused: 'Rating not written: LiveChat refused it. The log of the integration names the call.',
} as const
