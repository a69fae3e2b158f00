import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs, storyTells } from './actors'
import { onThePage } from './browser'

onThePage('a handoff by clicking', (stage) => {
  test('the customer asks for a person, they talk, the agent closes, the bot takes over', async () => {
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]

    await customer.says('Hello')
    await customer.sees(/I am the bot/)
    await customer.presses('Talk to an agent')
    await phaseIs(page, 'Waiting')
    await desk.sees('Talk to an agent')

    await desk.presses('Join')
    await desk.says('Hello Ada, this is Maria.')
    await customer.sees('Hello Ada, this is Maria.')
    await phaseIs(page, 'Agent')
    await customer.says('My lamp arrived broken.')
    await desk.sees('My lamp arrived broken.')

    await desk.presses('Close')
    await phaseIs(page, 'Bot again')
    await customer.sees('I am back. Is there anything else I can do?')
    await customer.presses('What are your opening hours?')
    await customer.sees(/open Monday to Friday/)
    await storyTells(page, 'hitlStopped')
    expect(await customer.lines()).not.toContain('undefined')
  })
})
