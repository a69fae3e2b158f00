import { seeded } from '../sandbox/random'

/** Whether every matrix is played whole, as `npm run test:all` does, or a sample of each. */
export const PLAYS_ALL = process.env['TEST_ALL'] === 'yes'

/** Draws the samples. The run prints it; `TEST_SEED=<seed>` repeats them. */
export const SEED = Number(process.env['TEST_SEED'] ?? 1)

/** How large something is in a sample, and when everything is played. */
export const sized = (sample: number, whole: number): number => (PLAYS_ALL ? whole : sample)

/**
 * So many of the cells of a matrix, in their order, drawn by the seed of the run; all of them when everything is played.
 */
export function sampled<T>(cells: readonly T[], count: number, { all = PLAYS_ALL, seed = SEED } = {}): T[] {
  if (all) return [...cells]
  const random = seeded(seed)
  const drawn = cells.map((_, index) => ({ index, key: random() })).sort((a, b) => a.key - b.key)
  return drawn
    .slice(0, count)
    .sort((a, b) => a.index - b.index)
    .flatMap(({ index }) => cells.slice(index, index + 1))
}

/** What a run says of itself before the first test. */
export function describeRun(): string {
  if (PLAYS_ALL) return 'Every matrix is played whole.'
  return `Matrices are sampled with seed ${SEED}: TEST_SEED=${SEED} repeats this run, "npm run test:all" plays them whole.`
}
