// The makers of @sentry/core without its client: 9 kB of the bundle instead of 65, no measurable load time, and no hook
// into anything that could pick up requests or words. Measure: `npx esbuild src/reporting/sentry.ts --bundle
// --platform=node --minify --keep-names --external:@botpress/client | wc -c`.
import { randomUUID } from 'node:crypto'
import { isApiError } from '@botpress/client'
import {
  createEnvelope,
  createStackParser,
  dsnFromString,
  getEnvelopeEndpointWithUrlEncodedAuth,
  serializeEnvelope,
  type ErrorEvent,
  type EventEnvelope,
  type StackFrame,
} from '@sentry/core'
import { nodeStackLineParser } from '@sentry/core/server'
import { LiveChatError } from '../livechat/errors'

/** The Sentry project that reports go to; without `dsn` there are none. */
export type Destination = { dsn?: string; environment?: string; release?: string }

const SEND_WITHIN_MS = 1500

/** Sentry's own reader prints a DSN that it cannot read, and whatever was pasted there is a secret. */
const DSN = /^https?:\/\/\w+(:\w+)?@[\w.-]+(:\d+)?\/.+/

const parseStack = createStackParser(nodeStackLineParser())

/** Sends one report. Only names, places and kinds leave: a message could quote what somebody wrote, so none is sent. */
export async function sendReport(
  error: unknown,
  where: string,
  { dsn, environment, release }: Destination & { dsn: string },
): Promise<void> {
  const project = DSN.test(dsn) ? dsnFromString(dsn) : undefined
  if (!project) return
  const event: ErrorEvent = { ...eventOf(error, where), environment, release }
  const headers = { event_id: event.event_id ?? '', sent_at: new Date().toISOString() }
  const envelope = createEnvelope<EventEnvelope>(headers, [[{ type: 'event' }, event]])
  const body = serializeEnvelope(envelope)
  await fetch(getEnvelopeEndpointWithUrlEncodedAuth(project), {
    method: 'POST',
    body: typeof body === 'string' ? body : Buffer.from(body), // bytes only when there are attachments
    signal: AbortSignal.timeout(SEND_WITHIN_MS),
  })
}

function eventOf(error: unknown, where: string): ErrorEvent {
  const name = error instanceof Error ? error.name : 'NoError'
  return {
    type: undefined,
    event_id: randomUUID().replaceAll('-', ''),
    timestamp: Date.now() / 1000,
    platform: 'node',
    level: 'error',
    exception: { values: [{ type: name, value: kindOf(error), stacktrace: { frames: framesOf(error) } }] },
    tags: { where, ...vendorTags(error) },
  }
}

/** Of errors whose sentences we write ourselves the sentence, of others nothing. */
function kindOf(error: unknown): string {
  if (error instanceof LiveChatError) return error.message
  return isApiError(error) ? `Botpress: ${error.type} (${error.code})` : ''
}

function vendorTags(error: unknown): Record<string, string> {
  if (!(error instanceof LiveChatError)) return {}
  const { api, action, failure, type } = error
  return { api, action, failure, ...(type && { vendor_type: type }) }
}

/** Where in our own code: file names without their folders, and nothing of the lines around. */
function framesOf(error: unknown): StackFrame[] {
  if (!(error instanceof Error)) return []
  const { name, message, stack = '' } = error
  // The stack begins with the message, whose lines may look like anything.
  const head = message === '' ? name : `${name}: ${message}`
  const places = stack.startsWith(head) ? stack.slice(head.length) : ''
  return parseStack(places, 1)
    .filter(({ filename, in_app }) => filename !== undefined && in_app !== false)
    .map(({ function: named, filename, lineno, colno }) => ({
      ...(named && { function: named }),
      filename: `app:///${filename?.split(/[\\/]/).at(-1)}`,
      ...(lineno !== undefined && { lineno }),
      ...(colno !== undefined && { colno }),
      in_app: true,
    }))
}
