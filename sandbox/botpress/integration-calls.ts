import { asciiJson } from '../http/ascii-json'
import type { Faults, Fault } from '../http/faults'
import { parsed } from '../http/parsed'
import { post } from '../http/post'
import { processOf } from '../http/process-header'
import type { Wire } from '../http/wire'
import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError } from './api-error'
import type { Payload } from './objects'
import type { Installed } from './platform'
import type { Settings } from './settings'
import { filledIn } from './studio-form'

type IntegrationOperation =
  'register' | 'unregister' | 'webhook_received' | 'message_created' | 'action_triggered' | 'ping'

type IntegrationCall = {
  installed: Installed
  /** Address of the instance that takes the call. */
  integrationUrl: string
  operation: IntegrationOperation
  /** Name on the wire: `action/startHitl`, `message/text`, `webhook/incoming_event`, `register`. */
  label: string
  body: Payload
}

export type IntegrationAnswer = {
  status: number
  text: string
  contentType: string
  /** Number of the process that answered. */
  process?: number
}

/** The answer got lost, or none was given: whoever called cannot know whether the work was done. */
export class AnswerLost extends Error {}

/** Calls the integration as the platform does: one POST per operation, everything about the bot in headers. */
export class IntegrationCalls {
  constructor(
    private readonly wire: Wire,
    private readonly faults: Faults,
    private readonly settings: Settings,
  ) {}

  async call(call: IntegrationCall): Promise<IntegrationAnswer> {
    const { label, body } = call
    const fault = this.faults.take(label, { body })
    const headers = headersOf(call, this.settings)
    const exchange = this.wire.begin({
      to: 'integration',
      operation: label,
      method: 'POST',
      path: '/',
      requestHeaders: headers,
      requestBody: body,
      ...(fault ? { fault: fault.kind } : {}),
    })
    const answer = await this.withFault(fault, () => this.send(call, headers)).catch((problem: unknown) => {
      this.wire.end(exchange, {}) // no answer will come any more
      throw problem
    })
    const { status, text, process } = answer
    this.wire.end(exchange, { status, responseBody: parsed(text), ...(process !== undefined && { process }) })
    return answer
  }

  private async withFault(fault: Fault | undefined, work: () => Promise<IntegrationAnswer>) {
    if (!fault) return work()
    if (fault.delayMs) await sleep(fault.delayMs)
    switch (fault.kind) {
      case 'slow':
        return work()
      case 'refuse':
        throw new AnswerLost('the connection was cut')
      case 'reset-after':
        await work()
        throw new AnswerLost('the connection was cut')
      case 'silence':
        await sleep(this.settings.integrationTimeoutMs, undefined, { ref: false })
        throw timeout(this.settings.integrationTimeoutMs)
      case 'answer-after':
        await work()
        return answerOf(fault)
      case 'answer':
        return answerOf(fault)
    }
  }

  private async send({ integrationUrl, body }: IntegrationCall, headers: Record<string, string>) {
    const { integrationTimeoutMs } = this.settings
    try {
      const signal = AbortSignal.timeout(integrationTimeoutMs)
      const { status, headers: answered, text } = await post(integrationUrl, { headers, body: asciiJson(body), signal })
      return { status, text, contentType: answered['content-type'] ?? '', ...processOf(answered) }
    } catch (thrown) {
      if (thrown instanceof Error && thrown.name === 'TimeoutError') throw timeout(integrationTimeoutMs)
      throw new ApiError('Internal', `the integration could not be reached: ${String(thrown)}`)
    }
  }
}

function headersOf({ installed, operation }: IntegrationCall, settings: Settings): Record<string, string> {
  const { configuration, declared } = installed
  const saved = filledIn(declared.configuration, configuration, settings.emptySettings)
  return {
    'content-type': 'application/json',
    'x-bot-id': installed.botId,
    'x-bot-user-id': installed.botUserId,
    'x-integration-id': installed.integrationId,
    'x-integration-alias': installed.alias,
    'x-webhook-id': installed.webhookId,
    'x-bp-operation': operation,
    'x-bp-configuration': Buffer.from(JSON.stringify(saved)).toString('base64'),
  }
}

const timeout = (ms: number) => new ApiError('OperationTimeout', `the integration did not answer within ${ms} ms`)

function answerOf({ status = 500, body = {} }: Fault): IntegrationAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status, text, contentType: typeof body === 'string' ? 'text/html' : 'application/json' }
}
