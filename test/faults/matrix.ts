import { recordScenes, type RecordedScene } from './calls'
import { playCell, type Cell, type Verdict } from './cell'
import { BOTPRESS_KINDS, documentedKinds, LIVECHAT_KINDS } from './kinds'
import type { Stage } from './stage'

export type PlayedCell = { cell: Cell; verdict: Verdict }

/** Every fault at every remote call of every scene. */
export function generalCells(recorded: RecordedScene[], to: 'livechat' | 'botpress'): Cell[] {
  const kinds = to === 'livechat' ? LIVECHAT_KINDS : BOTPRESS_KINDS
  return recorded.flatMap(({ scene, calls }) =>
    calls.filter((call) => call.to === to).flatMap((call) => kinds.map((kind) => ({ scene, call, kind }))),
  )
}

/** Every documented refusal at every remote call, in the first scene that makes it. */
export function documentedCells(recorded: RecordedScene[], to: 'livechat' | 'botpress'): Cell[] {
  const seen = new Set<string>()
  return recorded.flatMap(({ scene, calls }) =>
    calls
      .filter((call) => call.to === to && !seen.has(call.operation) && seen.add(call.operation))
      .flatMap((call) => documentedKinds(call).map((kind) => ({ scene, call, kind }))),
  )
}

/** Plays all cells, as many at once as there are stages. */
export async function playAll(stages: Stage[], cells: Cell[]): Promise<PlayedCell[]> {
  const waiting = [...cells]
  const played: PlayedCell[] = []
  const work = async (stage: Stage) => {
    for (let cell = waiting.shift(); cell; cell = waiting.shift()) {
      const verdict = await playCell(stage, cell).catch((thrown: unknown): Verdict => ({
        outcome: 'broken',
        detail: String(thrown),
      }))
      played.push({ cell, verdict })
    }
  }
  await Promise.all(stages.map(work))
  return played
}

export { recordScenes }
