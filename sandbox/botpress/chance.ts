/** Random numbers from 0 up to 1 that are the same for the same seed; another seed in the settings starts anew. */
export class Chance {
  private seed: number | undefined
  private state = 0

  constructor(private readonly settings: { seed: number }) {}

  next(): number {
    if (this.seed !== this.settings.seed) this.restart()
    // Mulberry32, a public-domain generator of 32 bits.
    this.state = (this.state + 0x6d2b79f5) | 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }

  restart(): void {
    this.seed = this.settings.seed
    this.state = this.settings.seed
  }
}
