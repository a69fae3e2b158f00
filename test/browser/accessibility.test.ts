import { createRequire } from 'node:module'
import type { AxeResults } from 'axe-core'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { sampled } from '../sample'
import { customerOn, deskOn, phaseIs } from './actors'
import { NARROW, onThePage, WIDE, type Stage, type Window } from './browser'

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js')

const windows: (Window & { name: string })[] = [
  { name: 'wide and light', ...WIDE, scheme: 'light' },
  { name: 'wide and dark', ...WIDE, scheme: 'dark' },
  { name: 'narrow and light', ...NARROW, scheme: 'light' },
  { name: 'narrow and dark', ...NARROW, scheme: 'dark' },
]

/** Looks at the page as it stands, and keeps what axe finds, with the name of the state. */
class Inspector {
  readonly found: string[] = []

  constructor(private readonly page: Page) {}

  async look(state: string): Promise<void> {
    const { violations } = await this.page.evaluate<AxeResults>('axe.run()')
    for (const { id, nodes } of violations) {
      for (const { target } of nodes) this.found.push(`${state}: ${id}: ${target.join(' ')}`)
    }
  }
}

onThePage('everybody can use it', (stage) => {
  test.each(sampled(windows, 1))('axe finds nothing in any state, $name', async (window) => {
    await stage.reset()
    const page = await stage.open(window)
    await page.addScriptTag({ path: AXE })
    const inspector = new Inspector(page)
    await beforeTheFirstWords(page, inspector)
    await inTheTalk(page, inspector, stage)
    await inTheDialogs(page, inspector)
    await stage.reset()
    expect(inspector.found).toEqual([])
    await page.close()
  })
})

/** Where one side is shown at a time, that side. */
async function showSide(page: Page, side: 'customer' | 'between' | 'desk'): Promise<void> {
  const tab = page.locator(`#tab-${side}`)
  if (await tab.isVisible()) await tab.click()
}

async function beforeTheFirstWords(page: Page, inspector: Inspector): Promise<void> {
  await inspector.look('fresh')
  await page.locator('.skips a').first().focus()
  await inspector.look('skip link')
  await page.locator('#identity-open').click()
  await page.locator('#identity-email').fill('no address')
  await page.locator('#identity-email').press('Tab')
  await inspector.look('identity that is wrong')
  await page.locator('#identity-email').fill('ada@customer.test')
  await page.locator('#identity-email').press('Tab')
  await page.locator('#identity-open').click()
  await page.locator('#welcome-play').click()
  await inspector.look('story that plays')
  await page.getByRole('button', { name: 'Pause' }).click()
  await page.locator('#player[data-status="paused"]').waitFor()
  await inspector.look('story that is paused')
  await page.getByRole('button', { name: 'End the story' }).click()
}

async function inTheTalk(page: Page, inspector: Inspector, stage: Stage): Promise<void> {
  const [customer, desk] = [customerOn(page), deskOn(page)]
  await showSide(page, 'customer')
  await customer.says('agent')
  await phaseIs(page, 'Waiting')
  await inspector.look('waiting')
  await showSide(page, 'desk')
  await inspector.look('desk with a chat that waits')
  await desk.actsAs('ChatBot')
  await desk.says('I am a bot.')
  await desk.sees('I am a bot.')
  await inspector.look('desk with a bot')
  await desk.actsAs('Maria')
  await page.getByPlaceholder('Take the chat over to reply').waitFor()
  await inspector.look('chat that another has')
  await desk.presses('Take over')
  await phaseIs(page, 'Agent')
  await desk.says('Hello, this is Maria.')
  await desk.presses('Cards')
  await desk.writes('Private note')
  await desk.says('Likes lamps.')
  await desk.sees('Likes lamps.')
  await inspector.look('desk with cards and a note')
  await desk.writes('Reply')
  await page.getByRole('button', { name: 'Transfer', exact: true }).click()
  await inspector.look('menu')
  await page.keyboard.press('Escape')
  await showSide(page, 'customer')
  await stage.does({ do: 'fault', id: 'slow', on: true })
  await customer.says('Late?')
  await page.locator('[data-delivery="sending"]').waitFor()
  await inspector.look('message on its way')
  await stage.does({ do: 'fault', id: 'slow', on: false })
  await page.locator('[data-delivery="sending"]').waitFor({ state: 'detached' })
  await stage.does({ do: 'fault', id: 'refused', on: true })
  await customer.says('Lost?')
  await page.locator('[data-delivery="failed"]').waitFor()
  await inspector.look('message that is not delivered')
  await showSide(page, 'between')
  await page.locator('.story-line', { hasText: 'startHitl' }).click()
  await page.locator('.wire-row').first().click()
  await page.locator('.story-ids summary').first().click()
  await inspector.look('calls behind a line')
  await page.getByRole('button', { name: 'Show all' }).click()
  await page.getByLabel('Filter the wire').fill('nothing')
  await inspector.look('filter without a match')
  await page.getByRole('button', { name: 'Clear the filter' }).click()
  await showSide(page, 'desk')
  await page.getByRole('button', { name: 'More to do with the chat' }).click()
  await inspector.look('menu with the ways back to the bot')
  await page.keyboard.press('Escape')
  await desk.says('/bot refund')
  await phaseIs(page, 'Bot again')
  await stage.sandbox.settled()
  await inspector.look('desk after the end')
  await page.getByText('Customer details').click()
  await page.locator('#thread-fields', { hasText: 'Summary' }).waitFor()
  await inspector.look('customer details with a summary')
  await showSide(page, 'customer')
  await page.locator('#rating').waitFor()
  await inspector.look('customer after the end')
}

async function inTheDialogs(page: Page, inspector: Inspector): Promise<void> {
  await page.getByRole('button', { name: /^Faults/ }).click()
  await page.getByRole('switch', { name: 'LiveChat is slow' }).check()
  await inspector.look('faults')
  await page.getByRole('switch', { name: 'LiveChat is slow' }).uncheck()
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Set-up/ }).click()
  await page.locator('#setup-report .summary').waitFor()
  await inspector.look('set-up')
  await page.getByRole('radio', { name: 'The group does not exist' }).check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
  await page.locator('#setup-report [data-kind="bad"]').first().waitFor()
  await inspector.look('set-up that is wrong')
  await page.keyboard.press('Escape')
  await inspector.look('page with a mistake that is saved')
  await showSide(page, 'between')
  await page.locator('#open-processes').click()
  await inspector.look('processes')
  await page.keyboard.press('Escape')
  await page.locator('#reset').click()
  await inspector.look('question')
  await page.keyboard.press('Escape')
}
