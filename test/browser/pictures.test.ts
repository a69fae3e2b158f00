import { mkdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs, storyTells } from './actors'
import { NARROW, onThePage, WIDE } from './browser'
import { LAMP } from './lamp'

const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const keeps = process.env['UPDATE_IMAGES'] === '1'

/** Keeps the picture for README and hub page when asked to; always proves that there is something to see. */
async function picture(page: Page, name: string, selector?: string): Promise<void> {
  if (keeps) mkdirSync(IMAGES, { recursive: true })
  const path = keeps ? `${IMAGES}${name}.png` : undefined
  const bytes = selector ? await page.locator(selector).screenshot({ path }) : await page.screenshot({ path })
  expect(bytes.byteLength).toBeGreaterThan(5_000)
  expect(bytes.byteLength).toBeLessThan(250_000)
}

onThePage('pictures of a conversation', (stage) => {
  test('both sides, light and dark, wide and narrow', async () => {
    const page = await stage.open(WIDE)
    await converse(page)
    await picture(page, 'sandbox-light')
    await page.setViewportSize({ width: 1280, height: 1120 })
    await picture(page, 'desk', '#desk')
    await page.setViewportSize(WIDE)
    await page.locator('.wire summary', { hasText: 'customer/send_event' }).last().click()
    await picture(page, 'wire', '#between')
    await picture(await settled(await stage.open({ ...WIDE, scheme: 'dark' })), 'sandbox-dark')
    await picture(await settled(await stage.open({ ...NARROW })), 'sandbox-phone')
  })

  test('the set-up report', async () => {
    const page = await stage.open(WIDE)
    await page.getByRole('button', { name: 'Set-up' }).click()
    await page.locator('#setup-report', { hasText: 'A handoff can work with these settings.' }).waitFor()
    await page.setViewportSize({ width: 1280, height: 1500 })
    await picture(page, 'setup-report', '#setup-dialog')
  })
})

async function converse(page: Page): Promise<void> {
  const [customer, desk] = [customerOn(page), deskOn(page)]
  await customer.says('Hello! My new lamp arrived broken.')
  await customer.sees(/I am the bot/)
  await customer.presses('Talk to an agent')
  await phaseIs(page, 'Waiting')
  await desk.presses('Join')
  await storyTells(page, 'hitlAssigned')
  await desk.says('Hello Ada, this is Maria. What a pity! Could you send me a picture?')
  await customer.sees(/What a pity/)
  await customer.attaches({ name: 'lamp.svg', mimeType: 'image/svg+xml', buffer: LAMP })
  await desk.seesImage('lamp.svg')
  await desk.writes('Private note')
  await desk.says('Third broken Luma this week: tell the warehouse.')
  await desk.writes('Reply')
  await desk.presses('Quick replies')
  await customer.sees(/When shall we deliver/)
  await settled(page)
}

/** Pictures are loaded and nothing is on its way. */
async function settled(page: Page): Promise<Page> {
  await page.waitForLoadState('load')
  await page.locator('#customer .bubble').last().waitFor()
  await page.waitForFunction('[...document.images].every((image) => image.complete)')
  return page
}
