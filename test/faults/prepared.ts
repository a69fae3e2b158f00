import { Play } from './play'
import type { Scene } from './scene'
import { WEBHOOKS_OF_OURS } from './scenes/setup'
import type { Stage } from './stage'

/** A machine may be too busy for the hastened times of LiveChat; then another customer tries. */
const ATTEMPTS = 3

/** The scene before may have been one that takes them away or finds them off. */
async function withWebhooks({ sandbox }: Stage): Promise<void> {
  const { webhooks, store } = sandbox.livechat
  webhooks.undisturb()
  for (const app of store.apps.values()) app.webhooksEnabled = true
  if (webhooks.registrations().length !== WEBHOOKS_OF_OURS) await sandbox.installation.register()
}

/** A new play that has come to the beginning of the scene, by the process that will not play it. */
export async function prepared(stage: Stage, scene: Scene, attempt = 1): Promise<Play> {
  stage.forgetPlays()
  const play = new Play(stage.sandbox)
  stage.serveBy('first')
  stage.startOver()
  try {
    await withWebhooks(stage)
    await scene.prepare(play)
    await play.settled()
    return play
  } catch (problem) {
    if (attempt === ATTEMPTS) throw problem
    return prepared(stage, scene, attempt + 1)
  }
}
