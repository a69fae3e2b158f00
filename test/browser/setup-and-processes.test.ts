import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs, talkWithMaria } from './actors'
import { onThePage } from './browser'

const save = async (page: Page, situation: string) => {
  await page.getByRole('radio', { name: situation }).check()
  await page.getByRole('button', { name: 'Save', exact: true }).click()
}

onThePage('set-up and processes', (stage) => {
  test('a mistake is saved as in Studio: its sentence, its mark and its report are seen', async () => {
    const page = await stage.open()
    await page.getByRole('button', { name: 'Set-up', exact: true }).click()
    await page.locator('#setup-report', { hasText: 'A handoff can work with these settings.' }).waitFor()
    await save(page, 'The group does not exist')
    await page.locator('#studio-saved', { hasText: 'Group not found' }).waitFor()
    expect(await page.locator('#studio-settings [data-marked]').innerText()).toBe('99')
    await page.locator('#setup-report', { hasText: 'A handoff cannot work with these settings.' }).waitFor()
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Set-up, a mistake is saved' }).waitFor()

    await customerOn(page).says('agent')
    await customerOn(page).sees(/nobody could be reached/)
    await page.locator('#story li', { hasText: 'The handoff is refused:' }).waitFor()

    await page.getByRole('button', { name: 'Set-up, a mistake is saved' }).click()
    await save(page, 'Everything is right')
    await page.locator('#studio-saved', { hasText: 'Saved. The integration is registered.' }).waitFor()
    await page.locator('#setup-report', { hasText: 'A handoff can work with these settings.' }).waitFor()
    await page.close()
  })

  test('starting over puts the set-up right', async () => {
    await stage.does({ do: 'setup', situation: 'slots-full' })
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    expect(await page.locator('#setup-mark').isVisible()).toBe(false)
    await page.close()
  })

  test('the processes are seen at work, one can be killed, and there can be one or three', async () => {
    await stage.reset()
    const page = await stage.open()
    expect(await page.locator('#open-processes .light').count()).toBe(3)
    await talkWithMaria(page)
    const numbers = await page.locator('.wire-row .process').allInnerTexts()
    expect(new Set(numbers).size).toBeGreaterThan(1)

    await page.locator('#open-processes').click()
    const processes = page.locator('#processes li')
    const name = (await processes.first().locator('b').innerText()).toLowerCase()
    await page.getByRole('button', { name: `Kill ${name}` }).click()
    await page.locator('#process-events [data-kind="killed"]', { hasText: new RegExp(name, 'i') }).waitFor()
    await page.locator('#process-events [data-kind="started"]').first().waitFor()
    await page.getByRole('radio', { name: 'One process' }).check()
    await page.waitForFunction(`document.querySelectorAll('#processes li').length === 1`)
    await page.keyboard.press('Escape')
    await customerOn(page).says('Still there?')
    await deskOn(page).sees('Still there?')
    await page.locator('#open-processes').click()
    await page.getByRole('radio', { name: 'Three processes' }).check()
    await page.waitForFunction(`document.querySelectorAll('#processes li').length === 3`)
    await page.close()
  })

  test('with all processes killed the page starts over, and a handoff works', async () => {
    await stage.reset()
    const page = await stage.open()
    for (const { number } of stage.sandbox.pool?.processes ?? []) await stage.does({ do: 'process.dies', number })
    await page.locator('#reset').click()
    await page.getByRole('dialog').getByRole('button', { name: 'Start over' }).click()
    await customerOn(page).says('agent')
    await phaseIs(page, 'Waiting')
    expect(await page.locator('.notice').allInnerTexts()).toEqual([])
    await page.close()
  })
})
