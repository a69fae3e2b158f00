import { setTimeout as sleep } from 'node:timers/promises'
import { asciiJson } from '../../http/ascii-json'
import type { Fault, Faults } from '../../http/faults'
import { parsed } from '../../http/parsed'
import { post } from '../../http/post'
import { processOf } from '../../http/process-header'
import type { Wire } from '../../http/wire'
import type { Settings } from '../world/settings'
import type { Attempt, Delivery } from './control'

export type Sender = { settings: Settings['webhooks']; wire: Wire; faults: Faults; signal: AbortSignal }

type Answer = { status?: number; body?: unknown; error?: string; fault?: string; process?: number }

/** Posts the delivery until it is answered 200 or its retries are used up, and writes down what became of it. */
export async function attempt(delivery: Delivery, sender: Sender): Promise<void> {
  const { retryDelaysMs, timeScale } = sender.settings
  for (const pauseMs of [0, ...retryDelaysMs]) {
    if (pauseMs && !(await paused(pauseMs * timeScale, sender.signal))) return
    if (sender.signal.aborted) return
    // Exactly 200 is named as success; any other 2xx is sent again.
    if ((await tryOnce(delivery, sender)) === 200) {
      delivery.outcome = 'delivered'
      return
    }
  }
  if (!sender.signal.aborted) delivery.outcome = 'lost'
}

async function paused(ms: number, signal: AbortSignal): Promise<boolean> {
  return sleep(ms, true, { signal }).catch(() => false)
}

async function tryOnce(delivery: Delivery, sender: Sender): Promise<number | undefined> {
  const { wire, faults } = sender
  const operation = `webhook/${delivery.action}`
  const headers = { 'content-type': 'application/json', 'user-agent': 'LiveChat Webhooks (emulated)' }
  const { pathname } = new URL(delivery.url)
  const call = { to: 'integration', operation, method: 'POST', path: pathname } as const
  const exchange = wire.begin({ ...call, requestHeaders: headers, requestBody: delivery.envelope })
  const record: Attempt = { startedAt: exchange.startedAt }
  delivery.attempts.push(record)
  const { status, body, error, ...rest } = await throughFault(
    delivery,
    headers,
    sender,
    faults.take(operation, { body: delivery.envelope }),
  )
  Object.assign(record, { endedAt: performance.now(), status, error })
  wire.end(exchange, { status, responseBody: body ?? error, ...rest })
  return status
}

async function throughFault(
  delivery: Delivery,
  headers: Record<string, string>,
  sender: Sender,
  fault: Fault | undefined,
): Promise<Answer> {
  if (fault?.delayMs) await paused(fault.delayMs, sender.signal)
  if (fault?.kind === 'refuse') return { error: 'connection refused', fault: fault.kind }
  if (fault?.kind === 'answer') return { status: fault.status ?? 500, body: fault.body, fault: fault.kind }
  if (fault?.kind === 'silence') return silence(sender)
  const answer = await send(delivery, headers, sender)
  if (fault?.kind === 'reset-after') return { error: 'connection reset', fault: fault.kind }
  if (fault?.kind === 'answer-after') return { status: fault.status ?? 500, body: fault.body, fault: fault.kind }
  return { ...answer, fault: fault?.kind }
}

async function silence({ settings, signal }: Sender): Promise<Answer> {
  await paused(settings.timeoutMs, signal)
  return { error: 'timeout', fault: 'silence' }
}

async function send(delivery: Delivery, headers: Record<string, string>, sender: Sender): Promise<Answer> {
  if (!isLoopback(delivery.url)) return { error: 'not sent: the emulator only reaches loopback addresses' }
  const signal = AbortSignal.any([sender.signal, AbortSignal.timeout(sender.settings.timeoutMs)])
  try {
    const answer = await post(delivery.url, { headers, body: asciiJson(delivery.envelope), signal })
    return { status: answer.status, body: parsed(answer.text), ...processOf(answer.headers) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function isLoopback(url: string): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(new URL(url).hostname)
}
