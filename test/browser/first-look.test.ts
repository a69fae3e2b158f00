import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { customerOn, phaseIs, talkWithMaria } from './actors'
import { HALF, HUGE, NARROW, onThePage, TABLET, WIDE, type Window } from './browser'

const LONG_NAME = 'Wolfeschlegelsteinhausenbergerdorff'.repeat(5)

const shown = (page: Page, id: string) => page.locator(`#${id}`).isVisible()
const rect = async (page: Page, id: string) => {
  const box = await page.locator(`#${id}`).boundingBox()
  if (!box) throw new Error(`#${id} is not shown`)
  return { ...box, right: box.x + box.width, bottom: box.y + box.height }
}

/** Everything that stands beyond an edge of the window, and what scrolls the page itself. */
function outside(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[...document.querySelectorAll('.top > *, .panel, .panel-head > *, .tabs')]
    .filter((each) => each.checkVisibility() && !each.closest('dialog'))
    .filter((each) => { const { left, right } = each.getBoundingClientRect(); return left < 0 || right > innerWidth + 1 })
    .map((each) => each.id || each.className)
    .concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : [])`)
}

/** For the browser: nothing of an element is cut off by its panel. */
const isWhole = (element: Element) => {
  const [own, panel] = [element.getBoundingClientRect(), element.closest('.panel')?.getBoundingClientRect()]
  return own.height > 0 && panel !== undefined && own.top >= panel.top && own.bottom <= panel.bottom
}

onThePage('the first look', (stage) => {
  test('a fresh page says what it is, and what to do first', async () => {
    const page = await stage.open(WIDE)
    expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toContain('hands a customer to a person')
    const play = await rect(page, 'welcome-play')
    expect(play.bottom).toBeLessThan(WIDE.height)
    expect(await page.locator('#welcome-hints li').allInnerTexts()).toHaveLength(3)
    expect(await page.getByText('Nobody is waiting').isVisible()).toBe(true)
    expect(await page.getByRole('button', { name: 'Talk to an agent' }).isVisible()).toBe(true)
    await page.close()
  })

  test.each([HALF, WIDE])('on a fresh page of $width px everything that is written is seen', async (window) => {
    const page = await stage.open(window)
    for (const part of ['#welcome-hints', '#wire-empty-text', '#customer-empty', '#thread-empty']) {
      expect(await page.locator(part).evaluate(isWhole)).toBe(true)
    }
    await page.close()
  })

  const windows: (Window & { name: string; columns: number })[] = [
    { name: 'a phone', ...NARROW, columns: 1 },
    { name: 'a tablet', ...TABLET, columns: 2 },
    { name: 'half a screen', ...HALF, columns: 3 },
    { name: 'a notebook', ...WIDE, columns: 3 },
    { name: 'a big screen', ...HUGE, columns: 4 },
  ]
  test.each(windows)('$name: nothing stands beyond the edge, not even a long name', async (window) => {
    await stage.reset()
    await stage.does({ do: 'customer.isCalled', name: LONG_NAME, email: `${'long'.repeat(20)}@customer.test` })
    const page = await stage.open(window)
    expect(await outside(page)).toEqual([])
    await stage.does({ do: 'customer.says', text: 'agent' })
    await phaseIs(page, 'Waiting')
    for (const side of ['customer', 'between', 'desk']) {
      const tab = page.locator(`#tab-${side}`)
      if (await tab.isVisible()) await tab.click()
      expect(await outside(page)).toEqual([])
    }
    await page.close()
    await stage.does({ do: 'reset' })
    await stage.does({ do: 'customer.isCalled', name: 'Ada Lovelace', email: 'ada@customer.test' })
  })

  test('at 1100 px all three columns stand side by side, and the tools have their names', async () => {
    await stage.reset()
    const page = await stage.open(HALF)
    await talkWithMaria(page)
    expect(await shown(page, 'tab-customer')).toBe(false)
    const [customer, story, desk] = [
      await rect(page, 'customer'),
      await rect(page, 'story-panel'),
      await rect(page, 'desk'),
    ]
    expect([customer.right < story.x, story.right < desk.x]).toEqual([true, true])
    expect(await page.getByText('Start over', { exact: true }).isVisible()).toBe(true)
    expect((await page.locator('#open-faults span').first().boundingBox())?.width).toBeGreaterThan(20)
    await page.close()
  })

  test('at 1920 px story and wire stand side by side and fill the middle', async () => {
    await stage.reset()
    const page = await stage.open(HUGE)
    await talkWithMaria(page)
    const [story, wire] = [await rect(page, 'story-panel'), await rect(page, 'wire-panel')]
    expect([story.right < wire.x, Math.round(story.y - wire.y)]).toEqual([true, 0])
    expect(Math.min(story.height, wire.height)).toBeGreaterThan(HUGE.height * 0.7)
    expect((await page.getByText('Processes', { exact: true }).first().boundingBox())?.height).toBeGreaterThan(10)
    await page.close()
  })

  test('lights and dots are round and whole', async () => {
    const page = await stage.open(WIDE)
    for (const box of await page.locator('#agents .dot').all()) {
      const { width, height } = (await box.boundingBox()) ?? { width: 0, height: 1 }
      expect([width, height]).toEqual([8, 8])
    }
    await page.close()
  })

  test('on a phone each tab counts what has come while it was out of sight', async () => {
    await stage.reset()
    const page = await stage.open(NARROW)
    await customerOn(page).says('agent')
    await phaseIs(page, 'Waiting')
    await page.locator('#tab-desk .badge', { hasText: /^[1-9]/ }).waitFor()
    await page.getByRole('tab', { name: 'Desk' }).click()
    await page.locator('#tab-desk .badge').waitFor({ state: 'hidden' })
    const chatId = [...stage.sandbox.livechat.store.chats.keys()][0] ?? ''
    await stage.does({ do: 'agent.says', chatId, agentId: 'maria@acme.test', text: 'Hello', note: false })
    await page.locator('#tab-customer .badge', { hasText: /^[1-9]/ }).waitFor()
    await page.close()
  })
})
