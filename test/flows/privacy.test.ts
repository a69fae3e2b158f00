import { describe, expect, test } from 'vitest'
import { chatOf, type SandboxOptions } from '../../sandbox/sandbox'
import { createActiveHandoff, createHandoff, MARIA, newCustomer } from './handoffs'
import { BOT_IS_BACK, chatEvents, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'

const CARD = '4111 1111 1111 1111'
const SECRETS = [CARD, 'ada@customer.test', 'DE89 3704 0044 0532 0130 00', '+49 151 12345678']
const all = ['card', 'iban', 'email', 'phone']

/** Everything that LiveChat was sent since the wire was cleared, as text. */
const sentTo = (sandbox: ReturnType<ReturnType<typeof useSandbox>>) =>
  JSON.stringify(sandbox.livechat.wire.exchanges.map(({ requestBody }) => requestBody))

const withSettings = (configuration: SandboxOptions['configuration']) => useSandbox({ configuration })

describe('settings that hold everything back', () => {
  const sandbox = withSettings({
    sendName: false,
    sendEmail: false,
    sendPicture: false,
    history: 'none',
    mask: all,
  })

  test('nothing of a customer reaches LiveChat but the newest words, masked', async () => {
    const ada = sandbox().installation.customer({ name: 'Ada Lovelace', pictureUrl: 'https://acme.test/ada.png' })
    await ada.says('My cat is called Miou')
    await ada.says(`Pay with ${SECRETS.join(', ')}`)
    const { chatId, threadId } = await sandbox().handOver({
      customer: ada,
      input: {
        userEmail: 'ada@customer.test',
        title: `Card ${CARD}`,
        hitlSession: { sessionFields: { Card: CARD, [SECRETS[2] ?? '']: 'x' }, tags: ['ada@customer.test'] },
      },
    })
    await sandbox().installation.callAction('rateChat', { chatId, threadId, score: 'bad', comment: SECRETS.join(' ') })
    const sent = sentTo(sandbox())
    for (const secret of [...SECRETS, 'Ada', 'Lovelace', 'ada.png']) expect(sent).not.toContain(secret)
    expect(chatTexts(sandbox(), chatId)[0]).toContain('Card •••• 1111')
    expect(chatTexts(sandbox(), chatId).join('\n')).toContain('Pay with •••• 1111, •••@•••, •••• 3000, +••• 78')
    const customer = sandbox().livechat.store.customers.get(
      sandbox().livechat.store.chats.get(chatId)?.customerId ?? '',
    )
    expect(customer).toMatchObject({ sessionFields: [{ Card: '•••• 1111' }, { '•••• 3000': 'x' }] })
  })

  test('words, captions and names of files are masked in the talk; what agents say is not', async () => {
    const { chatId, customer } = await createActiveHandoff(sandbox())
    await customer.says(`My number is ${CARD}`)
    const bytes = new TextEncoder().encode('x')
    const fileUrl = sandbox().media.put({ name: 'ada@customer.test.pdf', contentType: 'application/pdf', bytes })
    await customer.sends({ type: 'file', payload: { fileUrl, title: `Of ${CARD}` } })
    await sandbox().settled()
    expect(chatTexts(sandbox(), chatId)).toContain('My number is •••• 1111')
    const file = chatEvents(sandbox(), chatId).findLast(({ type }) => type === 'file')
    expect(file?.name).toMatch(/^Of •••• 1111/)
    sandbox().livechat.agent(MARIA).says(chatId, `Call me: +49 30 1234567`)
    await visibleTo(customer, 'Call me: +49 30 1234567')
  })
})

describe('what one handoff holds back', () => {
  const sandbox = useSandbox()

  test('its words are masked until it ends, in any process', async () => {
    const { chatId, customer } = await createHandoff(sandbox(), newCustomer(sandbox()), {
      hitlSession: { mask: ['card'] },
    })
    await sandbox().restartIntegration()
    await customer.says(`${CARD}, ada@customer.test`)
    await sandbox().settled()
    expect(chatTexts(sandbox(), chatId).at(-1)).toBe('•••• 1111, ada@customer.test')
    sandbox().livechat.agent(MARIA).closes(chatId)
    await visibleTo(customer, BOT_IS_BACK)
    await customer.says('Once more')
    const again = await sandbox().handOver({ customer })
    await customer.says(CARD)
    await sandbox().settled()
    expect(chatTexts(sandbox(), again.chatId).at(-1)).toBe(CARD)
  })

  test('a value that cannot be meant stops it before anything is sent', async () => {
    sandbox().botpress.settings.payloadChecks = 'off' // the wire is looser than the schema
    const starting = createHandoff(sandbox(), newCustomer(sandbox()), { hitlSession: { mask: ['passport'] } })
    await expect(starting).rejects.toThrow(/mask must be a list/)
    expect(sandbox().livechat.store.chats.size).toBeGreaterThan(0)
  })
})

describe('of the history', () => {
  const sandbox = useSandbox({ webhooks: false })

  test.each([
    { hitlSession: { history: 'none' }, transcript: [], files: 0 },
    {
      hitlSession: { history: 'lastMessages', historyMessages: 2 },
      transcript: ['Bot: Shall I ask a human?'],
      files: 0,
    },
    {
      hitlSession: { history: 'lastMessages', historyMessages: 3 },
      transcript: ['Customer: 1.png', '\u2003A cup', 'Bot: Shall'],
      files: 1,
    },
    { hitlSession: {}, transcript: ['Bot: Hello', 'Customer: My cup', 'Bot: Shall'], files: 1 },
  ])(
    'of the history what $hitlSession lets through, and the newest words',
    async ({ hitlSession, transcript, files }) => {
      const userId = String((await sandbox().installation.callAction('createUser', { name: 'Ada' })).userId)
      const [bot, ada] = [{ type: 'bot' }, { type: 'user', userId }]
      const text = (source: object, words: string) => ({ source, type: 'text', payload: { text: words } })
      const imageUrl = sandbox().media.put({
        name: '1.png',
        contentType: 'image/png',
        bytes: new TextEncoder().encode('1'),
      })
      const messageHistory = [
        text(bot, 'Hello'),
        text(ada, 'My cup is broken'),
        { source: ada, type: 'image', payload: { imageUrl, caption: 'A cup' } },
        text(bot, 'Shall I ask a human?'),
        text(ada, 'Yes'),
      ]
      const input = { userId, messageHistory, hitlSession }
      const { conversationId } = await sandbox().installation.callAction('startHitl', input)
      const { chatId } = chatOf(sandbox().botpress, String(conversationId))
      const words = chatTexts(sandbox(), chatId)
      expect(words.at(-1)).toBe('Yes')
      const lines =
        words
          .find((each) => each.startsWith('[Conversation'))
          ?.split('\n')
          .slice(1) ?? []
      for (const start of transcript) expect(lines.join('\n')).toContain(start)
      expect(lines[0] ?? '').toMatch(new RegExp(`^${transcript[0] ?? '$'}`))
      expect(chatEvents(sandbox(), chatId).filter(({ type }) => type === 'file')).toHaveLength(files)
    },
  )
})
