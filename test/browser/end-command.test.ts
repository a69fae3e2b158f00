import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs } from './actors'
import { onThePage } from './browser'

onThePage(
  'the customer ends the handoff',
  (stage) => {
    test('typing /end closes the chat at the desk and the bot answers again', async () => {
      const page = await stage.open()
      const [customer, desk] = [customerOn(page), deskOn(page)]

      await customer.says('agent please')
      await phaseIs(page, 'Waiting')
      await desk.says('What can I do for you?')
      await customer.sees('What can I do for you?')
      await customer.says('/end')

      await desk.chatIs('archived')
      await phaseIs(page, 'Bot again')
      await customer.sees('I am back. Is there anything else I can do?')
      await customer.says('Where is my order?')
      await customer.sees(/order 4711/)
      expect(stage.sandbox.botpress.eventsOf('hitlStopped')).toEqual([])
    })
  },
  { processes: 1 },
)
