import { handoffWithMessage, handoffWithAgent } from '../before'
import type { Play } from '../play'
import { eventsOf, times, type Scene } from '../scene'
import { MENU } from './menu'

const JOINED = 'A human agent has joined'

function lastEventId(play: Play): string {
  const said = play.events.findLast((event) => event.author_id === play.agent.id)
  if (!said) throw new Error('the agent has said nothing')
  return said.id
}

function markedDeleted({ sandbox, ids }: Play): number {
  const messages = sandbox.botpress.messagesIn(ids.conversationId)
  return messages.filter(({ tags }) => Object.keys(tags).some((tag) => tag.endsWith(':deleted'))).length
}

/** An agent comes, speaks, or goes and leaves the customer to others. */
export const AGENT: Scene[] = [
  {
    name: 'an agent joins',
    prepare: handoffWithMessage,
    act: async (play) => play.agent.joins(play.ids.chatId),
    effect: (play) => times(play.timesVisible(JOINED), 'the announcement'),
  },
  {
    name: 'an agent writes',
    prepare: handoffWithAgent,
    act: async (play) => play.agent.says(play.ids.chatId, 'It is on its way'),
    effect: (play) => times(play.timesVisible('It is on its way'), 'the message'),
  },
  {
    name: "an agent's first words",
    prepare: handoffWithMessage,
    act: async (play) => play.agent.says(play.ids.chatId, 'It is on its way'),
    effect: (play) => times(play.timesVisible('It is on its way'), 'the message'),
  },
  {
    name: 'an agent offers a choice',
    prepare: handoffWithAgent,
    act: async (play) => play.agent.sendsRichMessage(play.ids.chatId, MENU),
    effect: (play) => times(play.timesVisible('The blue one'), 'the choice'),
  },
  {
    name: 'an agent edits a message',
    prepare: handoffWithAgent,
    act: async (play) => play.agent.edits(lastEventId(play), 'Good evening'),
    effect: (play) => times(play.timesVisible('Good evening'), 'the correction'),
  },
  {
    name: 'an agent deletes a message',
    prepare: handoffWithAgent,
    act: async (play) => play.agent.deletes(lastEventId(play)),
    effect: (play) => times(markedDeleted(play), 'the mark'),
  },
  {
    name: 'the chat goes to another agent',
    prepare: handoffWithAgent,
    act: async (play) => play.agent.transfersTo(play.ids.chatId, { agentId: play.newAgent('second').id }),
    effect: (play) => times(play.timesVisible(JOINED) - 1, 'the announcement'),
  },
  {
    name: 'the customer waits for a first agent',
    prepare: async (play) => {
      play.sandbox.livechat.settings.routing.queueEnabled = false
      await handoffWithMessage(play)
      play.sandbox.livechat.settings.routing.queueEnabled = true
    },
    act: async (play) => play.sandbox.livechat.router.queues(play.ids.chatId, { position: 3, waitTime: 240 }),
    effect: (play) => times(eventsOf(play, 'queueChanged').length, 'the event'),
  },
  {
    name: 'the agent is lost and the customer waits',
    prepare: handoffWithAgent,
    act: async (play) => play.sandbox.livechat.router.queues(play.ids.chatId, { position: 4, waitTime: 600 }),
    effect: (play) => times(play.timesVisible('number 4 in the queue'), 'the sentence'),
  },
]
