import type { Exchange } from '../../http/wire'

/** An exchange with the id of its row on the page. */
export type Shown = { id: string; exchange: Exchange }

/** Ids of the calls that the integration made while it answered a request, by the id of that request; oldest first. */
export type CallsOf = ReadonlyMap<string, readonly string[]>

/**
 * Which request each call belongs to. A process takes one request at a time, so the number of the process decides; where it
 * is not known, the request that came last of those that were open.
 */
export function callsByRequest(shown: readonly Shown[]): CallsOf {
  const requests = shown.filter(({ exchange }) => exchange.to === 'integration')
  const calls = new Map<string, string[]>(requests.map(({ id }) => [id, []]))
  for (const { id, exchange } of shown) {
    const request = exchange.to === 'integration' ? undefined : requestOf(exchange, requests)
    if (request) calls.get(request.id)?.push(id)
  }
  return calls
}

function requestOf(call: Exchange, requests: readonly Shown[]): Shown | undefined {
  const open = requests.filter(
    ({ exchange: { startedAt, endedAt = Infinity } }) => startedAt <= call.startedAt && call.startedAt <= endedAt,
  )
  return open.findLast(({ exchange }) => call.process !== undefined && exchange.process === call.process) ?? open.at(-1)
}
