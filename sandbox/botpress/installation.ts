import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { parsed } from '../http/parsed'
import { ActionFailed, ApiError } from './api-error'
import { fitDeclared } from './declared-schema'
import { newId, newWebhookId } from './ids'
import type { InstallOptions } from './api'
import { AnswerLost, type IntegrationAnswer, type IntegrationCalls } from './integration-calls'
import type { Conversation, Message, Payload, User } from './objects'
import type { Declared } from './definition'
import type { Installed } from './platform'
import type { Settings } from './settings'

const ErrorBody = z.object({ type: z.string(), message: z.string() })
const ActionBody = z.object({ output: z.record(z.string(), z.unknown()).optional() })

/** What the platform passes on of a web request to the integration's webhook. */
export type WebRequest = {
  path: string
  query: string
  method: string
  headers: Record<string, string>
  body?: string | undefined
}

/** Statuses and lost answers after which the bot's client calls an action again. */
const RETRIED = [429, 502]
const MAX_ATTEMPTS = 4

/** Everything the platform asks of one installed integration. */
export class InstalledIntegration implements Installed {
  readonly botId = newId('bot', Date.now())
  readonly botUserId = newId('user', Date.now())
  readonly integrationId = newId('intver', Date.now())
  readonly alias: string
  readonly name: string
  readonly webhookId: string
  readonly webhookUrl: string
  readonly declared: Declared
  configuration: Payload
  configured: Payload = {}
  private urls: string[]
  private turn = 0

  constructor(
    private readonly options: InstallOptions,
    declared: Declared,
    emulatorUrl: string,
    private readonly calls: IntegrationCalls,
    private readonly settings: Settings,
  ) {
    this.declared = options.declared ?? declared
    this.name = options.name ?? this.declared.name
    this.alias = options.alias ?? this.name
    this.webhookId = options.webhookId ?? newWebhookId()
    this.webhookUrl = `${emulatorUrl}/${this.webhookId}`
    this.configuration = options.configuration
    this.urls = options.integrationUrls ?? (options.integrationUrl ? [options.integrationUrl] : [])
  }

  moveTo(urls: string[]): void {
    this.urls = urls
  }

  async ask(operation: 'register' | 'unregister' | 'ping'): Promise<void> {
    const answer = await this.send(operation, operation, { webhookUrl: this.webhookUrl })
    if (answer.status >= 300) throw failure(operation, answer)
  }

  /** Calls an action as the bot's client does, again after a lost answer, 429 or 502. `type` is without alias. */
  async callAction(type: string, input: Payload): Promise<Payload> {
    if (!this.declared.actions[type]) throw new ActionFailed('ResourceNotFound', `Action ${type} does not exist`)
    const answer = await this.insist(() => this.send('action_triggered', `action/${type}`, { type, input }))
    if (answer.status >= 300) throw failure(`action ${type}`, answer)
    const { data } = ActionBody.safeParse(parsed(answer.text))
    const output = data?.output ?? {}
    fitDeclared(this.declared.actions[type].output, output, `output of ${type}`, this.settings.payloadChecks)
    return output
  }

  /** Hands over one message; rejects when the integration did not take it. */
  async deliver(parts: { conversation: Conversation; user: User; message: Message }): Promise<void> {
    const { type, payload } = parts.message
    const answer = await this.send('message_created', `message/${type}`, { ...parts, type, payload })
    if (answer.status >= 300) throw failure(`message ${type}`, answer)
  }

  webhook(request: WebRequest): Promise<IntegrationAnswer> {
    return this.send('webhook_received', webhookLabel(request.body), { req: request })
  }

  private send(operation: Parameters<IntegrationCalls['call']>[0]['operation'], label: string, body: Payload) {
    return this.calls.call({ installed: this, integrationUrl: this.nextUrl(label), operation, label, body })
  }

  private nextUrl(label: string): string {
    if (this.urls.length === 0) throw new ApiError('Internal', 'no address of the integration is known')
    if (this.options.chooseUrl) return this.options.chooseUrl(this.urls, label)
    return String(this.urls[this.turn++ % this.urls.length])
  }

  private async insist(attempt: () => Promise<IntegrationAnswer>): Promise<IntegrationAnswer> {
    for (let attempts = 1; ; attempts++) {
      const answer = await attempt().catch(lostAnswer)
      const again = answer === undefined || RETRIED.includes(answer.status)
      if (answer && !again) return answer
      if (attempts === MAX_ATTEMPTS) throw new ActionFailed('Unknown', 'no answer after four attempts')
      await sleep(this.settings.actionRetryMs * attempts)
    }
  }
}

function lostAnswer(thrown: unknown): undefined {
  if (!(thrown instanceof AnswerLost)) throw thrown
}

/** A failing integration is a Runtime error with its own sentence for whoever asked. */
function failure(what: string, { status, text }: IntegrationAnswer): ActionFailed {
  const { data } = ErrorBody.safeParse(parsed(text))
  return new ActionFailed('Runtime', data?.message ?? `${what} failed with status ${status}: ${text}`)
}

function webhookLabel(body: string | undefined): string {
  const { data } = z.object({ action: z.string() }).safeParse(parsed(body ?? ''))
  return data ? `webhook/${data.action}` : 'webhook'
}
