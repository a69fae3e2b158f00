import type { Play } from './play'

/** What became of a scene: its whole effect exactly once, nothing at all, or something in between. */
export type Effect = 'whole' | 'nothing' | { half: string }

/** A step of a handoff that ends in remote calls, and how to see whether it was done. */
export type Scene = {
  name: string
  prepare(play: Play): Promise<unknown>
  act(play: Play): Promise<unknown>
  /** `told`: what the caller was told when the scene was refused. */
  effect(play: Play, told?: string): Effect
  /** The settings are saved again before what comes next. */
  isSetUp?: boolean
  /** Its other calls are asked for side by side, exactly as in another scene. */
  onlyNewCalls?: boolean
}

const times = (count: number, what: string): Effect =>
  count === 1 ? 'whole' : count === 0 ? 'nothing' : { half: `${what}: ${count} times` }

const nothing = () => Promise.resolve()

/** A handoff that both sides have used. */
async function talking(play: Play): Promise<void> {
  await play.handOver()
  await play.customer.says('Hello there')
  await play.settled()
}

async function withAgent(play: Play): Promise<void> {
  await talking(play)
  play.agent.says(play.ids.chatId, 'Good morning')
  await play.settled()
}

async function ended(play: Play): Promise<void> {
  await withAgent(play)
  play.agent.closes(play.ids.chatId)
  await play.settled()
  if (play.session?.phase !== 'ended') throw new Error('the handoff did not end')
}

function withoutDeliveries({ sandbox }: Play): Promise<void> {
  for (const action of ['incoming_chat', 'incoming_event', 'user_added_to_chat', 'chat_transferred']) {
    sandbox.livechat.webhooks.disturb({ action, kind: 'drop', times: Infinity })
  }
  return Promise.resolve()
}

/** The agent opened the chat again, of which nobody told the integration yet. */
async function reopened(play: Play): Promise<void> {
  await ended(play)
  await withoutDeliveries(play)
  play.agent.reopens(play.ids.chatId)
  await play.settled()
  play.sandbox.livechat.webhooks.undisturb()
}

/** A question changes nothing: its answer is its effect. */
const answered = (_play: Play, told?: string): Effect => (told === undefined ? 'whole' : 'nothing')

/** A handoff is there for both sides, or for neither. */
function started(play: Play): Effect {
  const isActive = play.session?.phase === 'active'
  if (isActive && play.openThreads === 1) return 'whole'
  if (!isActive && play.openThreads === 0) return 'nothing'
  return { half: `the bot's side is ${play.session?.phase ?? 'not begun'}, open threads: ${play.openThreads}` }
}

const STOPPED = 'The human agent closed the conversation'
const JOINED = 'A human agent has joined'

/** The bot's side ends whatever LiveChat says. A chat that could not be closed is closed by the next handoff. */
function over(play: Play): Effect {
  if (play.session?.phase !== 'ended') return { half: 'the bot has not got its customer back' }
  return play.openThreads === 0 ? 'whole' : 'nothing'
}

const PICTURE = { name: 'lamp.png', contentType: 'image/png', bytes: new Uint8Array([0x89, 0x50, 0x4e, 0x47]) }

function pictureFor(play: Play) {
  return { type: 'image', payload: { imageUrl: play.sandbox.media.put(PICTURE), title: 'The lamp' } }
}

const MENU = {
  templateId: 'cards',
  elements: [
    {
      title: 'Which lamp?',
      buttons: [
        { type: 'message', text: 'The red one', value: 'red', postback_id: 'red', user_ids: [] },
        { type: 'message', text: 'The blue one', value: 'blue', postback_id: 'blue', user_ids: [] },
      ],
    },
  ],
}

