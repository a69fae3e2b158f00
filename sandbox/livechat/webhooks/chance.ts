import { createHash } from 'node:crypto'
import type { Settings } from '../world/settings'
import type { Delivery } from './control'

/** What chance does to one delivery: copies in all, from 1 to 3, and how long each of them waits, in milliseconds. */
type Chance = { copies: number; delayMs: (copy: number) => number }

/** Decided by the seed and what the delivery is drawn by alone, so that the same story has the same chances again. */
export function chanceOf({ seed, duplicateRate, delayMs, drawnBy }: Settings['webhooks'], delivery: Delivery): Chance {
  const name = drawnBy(delivery)
  const draw = (what: string) => fraction(`${seed}/${name}/${what}`)
  const further = draw('second') >= duplicateRate ? 0 : draw('third') >= duplicateRate ? 1 : 2
  const { min, max, skew = 1 } = delayMs
  const late = (copy: number) => draw(`delay ${copy}`) ** skew
  return { copies: 1 + further, delayMs: (copy) => min + Math.floor(late(copy) * (max - min + 1)) }
}

/** A number from 0 up to, not including, 1. */
function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32
}
