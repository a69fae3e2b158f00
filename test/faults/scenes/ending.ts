import { endedHandoff, handoffOfDeadProcess, handoffWithAgent } from '../before'
import type { Play } from '../play'
import { eventsOf, times, type Effect, type Scene } from '../scene'

/** What the plugin tells the customer then. */
const STOPPED = 'The human agent closed the conversation'

/** The bot's side ends whatever LiveChat says. A chat that could not be closed is closed by the next handoff. */
function over(play: Play): Effect {
  if (play.session?.phase !== 'ended') return { half: 'the bot has not got its customer back' }
  return play.openThreads === 0 ? 'whole' : 'nothing'
}

/** The bot has its customer back, and one report. */
function reported(play: Play): Effect {
  const [told, reports] = [play.timesVisible(STOPPED), eventsOf(play, 'chatEnded').length]
  return reports > 1 ? { half: `reported ${reports} times` } : times(told, 'the end')
}

/** Either side ends it. */
export const ENDING: Scene[] = [
  {
    name: 'an agent closes the chat',
    prepare: handoffWithAgent,
    act: async (play) => play.agent.closes(play.ids.chatId),
    effect: reported,
  },
  {
    name: 'an agent closes the chat after a process died at its work',
    prepare: handoffOfDeadProcess,
    act: async (play) => play.agent.closes(play.ids.chatId),
    effect: reported,
  },
  {
    name: 'the bot takes its customer back',
    prepare: handoffWithAgent,
    act: (play) => play.sandbox.installation.stopHitl(play.customer),
    effect: over,
  },
  {
    name: 'the bot takes back a chat that is out of the reach of the agent token',
    prepare: handoffWithAgent,
    act: ({ customer, sandbox }) => {
      const refusal = { status: 403, body: { error: { type: 'missing_access', message: 'no access' } } }
      sandbox.livechat.faults.add({ operation: 'agent/deactivate_chat', kind: 'answer', ...refusal })
      return sandbox.installation.stopHitl(customer)
    },
    effect: over,
  },
  {
    name: 'the end of a chat is reported again',
    prepare: endedHandoff,
    act: async ({ sandbox: { livechat } }) => {
      const delivery = livechat.webhooks.deliveries('chat_deactivated').at(-1)
      if (delivery) await livechat.webhooks.redeliver(delivery)
    },
    effect: (play) =>
      play.timesVisible(STOPPED) === 1 ? times(eventsOf(play, 'chatEnded').length, 'the report') : over(play),
  },
]
