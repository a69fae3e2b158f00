import { Play } from './play'
import { SCENES, type Scene } from './scenes'
import type { RemoteCall, Stage } from './stage'

/** The remote calls that a scene makes when nothing goes wrong, each once, in order. */
export type RecordedScene = { scene: Scene; calls: RemoteCall[] }

/** Plays every scene as the matrix does, without a fault. Throws when a scene does not work by itself. */
export async function recordScenes(stage: Stage, scenes = SCENES): Promise<RecordedScene[]> {
  const recorded: RecordedScene[] = []
  for (const scene of scenes) recorded.push({ scene, calls: await recordScene(stage, scene) })
  return recorded
}

async function recordScene(stage: Stage, scene: Scene): Promise<RemoteCall[]> {
  const play = new Play(stage.sandbox)
  stage.serveBy('first')
  await scene.prepare(play)
  await play.settled()
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
  return [...seen.values()].filter((call): call is RemoteCall => call.to !== 'integration')
}
