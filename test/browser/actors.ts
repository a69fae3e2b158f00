import type { Locator, Page } from 'playwright-core'

/** The customer's half of the page. */
export function customerOn(page: Page) {
  const side = page.locator('#customer')
  return {
    says: (text: string) => write(side, 'Message of the customer', text),
    presses: (label: string) => side.getByRole('button', { name: label, exact: true }).click(),
    attaches: (file: UploadedFile) => side.getByLabel('Attach a file as the customer').setInputFiles(file),
    sees: (text: string | RegExp) => side.locator('.bubble').filter({ hasText: text }).first().waitFor(),
    seesImage: (name: string) => side.getByRole('img', { name }).waitFor(),
    lines: () => side.locator('.bubble').allInnerTexts(),
  }
}

/** The agents' half of the page. */
export function deskOn(page: Page) {
  const side = page.locator('#desk')
  return {
    says: (text: string) => write(side, 'Message of the agent', text),
    presses: (label: string) => side.getByRole('button', { name: label, exact: true }).click(),
    actsAs: (name: string) => side.getByRole('radio', { name: new RegExp(`Act as ${name}`) }).check(),
    writes: (kind: 'Reply' | 'Private note') => side.getByRole('radio', { name: kind }).check(),
    /** Opens a menu of the thread and chooses in it. */
    chooses: async (menu: 'Transfer' | 'More to do with the chat', item: string) => {
      await side.getByRole('button', { name: menu, exact: true }).click()
      await page.getByRole('menuitem', { name: item }).click()
    },
    attaches: (file: UploadedFile) => side.getByLabel('Attach a file as the agent').setInputFiles(file),
    sees: (text: string | RegExp) => side.locator('.bubble').filter({ hasText: text }).first().waitFor(),
    seesImage: (name: string) => side.getByRole('img', { name }).waitFor(),
    mayWrite: () =>
      side.locator('textarea:enabled, input:enabled').and(side.getByLabel('Message of the agent')).waitFor(),
    chatIs: (state: string | RegExp) => side.locator('.chat-item').filter({ hasText: state }).first().waitFor(),
  }
}

type UploadedFile = { name: string; mimeType: string; buffer: Buffer }

async function write(side: Locator, label: string, text: string): Promise<void> {
  const field = side.getByLabel(label)
  await field.fill(text)
  await field.press('Enter')
}

/** Waits until the middle of the page names this phase as the present one. */
export async function phaseIs(page: Page, phase: 'Bot' | 'Waiting' | 'Agent' | 'Bot again'): Promise<void> {
  const exactly = new RegExp(`^${phase}$`)
  await page.locator('#phases [aria-current="step"]', { hasText: exactly }).waitFor({ state: 'attached' })
}

/** A handoff to Maria, who has written; the page is at work on both sides. */
export async function talkWithMaria(page: Page): Promise<void> {
  const [customer, desk] = [customerOn(page), deskOn(page)]
  await customer.says('agent')
  await phaseIs(page, 'Waiting')
  await desk.says('Hello, this is Maria.')
  await customer.sees('Hello, this is Maria.')
  await phaseIs(page, 'Agent')
}

/** Waits until the story tells it. */
export async function storyTells(page: Page, text: string | RegExp): Promise<void> {
  await page.locator('#story li', { hasText: text }).first().waitFor({ state: 'attached' })
}
