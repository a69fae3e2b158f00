/** The middle of the values and what nearly all of them stay below. */
export type Spread = { median: number; p95: number; min: number; max: number; count: number }

export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] ?? NaN
  return { median: at(0.5), p95: at(0.95), min: sorted[0] ?? NaN, max: sorted.at(-1) ?? NaN, count: sorted.length }
}

/** The same of the quicker half: other work on the machine only ever adds, so it says the most. */
export function quickerHalf(values: readonly number[]): Spread {
  return spreadOf([...values].sort((a, b) => a - b).slice(0, Math.ceil(values.length / 2)))
}
