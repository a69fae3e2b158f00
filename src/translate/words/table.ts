/** Every sentence that the product itself writes to a customer or an agent; `{named}` places are filled in. */
export type Table = {
  /** Above title and description of a handoff. To the agent. */
  opening: string
  /** The opening of a handoff without title and description. To the agent. */
  openingEmpty: string
  /** Stands in the opening when the description was too long. To the agent. */
  descriptionCut: string
  /** Above the conversation with the bot. To the agent. */
  transcript: string
  /** Above each further text of the conversation with the bot. To the agent. */
  transcriptMore: string
  /** Stands where older messages were left out. To the agent. */
  transcriptCut: string
  botSaid: string
  /** Words of an agent in an earlier handoff. To the agent. */
  agentSaid: string
  /** Words of the bot, or of an agent in an earlier handoff: which of them is not known. To the agent. */
  botOrAgentSaid: string
  customerSaid: string
  personSaid: string
  /** A person without a known name, when several spoke. */
  unnamedSaid: string
  /** Words of the bot during the session. To the agent. */
  botLabel: string
  /** Words of another person than the customer during the session. To the agent. */
  personLabel: string
  /** Words of a nameless other person during the session. To the agent. */
  unnamedLabel: string
  /** Words of the customer that look like a label of ours. To the agent. */
  customerWrote: string
  /** The customer's earlier chats belong to another LiveChat customer. To the agent. */
  otherCustomer: string
  /** The customer's address is known under another name. To the agent. */
  otherName: string
  /** The handoff was meant for a group that LiveChat does not have, or for a language that nobody there speaks now. To the agent. */
  wantedGroup: string
  /** The customer's address was also given by somebody with another name. To the agent. */
  sharedAddress: string
  /** What the bot says of the conversation, first of all. To the agent. */
  summary: string
  /** One of several facts in a line, and their names. To the agent. */
  fact: string
  intent: string
  sentiment: string
  priority: string
  customerLanguage: string
  /** Where the conversation with the bot can be read. To the agent. */
  conversationLink: string
  /** An agent deleted a message that the customer has seen. To the customer. */
  removed: string
  /** An agent writes in a chat that no session is open in. To the agent. */
  agentNote: string
  /** Botpress refuses what an agent writes to the customer. To the agent. */
  agentUnheard: string
  /** An agent writes to a customer who is with the bot, and the bot may hand over. To the agent. */
  agentOpened: string
  /** An agent gave the customer back to the bot. To the agent. */
  handedBack: string
  /** Place in the queue and waiting time. To the customer. */
  queue: string
  /** Place in the queue, waiting time unknown. To the customer. */
  queuePosition: string
  /** In the queue, nothing else known. To the customer. */
  queueUnknown: string
  /** Name of whoever says what no agent says, such as the place in the queue. To the customer. */
  neutralAuthor: string
  /** A corrected message. To the customer. */
  edited: string
  /** How to answer numbered choices. To the customer. */
  chooseOne: string
  /** A button that opens a link or a phone number. To the customer. */
  linkButton: string
  /** The agent sent something that no other rule shows. To the customer. */
  cannotShow: string
  /** Media as a link, with its title. To both. */
  titledLink: string
  imageLink: string
  audioLink: string
  videoLink: string
  fileLink: string
  /** Media of the history that follow the transcript as files. To the agent. */
  fileAttached: string
  /** A link whose host sent a page or an error in place of the file. To the agent. */
  notFetched: string
  /** A link whose host refuses whoever has no login. To the agent. */
  needsLogin: string
  /** A link to a file without content. To the agent. */
  fileEmpty: string
  /** Media that cannot even be linked. To both. */
  titledLost: string
  mediaLost: string
}

/** The sentences that most languages write alike; one that does not says so. */
export const patterns = {
  botSaid: 'Bot: {text}',
  personSaid: '{name}: {text}',
  botLabel: '[Bot] {text}',
  personLabel: '[{name}] {text}',
  fact: '{name}: {value}',
  linkButton: '{label}: {link}',
  titledLink: '{title}: {link}',
} as const satisfies Partial<Table>