export const SCENES: Scene[] = [
  {
    name: 'a new customer is handed over',
    prepare: nothing,
    act: (play) => play.handOver(),
    effect: started,
  },
  {
    name: 'a customer is handed over again',
    prepare: ended,
    act: (play) => play.handOver(),
    effect: started,
  },
  {
    name: 'a handoff with wishes',
    // The agent's coming is another scene; told here, it would come at any time.
    prepare: (play) => withoutDeliveries(play),
    act: (play) =>
      play.handOver({ hitlSession: { agentId: play.agent.id, tags: ['bot'], sessionFields: { plan: 'gold' } } }),
    effect: started,
  },
  {
    name: 'a user without an e-mail address is made',
    prepare: nothing,
    act: ({ number, sandbox }) => sandbox.installation.callAction('createUser', { name: newName(number) }),
    // Nothing tells two such requests apart: a lost answer leaves a user behind whom nobody uses.
    effect: (play, told) => (told === undefined ? times(Math.min(1, usersWithNewName(play)), 'the user') : 'nothing'),
  },
  {
    name: 'a customer has a new name',
    prepare: ended,
    act: ({ customer: { email }, number, sandbox }) =>
      sandbox.installation.callAction('createUser', { name: newName(number), email }),
    effect: (play) => times(usersWithNewName(play), 'the user'),
  },
  {
    name: 'the customer writes',
    prepare: talking,
    act: (play) => play.customer.says('Where is my lamp?'),
    effect: (play) => times(play.arrived('Where is my lamp?'), 'the message'),
  },
  {
    name: 'the customer writes, and the token is revoked',
    prepare: async (play) => {
      await talking(play)
      play.sandbox.livechat.customer(customerIdOf(play)).losesTokens()
    },
    act: (play) => play.customer.says('Where is my lamp?'),
    effect: (play) => times(play.arrived('Where is my lamp?'), 'the message'),
  },
  {
    name: 'the customer sends a picture',
    prepare: talking,
    act: (play) => play.customer.sends(pictureFor(play)),
    effect: (play) => times(play.arrived('lamp.png'), 'the picture'),
  },
  {
    name: 'the customer chooses',
    prepare: async (play) => {
      await withAgent(play)
      play.agent.sendsRichMessage(play.ids.chatId, MENU)
      await play.settled()
    },
    act: (play) => play.customer.says('2'),
    effect: (play) => times(play.events.filter((event) => 'postback' in event).length, 'the choice'),
  },
  {
    name: 'an agent joins',
    prepare: talking,
    act: async (play) => play.agent.joins(play.ids.chatId),
    effect: (play) => times(play.shown(JOINED), 'the announcement'),
  },
  {
    name: 'an agent writes',
    prepare: withAgent,
    act: async (play) => play.agent.says(play.ids.chatId, 'It is on its way'),
    effect: (play) => times(play.shown('It is on its way'), 'the message'),
  },
  {
    name: "an agent's first words",
    prepare: talking,
    act: async (play) => play.agent.says(play.ids.chatId, 'It is on its way'),
    effect: (play) => times(play.shown('It is on its way'), 'the message'),
  },
  {
    name: 'an agent offers a choice',
    prepare: withAgent,
    act: async (play) => play.agent.sendsRichMessage(play.ids.chatId, MENU),
    effect: (play) => times(play.shown('The blue one'), 'the choice'),
  },
  {
    name: 'an agent edits a message',
    prepare: withAgent,
    act: async (play) => play.agent.edits(lastEventId(play), 'Good evening'),
    effect: (play) => times(play.shown('Good evening'), 'the correction'),
  },
  {
    name: 'an agent deletes a message',
    prepare: withAgent,
    act: async (play) => play.agent.deletes(lastEventId(play)),
    effect: (play) => times(markedDeleted(play), 'the mark'),
  },
  {
    name: 'the chat goes to another agent',
    prepare: withAgent,
    act: async (play) => play.agent.transfersTo(play.ids.chatId, { agentId: play.newAgent('second').id }),
    effect: (play) => times(play.shown(JOINED) - 1, 'the announcement'),
  },
  {
    name: 'the customer waits for a first agent',
    prepare: async (play) => {
      play.sandbox.livechat.settings.routing.queueEnabled = false
      await talking(play)
      play.sandbox.livechat.settings.routing.queueEnabled = true
    },
    act: async (play) => play.sandbox.livechat.router.queues(play.ids.chatId, { position: 3, waitTime: 240 }),
    effect: (play) => times(eventsOf(play, 'queueChanged').length, 'the event'),
  },
  {
    name: 'the agent is lost and the customer waits',
    prepare: withAgent,
    act: async (play) => play.sandbox.livechat.router.queues(play.ids.chatId, { position: 4, waitTime: 600 }),
    effect: (play) => times(play.shown('number 4 in the queue'), 'the sentence'),
  },
  {
    name: 'an agent closes the chat',
    prepare: withAgent,
    act: async (play) => play.agent.closes(play.ids.chatId),
    effect: (play) => {
      const [told, reports] = [play.shown(STOPPED), eventsOf(play, 'chatEnded').length]
      return reports > 1 ? { half: `reported ${reports} times` } : times(told, 'the end')
    },
  },
  {
    name: 'the bot takes its customer back',
    prepare: withAgent,
    act: (play) => play.sandbox.installation.stopHitl(play.customer),
    effect: over,
  },
  {
    name: 'the bot takes back a chat that is out of the reach of the agent token',
    prepare: withAgent,
    act: ({ customer, sandbox }) => {
      const refusal = { status: 403, body: { error: { type: 'missing_access', message: 'no access' } } }
      sandbox.livechat.faults.add({ operation: 'agent/deactivate_chat', kind: 'answer', ...refusal })
      return sandbox.installation.stopHitl(customer)
    },
    effect: over,
  },
  {
    name: 'the end of a chat is told again',
    prepare: ended,
    act: async ({ sandbox: { livechat } }) => {
      const delivery = livechat.webhooks.deliveries('chat_deactivated').at(-1)
      if (delivery) await livechat.webhooks.redeliver(delivery)
    },
    effect: (play) =>
      play.shown(STOPPED) === 1 ? times(eventsOf(play, 'chatEnded').length, 'the report') : over(play),
  },
  {
    name: 'a message is delivered again later',
    prepare: async (play) => {
      await talking(play)
      play.keepMessage()
    },
    act: (play) => play.deliverAgainLater(),
    effect: (play) => times(play.arrived('Hello there'), 'the message'),
  },
  {
    name: 'the customer rates the chat',
    prepare: ended,
    act: ({ ids: { chatId, threadId }, sandbox }) =>
      sandbox.installation.callAction('rateChat', { chatId, threadId, score: 'good', comment: 'Bright' }),
    effect: (play) => times(play.sandbox.livechat.store.lastThread(chatAt(play))?.properties.rating ? 1 : 0, 'rating'),
  },
  {
    name: 'a customer whose chat was forgotten is handed over',
    prepare: async (play) => {
      await ended(play)
      forgetChat(play)
    },
    act: (play) => play.handOver(),
    effect: started,
  },
  {
    name: 'a customer to whom an agent writes is handed over',
    prepare: reopened,
    act: (play) => play.handOver(),
    // The agent's own thread stays open when the handoff is refused.
    effect: (play) => (play.session?.phase === 'active' ? 'whole' : 'nothing'),
  },
  {
    name: 'an agent writes to a customer who is with the bot',
    prepare: reopened,
    act: async (play) => play.agent.says(play.ids.chatId, 'Are you still there?'),
    effect: (play) => times(play.arrived('[Automatic note]'), 'the note'),
  },
  {
    name: 'the settings are saved',
    prepare: withoutWebhooks,
    act: ({ sandbox }) => sandbox.installation.register(),
    effect: webhooksMade,
    isSetUp: true,
  },
  {
    name: 'the settings are saved while webhooks are off',
    prepare: async (play) => {
      await withoutWebhooks(play)
      for (const app of play.sandbox.livechat.store.apps.values()) app.webhooksEnabled = false
    },
    act: ({ sandbox }) => sandbox.installation.register(),
    effect: webhooksMade,
    isSetUp: true,
    onlyNewCalls: true,
  },
  {
    name: 'the integration is removed',
    prepare: nothing,
    act: ({ sandbox }) => sandbox.installation.unregister(),
    effect: ({ sandbox }) => (sandbox.livechat.webhooks.registrations().length === 0 ? 'whole' : 'nothing'),
    isSetUp: true,
  },
  {
    name: 'the set-up is checked',
    prepare: nothing,
    act: ({ sandbox }) => sandbox.installation.callAction('checkSetup', {}),
    effect: answered,
    onlyNewCalls: true,
  },
  {
    name: 'the set-up is checked after the group was removed',
    prepare: nothing,
    act: async ({ sandbox }) => {
      const { groups } = sandbox.livechat.store
      const removed = groups.get(sandbox.configuration.groupId)
      groups.delete(sandbox.configuration.groupId)
      await sandbox.installation.callAction('checkSetup', {})
      if (removed) groups.set(removed.id, removed)
    },
    effect: answered,
    onlyNewCalls: true,
  },
  {
    name: 'availability is asked for',
    prepare: nothing,
    act: ({ sandbox }) => sandbox.installation.callAction('checkAvailability', {}),
    effect: answered,
  },
]

