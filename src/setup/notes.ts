/** What `register` and `checkSetup` say beside the errors: what is right, and what is worth knowing. None holds a value. */
export const NOTES = {
  clientIdRight: 'LiveChat knows the app.',
  redirectRight: 'The app allows the webhook address as redirect URI.',
  redirectUnchecked: 'Not asked: LiveChat refused the app for another reason.',
  organizationIdRight: 'It is the organization of the agent token.',
  organizationIdAccepted: 'LiveChat knows the organization; whether the token is of the same one it did not say.',
  webhookSecretRight: 'It is long enough.',
  agentTokenRight: 'LiveChat accepts it, and it may read chats.',
  agentTokenUnproved: 'LiveChat neither accepted nor refused it clearly; see the log of the integration.',
  ownerOutsideGroup:
    'Its owner is not in the group: with the scope chats--access:rw LiveChat then refuses to close chats and to tell who answers. Add the owner to the group (LiveChat → Team → Groups).',
  groupRight: 'The group exists and has agents.',
  groupPeopleUnknown:
    'The group exists; whether it has agents, this token may not know (scopes groups--all:ro, agents--all:ro).',
  groupSupervisorsOnly: 'The group exists, and all its agents are supervisors there: LiveChat assigns them no chats.',
  groupMaybeEmpty: 'The group exists; LiveChat names no agents in it.',
  webhookUrlDiffers:
    'Botpress names another webhook address than the one that LiveChat is given as redirect URI: both must be on the list of the app.',
  webhooksRight: 'All webhooks are registered and enabled.',
  webhooksMissing: 'Webhooks are missing, so agents would not be heard: save the configuration again.',
  webhooksSomeMissing: 'Some webhooks are missing: save the configuration again.',
  webhooksByHand:
    'This token may not manage webhooks (scope webhooks.configuration:rw): make the three webhooks incoming_event, chat_deactivated and chat_transferred by hand in Developer Console → your app → Chat Webhooks, each with your webhook secret and this address:',
  webhooksUnknown:
    'This token may not see webhooks (scope webhooks.configuration:rw): three are needed, made by hand in Developer Console → your app → Chat Webhooks.',
  webhooksUnchecked: 'They could not be seen before Client ID and agent token are right.',
  webhooksDisabled:
    'LiveChat does not deliver the webhooks of this app: install it in Developer Console → your app → Private installation.',
  webhookGap:
    'A webhook had to be removed before its successor was registered: deliveries of up to 2 minutes may be lost.',
  webhookRefused: 'A webhook could not be registered:',
  webhookLeftOut: 'A webhook that is useful but not needed could not be registered:',
  webhooksLeftBehind:
    'Webhooks could not be removed from LiveChat; remove them by hand in Developer Console → your app → Chat Webhooks:',
} as const
