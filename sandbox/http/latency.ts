import { setTimeout as sleep } from 'node:timers/promises'
import { seeded } from '../random'

/** How long each call of the integration to a platform takes beside its work, in milliseconds; 0 to 0: no time at all. */
export type Latency = {
  minMs: number
  maxMs: number
  /** Draws the time of each call: the same numbers give the same times to the same order of calls. */
  random: () => number
}

export function noLatency(seed: number): Latency {
  return { minMs: 0, maxMs: 0, random: seeded(seed) }
}

/**
 * Half of the time passes before the work and half after it, as on the way to a platform and back: calls that meet are
 * carried out in the order in which they arrive, and a caller learns what was done later than everybody else can see it.
 */
export async function withLatency<T>({ minMs, maxMs, random }: Latency, work: () => Promise<T>): Promise<T> {
  if (maxMs <= 0) return work()
  const halfMs = (minMs + random() * (maxMs - minMs)) / 2
  await sleep(halfMs)
  const result = await work()
  await sleep(halfMs)
  return result
}
