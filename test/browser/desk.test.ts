import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs } from './actors'
import { onThePage } from './browser'

onThePage('life at the desk', (stage) => {
  test('a chat is tagged, handed to a colleague, queued, picked up, closed and opened again', async () => {
    await stage.reset()
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await customer.says('agent')
    await desk.chatIs(/queued|unassigned/)
    await desk.presses('Join')
    await desk.chatIs('Maria')

    await desk.chooses('More to do with the chat', 'Add a tag')
    await page.getByLabel('Tag', { exact: true }).fill('billing')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await page.locator('.tag', { hasText: 'billing' }).waitFor()

    await desk.chooses('Transfer', 'Omar')
    await desk.chatIs('Omar')
    await page.getByPlaceholder('Take the chat over to reply').waitFor()
    await desk.presses('Take over')
    await desk.chatIs('Maria')
    await desk.chooses('Transfer', 'Omar')
    await desk.chatIs('Omar')
    await desk.actsAs('Omar')
    await desk.says('Omar here.')
    await customer.sees('Omar here.')
    await phaseIs(page, 'Agent')

    await desk.chooses('More to do with the chat', 'Put into the queue')
    await desk.chatIs(/queued|unassigned/)
    await desk.presses('Join')
    await desk.chatIs('Omar')
    await desk.presses('Close')
    await desk.chatIs('archived')
    await phaseIs(page, 'Bot again')
    expect(await page.getByLabel('Message of the agent').isDisabled()).toBe(true)
    await desk.presses('Reopen')
    await desk.chatIs('Omar')
    await desk.mayWrite()
    expect(await page.locator('.notice').allInnerTexts()).toEqual([])
  })

  test('an agent edits and deletes what the agent wrote', async () => {
    await stage.reset()
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await customer.says('agent')
    await phaseIs(page, 'Waiting')
    await desk.says('It costs 94 euros.\nShipping is free.')
    await customer.sees('It costs 94 euros.')
    await desk.presses('Edit message')
    expect(await page.getByLabel('Text', { exact: true }).inputValue()).toBe('It costs 94 euros.\nShipping is free.')
    await page.getByLabel('Text', { exact: true }).fill('It costs 49 euros.')
    await page.keyboard.press('Enter')
    await desk.sees('It costs 49 euros.')
    await desk.presses('Delete message')
    await page.locator('#desk .line.deleted', { hasText: 'It costs 49 euros.' }).waitFor()
  })

  test('with everybody gone the group is shown as empty', async () => {
    await stage.reset()
    const page = await stage.open()
    const desk = deskOn(page)
    for (const name of ['Maria', 'Omar']) {
      await desk.actsAs(name)
      await page.getByLabel(`${name} accepts chats`).uncheck()
    }
    await page.locator('#group', { hasText: 'nobody there' }).waitFor()
  })
})
