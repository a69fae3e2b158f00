import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs } from './actors'
import { onThePage } from './browser'

onThePage('after the end', (stage) => {
  test('the customer rates the chat and the desk shows it', async () => {
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await customer.says('agent')
    await phaseIs(page, 'Waiting')
    await desk.says('Done!')
    await customer.sees('Done!')
    await desk.presses('Close')
    await phaseIs(page, 'Bot again')
    await customer.presses('Good')
    await page.locator('#rating').waitFor({ state: 'hidden' })
    await page.getByText('Customer details').click()
    await page.locator('#thread-fields', { hasText: 'good' }).waitFor()
    expect(await page.locator('.notice').allInnerTexts()).toEqual([])
  })
})
