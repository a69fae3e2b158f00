import { createHash } from 'node:crypto'
import { seeded } from '../../sandbox/random'

/** A number from 0 up to, not including, 1 that belongs to this text. */
export function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0) / 2 ** 32
}

/** Chance that can be repeated: the same text gives the same throws. */
export class Dice {
  private readonly random: () => number

  constructor(text: string) {
    this.random = seeded(Math.floor(fraction(text) * 2 ** 31))
  }

  /** Whether something of this probability, 0 to 1, happens. */
  chance(probability: number): boolean {
    return this.random() < probability
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.random() * (max - min + 1))
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[this.between(0, from.length - 1)]
    if (picked === undefined) throw new Error('there is nothing to pick from')
    return picked
  }

  /** One of these, each as likely as its weight is great. */
  weigh<T>(weighted: readonly (readonly [weight: number, value: T])[]): T {
    const possible = weighted.filter(([weight]) => weight > 0)
    const total = possible.reduce((sum, [weight]) => sum + weight, 0)
    let left = this.random() * total
    for (const [weight, value] of possible) if ((left -= weight) < 0) return value
    throw new Error('there is nothing to weigh')
  }
}
