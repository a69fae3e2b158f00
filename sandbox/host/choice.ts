import type { PoolRequest } from './forward'
import type { PoolProcess } from './pool-process'

/** A process of a pool as it stands. */
export type PoolMember = Readonly<Pick<PoolProcess, 'number' | 'pid' | 'state' | 'served'>>

/** Which frozen process takes a request; the one used least recently comes first in `frozen`, which is never empty. */
export type Choice = (frozen: readonly PoolMember[], request: PoolRequest) => PoolMember | undefined

/** A choice by chance: with a seeded `random` it is the same again for the same order of requests. */
export function randomly(random: () => number): Choice {
  return (frozen) => frozen[Math.floor(random() * frozen.length)]
}

export const leastRecent: Choice = (frozen) => frozen[0]
export const mostRecent: Choice = (frozen) => frozen.at(-1)

/** Least recently used first; one that has not been used yet comes before all others. */
export function byUse(a: PoolProcess, b: PoolProcess): number {
  return a.lastRequest - b.lastRequest || a.number - b.number
}
