import { endedHandoff, chatReopenedByAgent, handoffWithMessage } from '../before'
import type { Play } from '../play'
import { chatAt, times, type Scene } from '../scene'
import { started } from './starting'

/** As if the process had died right after LiveChat opened the chat. */
function forgetChat({ sandbox, ids: { chatId } }: Play): void {
  for (const { object } of sandbox.botpress.store.users.values()) {
    const [tag] = Object.entries(object.tags).find(([, value]) => value === chatId) ?? []
    if (tag !== undefined) Reflect.deleteProperty(object.tags, tag)
  }
}

/** What comes late, or after the end. */
export const AFTERWARDS: Scene[] = [
  {
    name: 'a message is delivered again later',
    prepare: async (play) => {
      await handoffWithMessage(play)
      play.keepMessage()
    },
    act: (play) => play.deliverAgainLater(),
    effect: (play) => times(play.timesInLiveChat('Hello there'), 'the message'),
  },
  {
    name: 'the customer rates the chat',
    prepare: endedHandoff,
    act: ({ ids: { chatId, threadId }, sandbox }) =>
      sandbox.installation.callAction('rateChat', { chatId, threadId, score: 'good', comment: 'Bright' }),
    effect: (play) => times(play.sandbox.livechat.store.lastThread(chatAt(play))?.properties.rating ? 1 : 0, 'rating'),
  },
  {
    name: 'a customer whose chat was forgotten is handed over',
    prepare: async (play) => {
      await endedHandoff(play)
      forgetChat(play)
    },
    act: (play) => play.handOver(),
    effect: started,
  },
  {
    name: 'a customer to whom an agent writes is handed over',
    prepare: chatReopenedByAgent,
    act: (play) => play.handOver(),
    // The agent's own thread stays open when the handoff is refused.
    effect: (play) => (play.session?.phase === 'active' ? 'whole' : 'nothing'),
  },
  {
    name: 'an agent writes to a customer who is with the bot',
    prepare: chatReopenedByAgent,
    act: async (play) => play.agent.says(play.ids.chatId, 'Are you still there?'),
    effect: (play) => times(play.timesInLiveChat('[Automatic note]'), 'the note'),
  },
]
