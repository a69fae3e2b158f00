import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { STORY } from '../../sandbox/web/page/guide/script'
import { customerOn, deskOn, phaseIs } from './actors'
import { HALF, NARROW, onThePage, WIDE } from './browser'

const CAPTIONS = [...new Set(STORY.map(({ caption }) => caption))]

const status = (page: Page, is: string) => page.locator(`#player[data-status="${is}"]`).waitFor()
const caption = (page: Page) => page.locator('#player-caption').innerText()

/** Waits until so many beats have come to rest. */
async function rested(page: Page, beats: number): Promise<void> {
  await page.waitForFunction(`Number(document.getElementById('player').dataset.rested) >= ${beats}`)
}

onThePage('the guide', (stage) => {
  test('the story plays a whole handoff, and explains each step', async () => {
    const page = await stage.open(WIDE)
    await page.locator('#welcome-play').click()
    await page.getByRole('button', { name: 'Pause' }).click()
    const seen = new Set<string>()
    for (let beat = 1; beat <= STORY.length; beat++) {
      await rested(page, beat)
      seen.add(await caption(page))
      await page.getByRole('button', { name: 'Next' }).click()
    }
    await status(page, 'done')
    expect([...seen]).toEqual(CAPTIONS)
    await phaseIs(page, 'Bot again')
    const { desk, customer } = { desk: deskOn(page), customer: customerOn(page) }
    await desk.seesImage('lamp.svg')
    expect((await customer.lines()).join('\n')).not.toContain('Third broken Luma')
    expect(await page.locator('.notice').allInnerTexts()).toEqual([])
    expect(await page.getByRole('button', { name: 'Play again' }).isVisible()).toBe(true)
    await page.close()
  })

  test('it goes on by itself at reading speed, stops when it is paused, and can be ended', async () => {
    await stage.reset()
    const page = await stage.open(WIDE)
    await page.locator('#welcome-play').click()
    await page.waitForFunction(
      `document.getElementById('player-caption').textContent !== ${JSON.stringify(CAPTIONS[0])}`,
    )
    await page.getByRole('button', { name: 'Pause' }).click()
    await status(page, 'paused')
    await page.getByRole('button', { name: 'Continue' }).click()
    await status(page, 'playing')
    await page.getByRole('button', { name: 'End the story' }).click()
    await page.locator('#player').waitFor({ state: 'hidden' })
    await page.close()
  })

  test('typing or pressing in a chat pauses the guide', async () => {
    await stage.reset()
    const page = await stage.open(WIDE)
    await page.locator('#welcome-play').click()
    await customerOn(page).says('What are your opening hours?')
    await status(page, 'taken-over')
    await customerOn(page).sees(/open Monday to Friday/)
    await page.getByText('You have taken over').waitFor()
    await page.getByRole('button', { name: 'Continue' }).click()
    await status(page, 'playing')
    await page.close()
  })

  test('on a phone it shows the side where something happens, and lets a person look at another', async () => {
    await stage.reset()
    await stage.does({ do: 'fault', id: 'slow', on: true })
    const page = await stage.open(NARROW)
    await page.locator('#welcome-play').click()
    await page.getByRole('button', { name: 'Pause' }).click()
    for (const beats of [1, 2]) {
      await rested(page, beats)
      await page.getByRole('button', { name: 'Next' }).click()
    }
    await page.getByRole('tab', { name: 'Desk' }).click() // while the handoff begins
    await rested(page, 3)
    expect(await page.locator('#desk').isVisible()).toBe(true)
    await page.getByRole('tab', { name: 'Customer' }).click()
    await page.getByRole('button', { name: 'Next' }).click() // the step at the desk
    await page.locator('#desk').waitFor()
    await page.close()
  })

  test.each([NARROW, HALF])('its progress is seen on a window of $width px', async (window) => {
    await stage.reset()
    const page = await stage.open(window)
    await page.locator('#welcome-play').click()
    await page.getByRole('button', { name: 'Pause' }).click()
    const widthOf = async (part: string) => (await page.locator(part).boundingBox())?.width ?? 0
    expect(await widthOf('.player-bar')).toBeGreaterThan(0.8 * (await widthOf('#player')))
    await page.close()
  })

  test('it begins on an empty stage only when the person agrees', async () => {
    await stage.reset()
    const page = await stage.open(WIDE)
    await customerOn(page).says('Hello')
    await customerOn(page).sees(/I am the bot/)
    const play = page.locator('#play')
    await play.click()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.locator('#player').isVisible()).toBe(false)
    await play.click()
    await page.getByRole('button', { name: 'Start over and play' }).click()
    await status(page, 'playing')
    expect(await page.locator('#customer').getByText('I am the bot').count()).toBe(0)
    await page.close()
  })

  test('three hints lead who plays alone through a handoff; they can be hidden', async () => {
    await stage.reset()
    const page = await stage.open(WIDE)
    const [customer, desk] = [customerOn(page), deskOn(page)]
    const hint = (text: string | RegExp) => page.locator('#hint-text', { hasText: text }).waitFor()
    const marked = (name: string) => page.locator('[data-hinted]', { hasText: name }).waitFor()
    await customer.says('Hello')
    await hint('press “Talk to an agent”')
    await marked('Talk to an agent')
    await customer.presses('Talk to an agent')
    await hint('press “Join”')
    await marked('Join')
    await desk.presses('Join')
    await hint('write an answer')
    await desk.says('Hello Ada')
    await hint('press “Close”')
    await marked('Close')
    await desk.presses('Close')
    await hint('That was a whole handoff')
    await page.getByRole('button', { name: 'Kill a process' }).click()
    await page.getByRole('heading', { name: 'Processes' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Hide the hints' }).click()
    await page.locator('#guide').waitFor({ state: 'hidden' })
    await page.close()
  })
})
