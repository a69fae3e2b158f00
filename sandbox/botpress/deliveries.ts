import type { BotInstallation } from './bot-installation'
import type { Message } from './objects'
import { asIntegration, type Installed, type Platform } from './platform'
import { getConversation } from './runtime-api/conversations'
import { showMessage } from './runtime-api/messages'
import { getUser } from './runtime-api/users'

type Recipients = Platform & { installationOf(installed: Installed): BotInstallation }

/** Messages of the bot on their way to the integration. */
export class Deliveries {
  /** End of the last delivery, by conversation. */
  private readonly last = new Map<string, Promise<void>>()

  constructor(
    private readonly platform: Recipients,
    private readonly track: (work: Promise<void>) => void,
  ) {}

  /** Messages in the integration's own conversations reach it, those of one conversation by default in order. */
  deliver(installed: Installed, message: Message): void {
    const { store, settings } = this.platform
    const { conversationId } = message
    if (store.conversations.get(conversationId)?.object.integration !== installed.alias) return
    const before = settings.messageOrder === 'in-order' ? this.last.get(conversationId) : undefined
    const delivery = (before ?? Promise.resolve()).then(() => this.deliverAll(installed, message))
    this.last.set(conversationId, delivery)
    this.track(delivery)
  }

  clear(): void {
    this.last.clear()
  }

  private async deliverAll(installed: Installed, message: Message): Promise<void> {
    for (let delivery = 1; delivery <= this.platform.settings.messageDeliveries; delivery++) {
      await this.deliverOnce(installed, message)
    }
  }

  /** A delivery that fails is noted and not repeated. */
  private async deliverOnce(installed: Installed, message: Message): Promise<void> {
    const { platform } = this
    const installation = platform.installationOf(installed)
    const caller = asIntegration(installed)
    try {
      await installation.integration.deliver({
        conversation: getConversation(platform, caller, message.conversationId),
        user: getUser(platform, caller, message.userId),
        message: showMessage(platform, caller, message),
      })
    } catch (thrown) {
      installation.failed(`message ${message.id}`, thrown)
    }
  }
}
