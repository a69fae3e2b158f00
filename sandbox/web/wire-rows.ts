import type { Exchange } from '../http/wire'
import { masked } from './mask'
import type { WireRow } from './view'

/** Longer strings are cut: a page needs no megabytes of a file. */
const MAX_STRING = 4_000

/** Id of the row of an exchange. `side` tells the two emulators' numbers apart; a reset begins to count at 1 again. */
export function rowId(side: string, { id, startedAt }: Pick<Exchange, 'id' | 'startedAt'>): string {
  return `${side}-${id}-${Math.round(startedAt)}`
}

/** What the page shows of an exchange. */
export function wireRow(exchange: Exchange, { id, secrets }: { id: string; secrets: readonly string[] }): WireRow {
  const { to, operation, method, status, startedAt, endedAt, fault, process } = exchange
  return {
    id,
    to,
    operation,
    method,
    path: masked(exchange.path, secrets),
    atMs: startedAt,
    tookMs: endedAt === undefined ? undefined : endedAt - startedAt,
    status,
    done: endedAt !== undefined,
    fault,
    process,
    requestHeaders: masked(exchange.requestHeaders, secrets),
    requestBody: shortened(masked(exchange.requestBody, secrets)),
    responseBody: shortened(masked(exchange.responseBody, secrets)),
  }
}

function shortened(value: unknown): unknown {
  if (typeof value === 'string') return value.length > MAX_STRING ? `${value.slice(0, MAX_STRING)}… (cut here)` : value
  if (value instanceof Uint8Array) return `(${value.byteLength} bytes)`
  if (Array.isArray(value)) return value.map(shortened)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shortened(inner)]))
}
