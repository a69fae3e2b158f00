import type { ActionOutput, Session, StartHitlInput } from './cards'
import type { Conversation, Event, Message, Payload, User } from './objects'

/** The small scripted bot. Each answer is chosen by the first pattern that fits. */
export type BotScript = {
  greeting?: string
  answers?: { when: RegExp; say: Said<string> }[]
  /** Words that hand over to a human. */
  handoff?: RegExp
  /** The inputs of the plugin's `startHitl` card. */
  handoffInput?: Said<StartHitlInput>
  otherwise?: string
  /** Runs behind the Start HITL card when `hitl#continueWorkflow` reaches the bot; a text is said in that conversation. */
  afterHitl?: string | ((bot: CodeCard, event: Event) => Promise<void> | void)
  /** The flow of a trigger, for any other event that reaches the bot. It has no conversation unless the event names one;
   *  a card sets `event.conversationId` and `event.userId`, and all cards after it run there. */
  onEvent?: (event: Event, bot: CodeCard) => Promise<void> | void
  /** Said when `startHitl` fails; `{error}` is the message. */
  handoffFailed?: string
}

/** Fixed, or made by a flow of the message that asks for it. */
export type Said<T> = T | ((bot: CodeCard, message: Message) => Promise<T> | T)

/** What an Execute Code card of a flow can do with the bot's identity, at any time and in any conversation of the bot.
 *  Each call rejects with `ApiError` as the Runtime API would. */
export type CodeCard = {
  /** Prefix of the integration's tags and actions. */
  readonly alias: string
  /** Says a text where the flow runs. */
  say(text: string): Promise<Message>
  createMessage(message: { conversationId: string; type: string; payload: Payload }): Promise<Message>
  /** With all tags: `hitl#downstream` of the plugin, `<alias>:<tag>` of the integration. */
  getConversation(id: string): Promise<Conversation>
  getUser(id: string): Promise<User>
  getMessage(id: string): Promise<Message>
  /** One page, newest first. */
  listMessages(conversationId: string): Promise<Message[]>
  /** An action of the integration, `type` without alias. */
  callAction(type: string, input: Payload): Promise<ActionOutput>
  /** The plugin's cards, for the customer and the conversation of the flow. `undefined`: the plugin ignored it. */
  startHitl(input?: StartHitlInput): Promise<Session | undefined>
  stopHitl(): Promise<void>
}
