import type { Locator, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs, storyTells, talkWithMaria } from './actors'
import { onThePage } from './browser'

const lineOf = (page: Page, text: string | RegExp) => page.locator('button.story-line', { hasText: text }).last()
const rows = (page: Page) => page.locator('.wire-row')
/** Where elements begin, each place once. */
const LEFT_EDGES = (elements: Element[]) => [...new Set(elements.map((each) => each.getBoundingClientRect().left))]
/** For the browser: whether a list stands at its end. */
const AT_END = (id: string) =>
  `(list => list.scrollTop >= list.scrollHeight - list.clientHeight - 2)(document.getElementById('${id}'))`
const wireCount = (page: Page) => page.locator('#wire-count').innerText()

onThePage('the story and the wire', (stage) => {
  test('the story quotes what was said, and leads to the calls behind it and back', async () => {
    const page = await stage.open()
    await talkWithMaria(page)
    await storyTells(page, 'Maria writes: Hello, this is Maria.')
    const all = await rows(page).count()

    const start = lineOf(page, 'The bot hands Ada over')
    await start.click()
    await page.locator('#wire-link', { hasText: 'Behind: The bot hands Ada over' }).waitFor()
    const shown = await page.locator('.wire-row .operation').allInnerTexts()
    expect(await page.locator('.wire-row .status').evaluateAll(LEFT_EDGES)).toHaveLength(1)
    expect(shown).toEqual(expect.arrayContaining(['action/startHitl', 'customer/start_chat']))
    expect(shown.length).toBeLessThan(all)
    expect(await wireCount(page)).toMatch(new RegExp(`^${shown.length} of \\d+ calls$`))

    await page.getByRole('button', { name: 'Show all' }).click()
    await page.locator('.wire-row', { hasText: 'customer/start_chat' }).click()
    await page.locator('.to-story').click()
    expect(await start.getAttribute('aria-pressed')).toBe('true')
    expect(await start.evaluate((line) => line === document.activeElement)).toBe(true)
    await start.click()
    await page.locator('#wire-link').waitFor({ state: 'hidden' })
    await page.close()
  })

  test('handoffs are divided, and their ids are folded away', async () => {
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    await deskOn(page).presses('Close')
    await phaseIs(page, 'Bot again')
    await customerOn(page).says('agent')
    await phaseIs(page, 'Waiting')
    expect(await page.locator('.story-divider b').allInnerTexts()).toEqual(['Handoff 1', 'Handoff 2'])
    const ids = page.locator('.story-ids').first()
    const middleOf = async (part: Locator) => {
      const { y, height } = (await part.boundingBox()) ?? { y: 0, height: 0 }
      return y + height / 2
    }
    const number = await middleOf(page.locator('.story-divider b').first())
    expect(Math.abs(number - (await middleOf(ids.locator('summary'))))).toBeLessThan(1)
    expect(await ids.locator('dd').first().isVisible()).toBe(false)
    await ids.locator('summary').click()
    const session = stage.sandbox.installation.sessions[0]
    expect(await ids.locator('dd').first().innerText()).toBe(session?.downstreamId)
    await page.close()
  })

  test('a filter without a match says so, and is cleared with one press', async () => {
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    const all = await rows(page).count()
    await page.getByLabel('Filter the wire').fill('no such call')
    await page.getByText('No call fits the filter.').waitFor()
    expect(await wireCount(page)).toMatch(/^0 of \d+ calls$/)
    await page.getByRole('button', { name: 'Clear the filter' }).click()
    await page.waitForFunction(`document.querySelectorAll('.wire-row').length >= ${all}`)
    await page.getByRole('radio', { name: 'LiveChat' }).check()
    expect(new Set(await page.locator('.wire-row .whom').allInnerTexts())).toEqual(new Set(['→ LiveChat']))
    await page.close()
  })

  test('after the start over the story follows its end again, and counts nothing of before', async () => {
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    for (let n = 0; n < 6; n++) await deskOn(page).says(`Line ${n}`)
    await storyTells(page, 'Line 5')
    await page.locator('#story-scroll').hover()
    await page.mouse.wheel(0, -2_000)
    await page.waitForFunction(`document.getElementById('story-scroll').scrollTop === 0`)
    await deskOn(page).says('This is below.')
    await page.locator('#story-new').waitFor()
    await stage.reset()
    await page.locator('#welcome').waitFor()
    await talkWithMaria(page)
    await storyTells(page, 'Maria writes')
    expect(await page.locator('#story-new').isVisible()).toBe(false)
    await page.waitForFunction(AT_END('story-scroll'))
    await page.close()
  })

  test('rows that have left are counted', async () => {
    await stage.reset()
    const page = await stage.open()
    const { wire } = stage.sandbox.botpress
    const call = { to: 'botpress', method: 'GET', path: '/', requestHeaders: {}, requestBody: {} } as const
    for (let n = 0; n < 450; n++) wire.end(wire.begin({ ...call, operation: `call ${n}` }), { status: 200 })
    await page.locator('#wire-count', { hasText: 'last 400 of 450 calls' }).waitFor()
    expect(await rows(page).count()).toBe(400)
    await page.close()
  })

  test('a page that is scrolled up shows how many lines are new, and a press leads to them', async () => {
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    const chatId = [...stage.sandbox.livechat.store.chats.keys()][0] ?? ''
    const says = (text: string) =>
      stage.does({ do: 'agent.says', chatId, agentId: 'maria@acme.test', text, note: false })
    for (let n = 0; n < 8; n++) await says(`Line ${n}\nof\nmany`)
    await customerOn(page).sees('Line 7')
    await page.locator('#customer-lines').hover()
    await page.mouse.wheel(0, -400)
    await page.waitForFunction(`(list => list.scrollTop < list.scrollHeight - list.clientHeight - 100)(
      document.getElementById('customer-lines'))`)
    await says('The newest')
    const marker = page.locator('#customer-new')
    await marker.getByText('1 new').waitFor()
    await marker.click()
    await marker.waitFor({ state: 'hidden' })
    await page.waitForFunction(AT_END('customer-lines'))
    await page.close()
  })
})
