import type { FlowPlace } from './code-card'
import type { Event, Message } from './objects'
import type { BotScript, CodeCard, Said } from './script'
import type { Store } from './store'

const DEFAULT_SCRIPT = {
  greeting: 'Hello! Ask me about our opening hours or prices, or say "agent" to talk to a human.',
  answers: [
    { when: /open|hours/i, say: 'We are open Monday to Friday, 9 to 17 h.' },
    { when: /price|cost/i, say: 'Our plans start at 20 dollars a month.' },
  ],
  handoff: /\b(agent|human)\b/i,
  handoffInput: { title: 'Customer asked for a human', description: 'The bot could not help any further.' },
  otherwise: 'I did not understand that. Say "agent" to talk to a human.',
  afterHitl: 'I am back. Is there anything else?',
  onEvent: () => undefined,
  handoffFailed: 'Sorry, I could not reach a human: {error}',
} satisfies BotScript

/** What happens to a message that is the bot's to answer, and to an event that reaches its triggers. */
export class ScriptedBot {
  private readonly script: Required<BotScript>

  constructor(
    script: BotScript,
    private readonly store: Store,
    private readonly cardIn: (place: FlowPlace) => CodeCard,
  ) {
    this.script = { ...DEFAULT_SCRIPT, ...script }
  }

  async onMessage(message: Message): Promise<void> {
    const text = wordsOf(message)
    const card = this.cardIn(message)
    if (this.script.handoff.test(text)) return this.handOver(card, message)
    const answer = this.script.answers.find(({ when }) => when.test(text))
    await card.say(await made(answer?.say ?? this.greetingOrHelp(message), card, message))
  }

  /** A trigger's flow runs outside of any conversation until a card sets one; behind Start HITL it runs in the customer's. */
  async onEvent(event: Event): Promise<void> {
    const flow = { ...event }
    const card = this.cardIn(flow)
    if (event.type !== 'hitl#continueWorkflow') return this.script.onEvent(flow, card)
    const { afterHitl } = this.script
    if (typeof afterHitl === 'string') await card.say(afterHitl)
    else await afterHitl(card, flow)
  }

  private async handOver(card: CodeCard, message: Message): Promise<void> {
    const { handoffInput, handoffFailed } = this.script
    try {
      await card.startHitl(await made(handoffInput, card, message))
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown.message : String(thrown)
      await card.say(handoffFailed.replace('{error}', error))
    }
  }

  private greetingOrHelp({ conversationId }: Message): string {
    const said = this.store.messagesIn(conversationId)
    return said.some(({ direction }) => direction === 'outgoing') ? this.script.otherwise : this.script.greeting
  }
}

async function made<T extends object | string>(said: Said<T>, card: CodeCard, message: Message): Promise<T> {
  return typeof said === 'function' ? said(card, message) : said
}

/** The text, or the value of a pressed button. */
function wordsOf({ payload }: Message): string {
  return [payload.text, payload.value].filter((part) => typeof part === 'string').join(' ')
}
