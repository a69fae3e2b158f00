/** Tags of users: customers and agents. */
export const user = {
  tags: {
    email: { title: 'E-mail', description: 'The e-mail address by which the customer is found again' },
    agentId: { title: 'Agent ID', description: 'The LiveChat agent that this user stands for' },
    chatId: { title: 'Chat ID', description: 'The one chat that LiveChat keeps for this customer' },
    newest: { title: 'Newest handoff', description: 'Its thread, and what recognizes a repeated start of it' },
    profile: { title: 'Profile', description: 'Fingerprint of the name, e-mail and picture that LiveChat got last' },
    given: { title: 'Given', description: 'Name or address that was given and not verified: only shown to agents' },
  },
} as const

/** Tags of a handoff's conversation and of its messages. */
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
