import type { BotScript } from './api'
import type { Event, Message } from './objects'
import { say, type Plugin } from './plugin/plugin'
import { startHitl } from './plugin/start'

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
  handoffFailed: 'Sorry, I could not reach a human: {error}',
} satisfies BotScript

/** What happens to a message that is the bot's to answer. */
export class ScriptedBot {
  private readonly script: Required<BotScript>

  constructor(
    private readonly plugin: Plugin,
    script: BotScript,
    private readonly emailOf: (userId: string) => string | undefined,
  ) {
    this.script = { ...DEFAULT_SCRIPT, ...script }
  }

  async onMessage(message: Message): Promise<void> {
    const text = wordsOf(message)
    if (this.script.handoff.test(text)) return this.handOver(message)
    const answer = this.script.answers.find(({ when }) => when.test(text))
    say(this.plugin, message.conversationId, answer?.say ?? this.greetingOrHelp(message))
  }

  onEvent({ type, payload }: Event): void {
    const { conversationId } = payload
    if (type !== 'hitl#continueWorkflow' || typeof conversationId !== 'string') return
    say(this.plugin, conversationId, this.script.afterHitl)
  }

  private async handOver({ conversationId, userId }: Message): Promise<void> {
    const { handoffInput, handoffFailed } = this.script
    const userEmail = this.emailOf(userId)
    const input = { ...(userEmail === undefined ? {} : { userEmail }), ...handoffInput }
    try {
      await startHitl(this.plugin, { ...input, upstreamId: conversationId, upstreamUserId: userId })
    } catch (thrown) {
      const error = thrown instanceof Error ? thrown.message : String(thrown)
      say(this.plugin, conversationId, handoffFailed.replace('{error}', error))
    }
  }

  private greetingOrHelp({ conversationId }: Message): string {
    const said = this.plugin.platform.store.messagesIn(conversationId)
    return said.some(({ direction }) => direction === 'outgoing') ? this.script.otherwise : this.script.greeting
  }
}

/** The text, or the value of a pressed button. */
function wordsOf({ payload }: Message): string {
  return [payload.text, payload.value].filter((part) => typeof part === 'string').join(' ')
}
