import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import type { AxeResults } from 'axe-core'
import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs } from './actors'
import { NARROW, onThePage, WIDE, type Window } from './browser'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

/** Ids and places of everything serious or critical. */
async function seriousOn(page: Page): Promise<string[]> {
  await page.addScriptTag({ path: AXE })
  const { violations } = await page.evaluate<AxeResults>('axe.run()')
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  return serious.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`))
}

const windows: (Window & { name: string })[] = [
  { name: 'wide and light', ...WIDE, scheme: 'light' },
  { name: 'wide and dark', ...WIDE, scheme: 'dark' },
  { name: 'narrow and light', ...NARROW, scheme: 'light' },
  { name: 'narrow and dark', ...NARROW, scheme: 'dark' },
]

onThePage('everybody can use it', (stage) => {
  test.each(windows)('axe finds nothing serious, $name', async (window) => {
    await stage.reset()
    const page = await stage.open(window)
    const found = await playThrough(page, window.width < 600)
    expect(found).toEqual([])
    await page.close()
  })

  test('the desk is reached and used by keyboard alone', async () => {
    await stage.reset()
    const page = await stage.open()
    await page.getByLabel('Message of the customer').focus()
    await page.keyboard.type('agent')
    await page.keyboard.press('Enter')
    await phaseIs(page, 'Waiting')
    const join = page.getByRole('button', { name: 'Join', exact: true })
    for (let steps = 0; steps < 60 && !(await join.evaluate((node) => node === document.activeElement)); steps++) {
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Enter')
    await phaseIs(page, 'Agent')
    // The pressed button is gone: whoever goes on by keyboard is still at the tools.
    expect(await page.locator('#thread-tools :focus').count()).toBe(1)
  })
})

/** Looks at every part of the page, with something in it; a wide window shows all of them at once. */
async function playThrough(page: Page, narrow: boolean): Promise<string[]> {
  const [customer, desk] = [customerOn(page), deskOn(page)]
  await customer.says('agent')
  await phaseIs(page, 'Waiting')
  const found = narrow ? await seriousOn(page) : []
  if (narrow) await page.getByRole('tab', { name: 'Desk' }).click()
  await desk.says('Hello, this is Maria.')
  await desk.presses('Cards')
  await desk.writes('Private note')
  await desk.says('Likes lamps.')
  await desk.sees('Likes lamps.')
  if (narrow) found.push(...(await seriousOn(page)))
  if (narrow) await page.getByRole('tab', { name: 'Wire' }).click()
  await page.locator('.wire summary').first().click()
  found.push(...(await seriousOn(page)))
  await page.getByRole('button', { name: 'Faults' }).click()
  return [...found, ...(await seriousOn(page))]
}
