/** What `register` and `checkSetup` report beside what is wrong: what is right, and what is worth knowing. */
export const NOTES = {
  clientIdRight: 'LiveChat knows the app.',
  redirectRight: 'The app allows the webhook address as redirect URI.',
  redirectUnchecked: 'Not verified: LiveChat refused the app for another reason.',
  organizationIdRight: 'The agent token belongs to this organization.',
  organizationIdAccepted:
    'LiveChat knows the organization. It did not say which organization the agent token belongs to.',
  webhookSecretRight: 'The secret is long enough.',
  agentTokenRight: 'LiveChat accepts the token, and it may read chats.',
  agentTokenUnverified:
    'LiveChat neither accepted nor refused the token clearly. The log of the integration names the call.',
  ownerOutsideGroup:
    'The owner of the token is not in the group. With the scope chats--access:rw LiveChat then refuses to close chats and to say who answers. Add the owner to the group (LiveChat → Team → Groups).',
  groupRight: 'The group exists and has agents.',
  groupPeopleForbidden:
    'The group exists. The token may not see its agents; the scopes groups--all:ro and agents--all:ro allow it.',
  groupPeopleUnknown: 'The group exists. LiveChat did not say whether it has agents.',
  groupSupervisorsOnly: 'The group exists, but all its agents are supervisors there: LiveChat assigns them no chats.',
  groupMaybeEmpty: 'The group exists, but LiveChat names no agents in it.',
  webhookUrlDiffers:
    'Botpress names another webhook address than the one that LiveChat receives as redirect URI. Both must be on the list of the app.',
  webhooksRight: 'All webhooks are registered and enabled.',
  webhooksMissing:
    'Webhooks are missing, so messages of agents do not arrive. Save the configuration in Botpress Studio: saving registers them.',
  webhooksSomeMissing:
    'Some webhooks are missing, and a handoff works without them. Save the configuration in Botpress Studio: saving registers them.',
  webhooksNotYet: 'Not registered yet. Saving the configuration in Botpress Studio registers them.',
  webhooksByHand:
    'This token may not manage webhooks (scope webhooks.configuration:rw). Create the three webhooks incoming_event, chat_deactivated and chat_transferred by hand in Developer Console → your app → Chat Webhooks, each with your webhook secret and this address:',
  webhooksUnknown:
    'This token may not see webhooks (scope webhooks.configuration:rw). Three are needed, created by hand in Developer Console → your app → Chat Webhooks.',
  webhooksUnchecked: 'Not verified: Client ID and agent token have to be right first.',
  webhooksUnanswered: 'Not verified: LiveChat did not list the webhooks.',
  webhooksDisabled:
    'LiveChat does not deliver the webhooks of this app. Install the app in Developer Console → your app → Private installation.',
  webhookGap:
    'A webhook had to be removed before its successor was registered. Deliveries of up to 2 minutes may be lost.',
  webhookRefused: 'A webhook could not be registered:',
  webhookLeftOut: 'A webhook that is useful but not needed could not be registered:',
  webhooksLeftBehind:
    'Webhooks could not be removed from LiveChat. Remove them by hand in Developer Console → your app → Chat Webhooks:',
  newerSave: 'Another save began later, so this one leaves the webhooks to it.',
} as const
