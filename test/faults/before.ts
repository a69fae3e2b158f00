import { storeLease } from '../leases'
import type { Play } from './play'

/** A scene that begins without a handoff. */
export const noHandoff = () => Promise.resolve()

/** A handoff that both sides have used. */
export async function handoffWithMessage(play: Play): Promise<void> {
  await play.handOver()
  await play.customer.says('Hello there')
  await play.settled()
}

export async function handoffWithAgent(play: Play): Promise<void> {
  await handoffWithMessage(play)
  play.agent.says(play.ids.chatId, 'Good morning')
  await play.settled()
}

export async function endedHandoff(play: Play): Promise<void> {
  await handoffWithAgent(play)
  play.agent.closes(play.ids.chatId)
  await play.settled()
  if (play.session?.phase !== 'ended') throw new Error('the handoff did not end')
}

/** LiveChat tells the integration nothing of what happens from now on. */
export function dropDeliveries({ sandbox }: Play): Promise<void> {
  for (const action of ['incoming_chat', 'incoming_event', 'user_added_to_chat', 'chat_transferred']) {
    sandbox.livechat.webhooks.disturb({ action, kind: 'drop', times: Infinity })
  }
  return Promise.resolve()
}

/** The agent opened the chat again, of which nobody told the integration yet. */
export async function chatReopenedByAgent(play: Play): Promise<void> {
  await endedHandoff(play)
  await dropDeliveries(play)
  play.agent.reopens(play.ids.chatId)
  await play.settled()
  play.sandbox.livechat.webhooks.undisturb()
}

/** Another process began to change something in this handoff, and died at it a moment ago. */
export async function handoffOfDeadProcess(play: Play): Promise<void> {
  await handoffWithAgent(play)
  storeLease(play.sandbox, { owner: 'a process that died', until: Date.now() - 60_000 })
}
