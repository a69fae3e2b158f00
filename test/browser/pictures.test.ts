import { mkdirSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { readingMs } from '../../sandbox/web/page/guide/player'
import { STORY } from '../../sandbox/web/page/guide/script'
import { customerOn, deskOn, phaseIs, storyTells } from './actors'
import { animatedWebp, type Still } from './animated-webp'
import { NARROW, onThePage, WIDE } from './browser'

// `UPDATE_IMAGES=1 npx vitest run test/browser/pictures.test.ts` renews docs/images; without it nothing is written.
const IMAGES = fileURLToPath(new URL('../../docs/images/', import.meta.url))
const keeps = process.env['UPDATE_IMAGES'] === '1'

function keep(name: string, bytes: Buffer, maxBytes: number): void {
  expect(bytes.byteLength).toBeGreaterThan(5_000)
  expect(bytes.byteLength).toBeLessThan(maxBytes)
  if (keeps) mkdirSync(IMAGES, { recursive: true })
  if (keeps) writeFileSync(`${IMAGES}${name}`, bytes)
}

async function picture(page: Page, name: string, { of = 'body', maxBytes = 250_000 } = {}): Promise<void> {
  await settled(page)
  keep(`${name}.png`, await page.locator(of).screenshot(), maxBytes)
}

/** Milliseconds of the last still, before the moving picture begins again. */
const LAST_STILL_MS = 5_000

onThePage('pictures of the story that the page plays', (stage) => {
  test('as a moving picture, and at its height on windows of each kind', async () => {
    const page = await stage.open(WIDE)
    await picture(page, 'sandbox-first-look')
    const stills = await playStory(page, async () => {
      for (const [name, window] of Object.entries(WINDOWS)) await picture(await stage.open(window), name)
      await picture(page, 'desk', { of: '#desk' })
    })
    const moving = await animatedWebp(page, stills)
    keep('handoff.webp', moving, 1_500_000)
    expect(await framesIn(page, moving)).toBe(stills.length)
    await page.locator('button.story-line', { hasText: 'hands Ada over' }).click()
    await picture(page, 'wire', { of: '#wire-panel' })
  })

  test('what the product does beside the talk', async () => {
    await stage.reset()
    const page = await stage.open({ width: 1600, height: 1000 })
    await playWhatElseThereIs(page)
    await picture(page, 'beside-the-talk', { maxBytes: 450_000 })
    await page.close()
  })

  test('the set-up report', async () => {
    const page = await stage.open(WIDE)
    await page.getByRole('button', { name: 'Set-up', exact: true }).click()
    await page.locator('#setup-report', { hasText: 'A handoff can work with these settings.' }).waitFor()
    await page.setViewportSize({ width: 1280, height: 1500 })
    await picture(page, 'setup-report', { of: '#setup-dialog' })
  })
})

const WINDOWS = {
  'sandbox-light': WIDE,
  'sandbox-dark': { ...WIDE, scheme: 'dark' as const },
  'sandbox-phone': NARROW,
}

/** A mask, a place in the queue, a hand-back with a summary, a transcript, and an agent who writes first. */
async function playWhatElseThereIs(page: Page): Promise<void> {
  const [customer, desk] = [customerOn(page), deskOn(page)]
  await customer.says('My lamp arrived broken.')
  await customer.sees('A broken lamp is a matter for a person')
  await customer.says('agent')
  await phaseIs(page, 'Waiting')
  await customer.says('Is anybody there? I paid with 4111 1111 1111 1111')
  await customer.sees('You are number 1 in the queue.')
  await desk.says('Hello Ada, you get your money back.')
  await customer.sees('you get your money back')
  await desk.chooses('More to do with the chat', '/bot refund')
  await customer.sees('Maria asked me to refund you.')
  await customer.presses('Send me the transcript')
  await customer.sees('This is what was said:')
  await storyTells(page, 'The bot gets LiveChat’s summary')
  await desk.presses('Reopen')
  await desk.mayWrite()
  await desk.says('One thing I forgot: the voucher.')
  await customer.sees('One thing I forgot: the voucher.')
  await phaseIs(page, 'Agent')
}

/** The beat at which the page is seen at its best: both have written, and a choice is open. */
const HEIGHT = STORY.findIndex(({ caption }) => caption.startsWith('Maria offers a choice'))

/** Plays the story beat by beat, and takes a still of each; shown as long as the page would show it. */
async function playStory(page: Page, atItsHeight: () => Promise<void>): Promise<Still[]> {
  const stills: Still[] = []
  await page.locator('#welcome-play').click()
  await page.getByRole('button', { name: 'Pause' }).click()
  for (const [index, { caption, holdMs = readingMs(caption) }] of STORY.entries()) {
    await page.waitForFunction(`Number(document.getElementById('player').dataset.rested) > ${index}`)
    stills.push({ png: await still(page), ms: Math.max(holdMs, 900) })
    if (index === HEIGHT) await atItsHeight()
    await page.getByRole('button', { name: 'Next' }).click()
  }
  await page.locator('#player[data-status="done"]').waitFor()
  return [...stills, { png: await still(page), ms: LAST_STILL_MS }]
}

/** As it looks while it plays by itself: no pointer over a button, and the button that would pause it. */
async function still(page: Page): Promise<Buffer> {
  await page.mouse.move(640, 2)
  await settled(page)
  await page.evaluate(`if (document.getElementById('player').dataset.status === 'paused') {
    document.getElementById('player-word').textContent = 'Pause'
    document.getElementById('player-icon').setAttribute('href', '#icon-pause')
  }`)
  return page.screenshot()
}

/** Pictures and fonts are loaded, no call is under way, and what was shown first is gone. */
async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.waitForFunction(`document.fonts.status === 'loaded' &&
    [...document.images].every((image) => image.complete) &&
    [...document.querySelectorAll('.wire-row .status')].every((status) => status.textContent !== '…')`)
}

/** How many frames a browser finds in it. */
function framesIn(page: Page, webp: Buffer): Promise<number> {
  return page.evaluate<number>(`(async () => {
    const response = await fetch('data:image/webp;base64,${webp.toString('base64')}')
    const decoder = new ImageDecoder({ data: await response.arrayBuffer(), type: 'image/webp' })
    await decoder.tracks.ready
    await decoder.completed
    return decoder.tracks.selectedTrack.frameCount
  })()`)
}