export const WEBHOOKS_OF_OURS = 8

async function withoutWebhooks({ sandbox }: Play): Promise<void> {
  await sandbox.installation.unregister()
}

/** Made and noted; one whose answer was lost goes when the settings are saved again. */
function webhooksMade({ sandbox }: Play): Effect {
  const { livechat, botpress, installation } = sandbox
  const { length } = livechat.webhooks.registrations()
  if (length > WEBHOOKS_OF_OURS) return { half: `${length} webhooks` }
  const noted = botpress.stateOf('integration', installation.integrationId, 'setup')?.['registrations']
  return length === WEBHOOKS_OF_OURS && Array.isArray(noted) && noted.length === length ? 'whole' : 'nothing'
}

const newName = (number: number) => `Renamed ${number}`

function usersWithNewName({ sandbox, number }: Play): number {
  const users = [...sandbox.botpress.store.users.values()]
  return users.filter(({ object }) => object.name === newName(number)).length
}

/** As if the process had died right after LiveChat opened the chat. */
function forgetChat({ sandbox, ids: { chatId } }: Play): void {
  for (const { object } of sandbox.botpress.store.states.values()) {
    if (object.payload['chatId'] === chatId) delete object.payload['chatId']
  }
}

function chatAt({ sandbox, ids }: Play) {
  const chat = sandbox.livechat.store.chats.get(ids.chatId)
  if (!chat) throw new Error('there is no such chat')
  return chat
}

function customerIdOf(play: Play): string {
  return chatAt(play).customerId ?? ''
}

function lastEventId(play: Play): string {
  const said = play.events.findLast((event) => event.author_id === play.agent.id)
  if (!said) throw new Error('the agent has said nothing')
  return said.id
}

function eventsOf({ sandbox, ids }: Play, type: string) {
  return sandbox.botpress.eventsOf(type).filter(({ payload }) => payload['threadId'] === ids.threadId)
}

function markedDeleted({ sandbox, ids }: Play): number {
  const messages = sandbox.botpress.messagesIn(ids.conversationId)
  return messages.filter(({ tags }) => Object.keys(tags).some((tag) => tag.endsWith(':deleted'))).length
}
