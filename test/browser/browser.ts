import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { startSandbox, type Sandbox } from '../../sandbox/sandbox'
import { LAMP_SHOP } from '../../sandbox/web/bot-script'
import { servePage, type PageServer } from '../../sandbox/web/server'

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const ARGUMENTS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Two browsers and two sandboxes may share two cores with every other test. */
const STEP_TIMEOUT_MS = 20_000
const TEST_TIMEOUT_MS = 90_000

export type Scheme = 'light' | 'dark'
export type Window = { width: number; height: number; scheme?: Scheme }

export const WIDE: Window = { width: 1280, height: 800 }
export const NARROW: Window = { width: 390, height: 844 }

/** A story played on the page of a fresh sandbox. */
export type Stage = {
  sandbox: Sandbox
  /** Opens the page; all windows are closed when the file ends. */
  open(window?: Window): Promise<Page>
  /** What the reset button does. */
  reset(): Promise<void>
}

/**
 * Describes stories on the page. Without a browser they are skipped and say so; where `CI` is set a missing browser
 * fails, so that they cannot be left out unnoticed.
 */
export function onThePage(title: string, stories: (stage: Stage) => void): void {
  const missing = !existsSync(CHROMIUM)
  const reason = `no browser at ${CHROMIUM}: install chromium or set CHROMIUM_PATH`
  if (missing && process.env['CI']) throw new Error(reason)
  if (missing) console.warn(`Skipped "${title}": ${reason}`)
  describe.skipIf(missing)(title, { timeout: TEST_TIMEOUT_MS }, () => stories(stageOf(started())))
}

type Started = { sandbox?: Sandbox; server?: PageServer; browser?: Browser }

function started(): Started {
  const parts: Started = {}
  beforeAll(async () => {
    const browser = chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
    parts.sandbox = await startSandbox({ bot: LAMP_SHOP })
    parts.server = await servePage(parts.sandbox, 0)
    parts.browser = await browser
  })
  afterAll(async () => {
    await parts.browser?.close()
    await parts.server?.close()
    await parts.sandbox?.close()
  })
  return parts
}

function stageOf(parts: Started): Stage {
  return {
    get sandbox() {
      return there(parts.sandbox)
    },
    async open({ width, height, scheme = 'light' } = WIDE) {
      // Colours are looked at, and a bubble that fades in has none of its own yet.
      const look = { colorScheme: scheme, reducedMotion: 'reduce' } as const
      const page = await there(parts.browser).newPage({ viewport: { width, height }, ...look })
      page.setDefaultTimeout(STEP_TIMEOUT_MS)
      page.on('pageerror', (problem) => {
        throw problem
      })
      await page.goto(there(parts.server).url)
      await page.locator('#agents input').first().waitFor({ state: 'attached' })
      return page
    },
    async reset() {
      const answer = await fetch(`${there(parts.server).url}/commands`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ do: 'reset' }),
      })
      if (!answer.ok) throw new Error(await answer.text())
    },
  }
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('used before the sandbox was started')
  return part
}
