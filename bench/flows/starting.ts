import type { Customer } from '../../sandbox/botpress'
import { both, type Flow } from './flow'
import { MARIA, OMAR, type Stage } from './stage'

const START = 'action/startHitl'
const PERSON = { name: 'Grace Hopper', email: 'grace@customer.test' }
/** A session field, an agent and two tags: one call more for each. */
const WISHES = { sessionFields: { order: '4711' }, agentId: OMAR, tags: ['billing', 'bot'] }

export const STARTING: Flow[] = [
  ...both(
    {
      name: 'createUser',
      asked: 'action/createUser',
      async prepare({ installation }) {
        await installation.callAction('createUser', PERSON)
        return () => installation.callAction('createUser', PERSON)
      },
    },
    { warm: { calls: 1 }, cold: { calls: 1 } },
  ),
  ...both(
    { name: 'startHitl, known customer', asked: START, prepare: async (stage) => start(stage, await known(stage)) },
    { warm: { calls: 7, depth: 4 }, cold: { calls: 9, depth: 5 } },
  ),
  {
    name: 'startHitl, new customer',
    asked: START,
    temper: 'cold',
    budget: { calls: 10, depth: 6 },
    prepare: (stage) => Promise.resolve(start(stage, stage.somebody())),
  },
  {
    name: '… with fields, agent, 2 tags',
    asked: START,
    temper: 'cold',
    budget: { calls: 14, depth: 6 },
    prepare: (stage) => Promise.resolve(start(stage, stage.somebody(), WISHES)),
  },
]

/** A customer who has been with an agent before and has just asked for one again. */
async function known(stage: Stage): Promise<Customer> {
  const { chatId, customer } = await stage.talking()
  stage.livechat.agent(MARIA).closes(chatId)
  await stage.sandbox.settled()
  await customer.says('One more thing.')
  return customer
}

function start({ livechat, installation }: Stage, customer: Customer, hitlSession?: Record<string, unknown>) {
  livechat.webhooks.hold() // they tell of the chat while it is being opened, and are another flow
  return () => installation.handOver(customer, { title: 'Order 4711', ...(hitlSession && { hitlSession }) })
}
