import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { customerOn, deskOn, phaseIs, storyTells, talkWithMaria } from './actors'
import { onThePage } from './browser'

const BACK = /Is there anything else I can do\?/

/** Switches something on in the dialog of faults. */
async function switchOn(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Faults/ }).click()
  await page.getByRole('switch', { name }).check()
  await page.keyboard.press('Escape')
}

async function closedByMaria(page: Page): Promise<void> {
  await talkWithMaria(page)
  await deskOn(page).presses('Close')
  await phaseIs(page, 'Bot again')
  await customerOn(page).sees(BACK)
}

onThePage('what the bot and the agent know of each other', (stage) => {
  test('the agent reads first what the customer wants, and payment cards are masked', async () => {
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await customer.says('My lamp arrived broken.')
    await customer.sees('A broken lamp is a matter for a person')
    await customer.says('agent')
    await desk.sees('Summary: The customer wrote “My lamp arrived broken.” and was not helped by the bot.')
    await desk.sees('Intent: Replace a broken lamp · Sentiment: disappointed')
    await page.getByText('Customer details').click()
    await page.locator('#thread-fields', { hasText: 'Replace a broken lamp' }).waitFor()
    await customer.says('I paid with 4111 1111 1111 1111')
    await desk.sees(/^I paid with \D+1111$/)
    await storyTells(page, 'The integration masks it for LiveChat: I paid with •••• 1111')
    await page.close()
  })

  test('a command gives the customer back, and the bot does what the agent wants', async () => {
    await stage.reset()
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await talkWithMaria(page)
    await desk.chooses('More to do with the chat', '/bot refund')
    await customer.sees('Maria asked me to refund you.')
    await phaseIs(page, 'Bot again')
    await desk.chatIs('archived')
    await desk.sees('The bot has taken the customer back: refund')
    await page
      .locator('#desk .line.unseen', { hasText: '/bot refund' })
      .getByText('Not shown to the customer')
      .waitFor()
    await storyTells(page, 'Maria gives Ada back to the bot: /bot refund')
    await storyTells(page, 'The bot asks how the handoff went (getHandoff).')
    expect((await customer.lines()).join()).not.toContain('/bot')
    await page.close()
  })

  test('a private note with the command does the same; where there are no notes, a reply does', async () => {
    await stage.reset()
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await talkWithMaria(page)
    await desk.writes('Private note')
    await desk.says('/bot refund')
    await customer.sees('Maria asked me to refund you.')
    await page.locator('#desk .line.note', { hasText: '/bot refund' }).waitFor()

    await stage.reset()
    await switchOn(page, 'Chats have no field for private notes')
    await talkWithMaria(page)
    await page.getByRole('radio', { name: 'Private note' }).waitFor({ state: 'hidden' })
    await desk.says('/bot refund')
    await customer.sees('Maria asked me to refund you.')
    await page.locator('#desk .line.agent:not(.note)', { hasText: '/bot refund' }).waitFor()
    await page.close()
  })

  test('so does a tag', async () => {
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    await deskOn(page).chooses('More to do with the chat', 'back to bot')
    await customerOn(page).sees('gave you back to me (“back to bot”).')
    await page.locator('.tag', { hasText: 'back to bot' }).waitFor()
    await storyTells(page, 'The chat gets a tag: back to bot')
    await storyTells(page, 'agent, with the command “back to bot” (chatEnded)')
    await page.close()
  })

  test.each(['in one text', 'as title and points'])(
    'a summary %s is seen at the desk and in the story',
    async (form) => {
      await stage.reset()
      const page = await stage.open()
      if (form === 'as title and points') await switchOn(page, 'Summaries come as title and points')
      await closedByMaria(page)
      await storyTells(page, /The bot gets LiveChat’s summary \(chatSummarized\):.*The customer asked/)
      await page.getByText('Customer details').click()
      await page.locator('#thread-fields', { hasText: 'The customer asked' }).waitFor()
      await page.close()
    },
  )

  test('the customer gets the transcript, without notes', async () => {
    await stage.reset()
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await talkWithMaria(page)
    await desk.writes('Private note')
    await desk.says('Likes lamps.')
    await desk.sees('Likes lamps.')
    await desk.presses('Close')
    await customer.presses('Send me the transcript')
    await customer.sees(/This is what was said:\nMaria: Hello, this is Maria\./)
    expect((await customer.lines()).join()).not.toContain('Likes lamps.')
    await page.close()
  })

  test('a customer who waits and writes reads the place in the queue', async () => {
    await stage.reset()
    const page = await stage.open()
    await customerOn(page).says('agent')
    await phaseIs(page, 'Waiting')
    await customerOn(page).says('Is anybody there?')
    await customerOn(page).sees('You are number 1 in the queue.')
    await storyTells(page, 'The bot learns the place in the queue: 1, as the customer has written (queueChanged).')
    await page.close()
  })

  test('an agent writes first: the bot hands over, and the customer sees the words', async () => {
    await stage.reset()
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await closedByMaria(page)
    await customer.says('Thanks')
    await customer.sees('You are welcome.')
    await desk.presses('Reopen')
    await desk.mayWrite()
    await desk.says('One thing I forgot: the voucher.')
    await customer.sees('One thing I forgot: the voucher.')
    await phaseIs(page, 'Agent')
    await storyTells(page, 'The bot learns what an agent writes (agentOpenedChat): One thing I forgot')
    expect(await page.locator('#story [data-who="trouble"]').allInnerTexts()).toEqual([])
    await page.close()
  })

  test('a customer who has said nothing since is asked to join', async () => {
    await stage.reset()
    const page = await stage.open()
    const [customer, desk] = [customerOn(page), deskOn(page)]
    await closedByMaria(page)
    await desk.presses('Reopen')
    await desk.mayWrite()
    await desk.says('One thing I forgot: the voucher.')
    await customer.sees('Maria has written to you. Ask for an agent to read it.')
    await customer.presses('Talk to an agent')
    await customer.sees('One thing I forgot: the voucher.')
    await page.close()
  })

  test('the customer reads that a message was removed', async () => {
    await stage.reset()
    const page = await stage.open()
    await talkWithMaria(page)
    await deskOn(page).presses('Delete message')
    await customerOn(page).sees('A message was removed.')
    await storyTells(page, 'A message is deleted.')
    await page.close()
  })
})
