import type { RecordedScene } from './calls'
import { playCell, type Cell, type Verdict } from './cell'
import { documentedKinds } from './documented-kinds'
import { BOTPRESS_KINDS, LIVECHAT_KINDS, type Kind } from './kinds'
import type { Scene } from './scene'
import type { RemoteCall, Stage } from './stage'

export type PlayedCell = { cell: Cell; verdict: Verdict }

/**
 * Every fault at every remote call in the first scene that makes it; in the other scenes those faults that can lose or
 * double something, and a platform that stays away.
 */
export function generalCells(recorded: RecordedScene[]): Cell[] {
  return cellsOf(recorded, (scene, { to }, isFirst) => {
    const kinds = to === 'livechat' ? LIVECHAT_KINDS : BOTPRESS_KINDS
    const telling = scene.onlyNewCalls ? [] : kinds.filter(({ isTelling }) => isTelling)
    return isFirst ? kinds : telling
  })
}

/** The documented refusals at every remote call, in the first scene that makes it. */
export function documentedCells(recorded: RecordedScene[]): Cell[] {
  const cells = cellsOf(recorded, (_scene, call, isFirst) => (isFirst ? documentedKinds(call) : []))
  return cells.map((cell) => ({ ...cell, alone: true }))
}

type KindsFor = (scene: Scene, call: RemoteCall, isFirst: boolean) => Kind[]

function cellsOf(recorded: RecordedScene[], kindsFor: KindsFor): Cell[] {
  const seen = new Set<string>()
  const isFirst = ({ operation }: RemoteCall) => !seen.has(operation) && seen.add(operation).size > 0
  return recorded.flatMap(({ scene, calls }) =>
    calls.flatMap((call) => kindsFor(scene, call, isFirst(call)).map((kind) => ({ scene, call, kind }))),
  )
}

/** Plays all cells, as many at once as there are stages. */
export async function playAll(stages: Stage[], cells: Cell[]): Promise<PlayedCell[]> {
  const waiting = cells.map((cell, index) => ({ cell, index }))
  const played: PlayedCell[] = []
  const work = async (stage: Stage) => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { cell, index } = next
      const verdict = await playCell(stage, cell).catch((thrown: unknown): Verdict => ({
        outcome: 'broken',
        detail: String(thrown),
      }))
      played[index] = { cell, verdict }
    }
  }
  await Promise.all(stages.map(work))
  return played
}
