import type { Announcement } from '../chats/assignment'
import type { RichElement } from '../world/model'

/** Where something happened: what every driving method answers. */
export type Happened = { chatId: string; threadId: string }
export type Said = Happened & { eventId: string }

/** A human agent at the desk. Every method throws an `Error` when LiveChat's app would not offer it. */
export type AgentPerson = {
  id: string
  /**
   * Writes to the customer; `markdown` marks the text as CommonMark. The agent joins first when not in the chat, as the app demands; see `joins`.
   */
  says(chatId: string, text: string, options?: { customId?: string; markdown?: boolean }): Said
  /** Writes a note that only agents see. Throws where `desk.privateNotes` says that there is no field for it. Who is not in a chat that another agent has supervises it from then on. */
  notes(chatId: string, text: string): Said
  sendsFile(chatId: string, file: { name: string; contentType?: string; bytes: Uint8Array }): Said
  sendsRichMessage(chatId: string, message: { templateId?: string; elements: RichElement[] }): Said
  edits(eventId: string, text: string): Said
  deletes(eventId: string): Said
  /**
   * Picks the chat up when nobody has it, else joins as a second agent, where `chats.severalPublicAgents` allows it (to
   * take a chat over, transfer it to oneself). Tells `user_added_to_chat`, and `chat_transferred`
   * (reason `assigned`) for a pick-up; `announce` leaves one or both out, since nothing promises both.
   */
  joins(chatId: string, options?: { announce?: Announcement }): Happened
  /** Reads along for the agents only (`visibility: "agents"`): the chat stays with whom it is, or in the queue. */
  supervises(chatId: string): Happened
  leaves(chatId: string): Happened
  /** Hands the chat over: to an agent, who is in it at once, or to a group, where the router or a pick-up follows. */
  transfersTo(chatId: string, target: { agentId: string } | { groupId: number }): Happened
  closes(chatId: string): Happened
  tags(chatId: string, tag: string): Happened
  untags(chatId: string, tag: string): Happened
  /** Opens the archived chat again from the Agent App: a new thread that no bot started. */
  reopens(chatId: string, text?: string): Happened
  /** Has read everything said so far. */
  reads(chatId: string): Happened
  /** Accepts chats again; with `routing.autoAssign` the router hands over waiting chats at once. */
  goesOnline(): void
  /** Stops accepting chats (for the router: nobody there), chats in hand stay. */
  goesOffline(): void
}

/** A bot agent of LiveChat. */
export type BotPerson = Pick<
  AgentPerson,
  'id' | 'says' | 'sendsRichMessage' | 'joins' | 'leaves' | 'transfersTo' | 'closes' | 'goesOnline' | 'goesOffline'
>

/** A customer who acts outside the integration: on a website, or as the object of an administrator's doing. */
export type CustomerPerson = {
  id: string
  says(chatId: string, text: string): Said
  /** Presses a button of a rich message (only marks it; the answer is a message). */
  presses(chatId: string, eventId: string, postbackId: string): Happened
  closes(chatId: string): Happened
  /** Leaves the website: the router closes the chat (`archived_customer_disconnected`). */
  disconnects(chatId: string): Happened
  /** An agent bans the customer: the active chat closes, later calls get `customer_banned`. */
  isBanned(): void
  /** Every token of the customer stops working now. */
  losesTokens(): void
  /** The cookie secrets are no longer valid. */
  losesCookies(): void
}

/** LiveChat's router: what happens without a person. */
export type RouterPerson = {
  assigns(chatId: string, agentId: string, options?: { reason?: 'assigned' | 'inactive' | 'other' }): Happened
  /** The agent is lost: the chat goes to the queue, or is left unassigned when `queued` is `false`. */
  unassigns(chatId: string, options?: { queued?: boolean }): Happened
  /** Puts the chat at a place of the queue. A chat that waits already only moves; that is no documented webhook. */
  queues(chatId: string, place: { position: number; waitTime: number }): Happened
  /** `routing.archived_inactive`: no messages for a while. */
  closesIdle(chatId: string): Happened
  /** `routing.archived_offline`: nobody was available. */
  closesNobody(chatId: string): Happened
  /** `routing.archived_disconnected`, or any other type: the agent's connection was lost. */
  closesOther(chatId: string, systemMessageType?: string): Happened
  /** Marks the chat idle without closing it. */
  marksIdle(chatId: string): Said
  /** Writes a system message of any type. */
  writes(chatId: string, systemMessage: { type: string; text?: string; textVars?: Record<string, unknown> }): Said
}
