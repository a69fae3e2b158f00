import { existsSync } from 'node:fs'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe } from 'vitest'
import { startSandbox, type Sandbox, type SandboxOptions } from '../../sandbox/sandbox'
import type { Command } from '../../sandbox/web/commands'
import { LAMP_SHOP, LAMP_SHOP_SETTINGS } from '../../sandbox/web/bot-script'
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
const TEST_TIMEOUT_MS = 180_000

export type Scheme = 'light' | 'dark'
export type Window = { width: number; height: number; scheme?: Scheme }

export const WIDE: Window = { width: 1280, height: 800 }
export const HALF: Window = { width: 1100, height: 750 }
export const HUGE: Window = { width: 1920, height: 1080 }
export const TABLET: Window = { width: 820, height: 1180 }
export const NARROW: Window = { width: 390, height: 844 }

/** A story played on the page of a fresh sandbox. */
export type Stage = {
  sandbox: Sandbox
  /** Opens the page; all windows are closed when the file ends. */
  open(window?: Window): Promise<Page>
  /** Sends what the page sends when somebody does something. */
  does(command: Command): Promise<void>
  /** What starting over does. */
  reset(): Promise<void>
}

/**
 * Describes stories on the page. Without a browser they are skipped and say so; where `CI` is set a missing browser
 * fails, so that they cannot be left out unnoticed.
 */
export function onThePage(
  title: string,
  stories: (stage: Stage) => void,
  options: Pick<SandboxOptions, 'processes'> = { processes: 'pool' }, // as npm start has it
): void {
  const missing = !existsSync(CHROMIUM)
  const reason = `no browser at ${CHROMIUM}: install chromium or set CHROMIUM_PATH`
  if (missing && process.env['CI']) throw new Error(reason)
  if (missing) console.warn(`Skipped "${title}": ${reason}`)
  describe.skipIf(missing)(title, { timeout: TEST_TIMEOUT_MS }, () => stories(stageOf(started(options))))
}

type Started = { sandbox?: Sandbox; server?: PageServer; browser?: Browser }

function started(options: Pick<SandboxOptions, 'processes'>): Started {
  const parts: Started = {}
  beforeAll(async () => {
    const browser = chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
    const livechat = { webhooks: { timeScale: 0.05 } } // retries after milliseconds instead of seconds
    parts.sandbox = await startSandbox({ bot: LAMP_SHOP, configuration: LAMP_SHOP_SETTINGS, livechat, ...options })
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
      await page.evaluate('document.fonts.ready')
      return page
    },
    does: (command) => sendTo(there(parts.server).url, command),
    reset: () => sendTo(there(parts.server).url, { do: 'reset' }),
  }
}

async function sendTo(url: string, command: Command): Promise<void> {
  const answer = await fetch(`${url}/commands`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(command),
  })
  if (!answer.ok) throw new Error(await answer.text())
}

function there<T>(part: T | undefined): T {
  if (part === undefined) throw new Error('used before the sandbox was started')
  return part
}
