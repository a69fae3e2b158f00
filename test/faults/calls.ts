import { prepared } from './prepared'
import type { Scene } from './scene'
import { SCENES } from './scenes'
import type { RemoteCall, Stage } from './stage'

/** The remote calls that a scene makes when nothing goes wrong, each once, by name: calls side by side have no order. */
export type RecordedScene = { scene: Scene; calls: RemoteCall[] }

/** Plays every scene as the matrix does, without a fault. Rejects when a scene does not work by itself. */
export async function recordScenes(stages: Stage[], scenes = SCENES): Promise<RecordedScene[]> {
  const recorded = new Map<Scene, RemoteCall[]>()
  const waiting = [...scenes]
  const work = async (stage: Stage) => {
    for (let scene = waiting.shift(); scene; scene = waiting.shift())
      recorded.set(scene, await recordScene(stage, scene))
  }
  await Promise.all(stages.map(work))
  return scenes.map((scene) => ({ scene, calls: recorded.get(scene) ?? [] }))
}

async function recordScene(stage: Stage, scene: Scene): Promise<RemoteCall[]> {
  const play = await prepared(stage, scene)
  stage.startOver()
  stage.serveBy('second')
  await scene.act(play)
  await play.settled()
  const effect = scene.effect(play)
  if (effect !== 'whole') throw new Error(`"${scene.name}" does not work by itself: ${JSON.stringify(effect)}`)
  return distinct(stage)
}

function distinct({ calls }: Stage): RemoteCall[] {
  const seen = new Map(calls.map(({ to, operation }) => [`${to} ${operation}`, { to, operation }]))
  const remote = [...seen.values()].filter((call): call is RemoteCall => call.to !== 'integration')
  return remote.sort((a, b) => (a.operation < b.operation ? -1 : 1))
}
