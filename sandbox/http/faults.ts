import type { Context, MiddlewareHandler } from 'hono'
import type { HttpBindings } from '@hono/node-server'
import { processOf } from './process-header'

/** Something that goes wrong on the way to or from an emulated method. */
export type Fault = {
  /** Exact operation name (see `Exchange.operation`), or a prefix ending in `*`. */
  operation: string
  /**
   * `refuse`: the socket is cut before anything is done. `reset-after`: the work is done, then the socket is cut.
   * `silence`: nothing is done and nothing is ever answered. `answer`: nothing is done, the given answer is sent.
   * `answer-after`: the work is done, but the given answer is sent instead of the real one. `slow`: works after `delayMs`.
   */
  kind: 'refuse' | 'reset-after' | 'silence' | 'answer' | 'answer-after' | 'slow'
  status?: number
  headers?: Record<string, string>
  /** A string is sent as it is (for broken JSON or HTML), anything else as JSON. */
  body?: unknown
  delayMs?: number
  /** How many requests are hit before the fault is used up; default 1, `Infinity` stays until removed. */
  times?: number
  /** How many fitting requests pass unharmed first; default 0. */
  after?: number
}

/** A request that may meet a fault, as far as it is known where it is met. */
export type Met = {
  operation: string
  /** Number of the process of the integration that asks. */
  process?: number
  /** What the integration is asked: a delivery, an action, a message. */
  body?: unknown
}

/** The faults of one emulator: each request takes at most one. */
export class Faults {
  /** Draws a fault for each request that no added fault hits; default: none. */
  chance: ((met: Met) => Fault | undefined) | undefined
  private active: (Fault & { times: number; after: number })[] = []

  add(fault: Fault): void {
    this.active.push({ times: 1, after: 0, ...fault })
  }

  clear(): void {
    this.active = []
    this.chance = undefined
  }

  list(): readonly Fault[] {
    return this.active
  }

  take(operation: string, met: Omit<Met, 'operation'> = {}): Fault | undefined {
    const hit = this.active.find((fault) => {
      if (!fits(fault.operation, operation)) return false
      if (fault.after === 0) return true
      fault.after -= 1
      return false
    })
    if (!hit) return this.chance?.({ operation, ...met })
    hit.times -= 1
    if (hit.times <= 0) this.active = this.active.filter((fault) => fault !== hit)
    return hit
  }
}

/** Whether an operation is the one of a pattern: an exact name, or a prefix ending in `*`. */
export function fits(pattern: string, operation: string): boolean {
  return pattern.endsWith('*') ? operation.startsWith(pattern.slice(0, -1)) : pattern === operation
}

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

/**
 * Applies the fault that fits the operation of each request, as the network or a failing server would. `onFault` hears of
 * each one before it takes effect.
 */
export function faultMiddleware(
  faults: Faults,
  operationOf: (method: string, path: string) => string,
  onFault?: (c: Context, fault: Fault) => void,
): MiddlewareHandler<{ Bindings: HttpBindings }> {
  return async (c, next) => {
    const fault = faults.take(operationOf(c.req.method, c.req.path), processOf(c.req.header()))
    if (!fault) return next()
    onFault?.(c, fault)
    if (fault.delayMs) await sleep(fault.delayMs)
    switch (fault.kind) {
      case 'slow':
        return next()
      case 'refuse':
        c.env.incoming.socket.destroy()
        return new Promise<Response>(() => undefined)
      case 'silence':
        return new Promise<Response>(() => undefined)
      case 'reset-after':
        await next()
        c.env.incoming.socket.destroy()
        return new Promise<Response>(() => undefined)
      case 'answer-after':
        await next()
        c.res = undefined
        c.res = answer(fault)
        return undefined
      case 'answer':
        return answer(fault)
    }
  }
}

function answer({ status = 500, headers = {}, body = {} }: Fault): Response {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/html' : 'application/json'
  return new Response(text, { status, headers: { 'content-type': type, ...headers } })
}
