/** Everything that must not happen, by what people would say of it. */
export const KINDS = {
  lostFromAgent: "an agent's words were lost",
  doubledFromAgent: "an agent's words were shown twice",
  swappedFromAgent: "an agent's words came in another order",
  lostFromCustomer: "a customer's words were lost, and nobody was notified",
  doubledFromCustomer: "a customer's words arrived twice",
  swappedFromCustomer: "a customer's words came in another order",
  wrongScreen: 'words on a wrong screen',
  leakedNote: 'a private note left LiveChat',
  reportedInVain: 'words were reported as not delivered although they arrived',
  reportedWithoutReason: 'words were not delivered although nothing was wrong',
  reportedTwice: 'words were reported as not delivered twice',
  announcedAgain: 'an agent was announced again without having been away',
  announcedNobody: 'an agent was announced who was not there',
  neverAnnounced: 'an agent was never announced',
  wordsFirst: 'words came before their author was announced',
  joinedTwice: 'the customer read once too often that an agent joined',
  joinedNever: 'the customer did not read that an agent joined',
  endedForNothing: 'a handoff ended although nobody had ended it',
  endTwice: 'the customer read twice that the handoff is over',
  endNever: 'the customer did not read that the handoff is over',
  chatEndedTwice: '`chatEnded` reached the bot twice',
  chatEndedNever: '`chatEnded` did not reach the bot',
  chatEndedForOwn: '`chatEnded` reached the bot for an end of its own',
  chatLeftOpen: 'a chat stayed open in LiveChat',
  leftActive: 'a handoff never ended for the plugin',
  sharedConversation: 'two windows were given one conversation',
  refused: 'a handoff was refused without a reason',
  lockedOut: 'a customer could not be handed over any more',
  noNote: 'an agent who wrote to nobody got no note',
  notes: 'an agent who wrote to nobody got more than one note',
  webhookLost: 'LiveChat gave up on a webhook although nothing failed',
  neverQuiet: 'something went on without end',
} as const

export type Kind = keyof typeof KINDS

/** `detail`: which words, agent or thread. */
export type Violation = { kind: Kind; detail: string }

export const violation = (kind: Kind, detail: string): Violation => ({ kind, detail })
