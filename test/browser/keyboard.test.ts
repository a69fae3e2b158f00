import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { customerOn, phaseIs, storyTells, talkWithMaria } from './actors'
import { NARROW, onThePage } from './browser'

const focused = (page: Page) =>
  page.evaluate<string>(`document.activeElement.id || document.activeElement.textContent.trim()`)

/** Goes on by Tab until `name` has the focus; the number of steps. */
async function tabTo(page: Page, name: string): Promise<number> {
  for (let steps = 1; steps < 60; steps++) {
    await page.keyboard.press('Tab')
    if ((await focused(page)) === name) return steps
  }
  throw new Error(`${name} is not reached by Tab`)
}

onThePage('by keyboard alone', (stage) => {
  test('skip links lead to each side; the chat at the desk is a few steps away', async () => {
    const page = await stage.open()
    await stage.does({ do: 'customer.says', text: 'agent' })
    await phaseIs(page, 'Waiting')
    await page.keyboard.press('Tab')
    expect(await page.locator('.skips a:focus').innerText()).toBe('Skip to the guide')
    expect(await tabTo(page, 'Skip to the desk')).toBe(4)
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('desk')
    expect(await tabTo(page, 'Join')).toBeLessThanOrEqual(4)
    await page.keyboard.press('Enter')
    await phaseIs(page, 'Agent')
    expect(await focused(page)).toBe('desk-text')
    await page.keyboard.type('Hello Ada')
    await page.keyboard.press('Enter')
    await customerOn(page).sees('Hello Ada')
    await page.close()
  })

  test('a skip link opens the side that it leads to', async () => {
    await stage.reset()
    const page = await stage.open(NARROW)
    await tabTo(page, 'Skip to the wire')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('wire-panel')
    expect(await page.locator('#wire-panel').isVisible()).toBe(true)
    await page.close()
  })

  test('before the first words, where the story is not shown yet, its skip link leads to the guide', async () => {
    await stage.reset()
    const page = await stage.open()
    await tabTo(page, 'Skip to the story')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('guide')
    await page.close()
  })

  test('the wire and the story are one stop each; arrow keys walk in them', async () => {
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    await storyTells(page, 'Maria writes')
    expect(await page.locator('.wire-row').count()).toBeGreaterThan(10)
    expect(await page.locator('.wire-row[tabindex="0"]').count()).toBe(1)
    expect(await page.locator('#story [tabindex="0"]').count()).toBe(1)
    await page.locator('.wire-row[tabindex="0"]').focus()
    await page.keyboard.press('Home')
    const first = page.locator('.wire-row').first()
    expect(await first.evaluate((row) => row === document.activeElement)).toBe(true)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.locator('.wire li:nth-child(2) .exchange').waitFor()
    await page.close()
  })

  test('after a suggestion the focus is where one writes: a second Enter sends nothing', async () => {
    await stage.reset()
    const page = await stage.open()
    await page.getByRole('button', { name: 'Talk to an agent' }).focus()
    await page.keyboard.press('Enter')
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('customer-text')
    await phaseIs(page, 'Waiting')
    await stage.sandbox.settled()
    const said = (await customerOn(page).lines()).filter((line) => /Thank you|Talk to an agent/.test(line))
    expect(said).toEqual(['Talk to an agent'])
    await page.close()
  })

  test('a menu is walked by arrow keys, and Escape leads back to its button', async () => {
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    const transfer = page.getByRole('button', { name: 'Transfer', exact: true })
    await transfer.focus()
    await page.keyboard.press('Enter')
    expect(await page.locator('[role="menuitem"]:focus').innerText()).toContain('Omar')
    await page.keyboard.press('End')
    const last = page.getByRole('menuitem').last()
    expect(await last.evaluate((item) => item === document.activeElement)).toBe(true)
    await page.keyboard.press('Escape')
    expect(await transfer.evaluate((button) => button === document.activeElement)).toBe(true)
    await page.close()
  })
})
