import { playAll, type Casting, type RunOptions } from './run'
import type { Kind } from './oracle/violation'
import type { Story } from './story'

/** How often a shorter story is tried before it counts as harmless: chance is part of each. */
const COPIES = 5
const ROUNDS = 6

/** `shows`: in how many of `tries` the violation showed again. */
export type Smallest = { story: Story; shows: number; tries: number }

/**
 * Leaves out step after step for as long as the violation shows. Bounded: a story that shows it rarely may stay longer than
 * it would have to. `name`: what chance went by when it was first seen.
 */
export async function shrink(story: Story, name: string, kind: Kind, options: RunOptions): Promise<Smallest> {
  let smallest = await showing([story], name, kind, options)
  if (!smallest) return { story, shows: 0, tries: COPIES }
  let together: Story | undefined
  for (let round = 0; round < ROUNDS; round += 1) {
    const { steps } = smallest.story
    const shorter = steps.map((_, left) => without(smallest?.story ?? story, [left]))
    const found = await showingEach(together ? [together, ...shorter] : shorter, name, kind, options)
    const best = found.sort((a, b) => a.story.steps.length - b.story.steps.length)[0]
    if (!best) break
    together = withoutAll(smallest.story, found)
    smallest = best
  }
  return smallest
}

const without = (story: Story, left: readonly number[]): Story => ({
  ...story,
  steps: story.steps.filter((_, place) => !left.includes(place)),
})

/** The story without all the steps that each could be left out alone; where it is the same again, nothing. */
function withoutAll(story: Story, found: readonly Smallest[]): Story | undefined {
  const kept = story.steps.filter((step) => found.every((each) => each.story.steps.includes(step)))
  return kept.length < story.steps.length - 1 ? { ...story, steps: kept } : undefined
}

async function showing(stories: Story[], name: string, kind: Kind, options: RunOptions): Promise<Smallest | undefined> {
  return (await showingEach(stories, name, kind, options))[0]
}

/** Of these stories the ones that show it, all played side by side. */
async function showingEach(stories: Story[], name: string, kind: Kind, options: RunOptions): Promise<Smallest[]> {
  const castings = stories.flatMap((story) => copiesOf(story, name))
  const { played } = await playAll(castings, options)
  const results = stories.map((story): Smallest => {
    const shows = played.filter(
      ({ session, violations }) => session.story === story && violations.some((each) => each.kind === kind),
    )
    return { story, shows: shows.length, tries: COPIES }
  })
  return results.filter(({ shows }) => shows > 0)
}

/** The first goes by the same chance as when the violation was seen. */
const copiesOf = (story: Story, name: string): Casting[] =>
  Array.from({ length: COPIES }, (_, copy) => ({ story, name: copy === 0 ? name : `${name}/copy ${copy}` }))
