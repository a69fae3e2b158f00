import { expect, test } from 'vitest'
import { onEachHost } from './hosts'
import { createHandoff, MARIA } from './handoffs'
import { timesVisible, visibleTo, chatTexts } from './visible'
import { useSandbox } from './sandboxes'

onEachHost((host) => {
  const sandbox = useSandbox(host)

  test('what each says reaches the other once', async () => {
    const { chatId, customer } = await createHandoff(sandbox())
    sandbox().livechat.agent(MARIA).says(chatId, 'Maria here.')
    await visibleTo(customer, 'Maria here.')
    await customer.says('Ada here.')
    await sandbox().settled()
    expect(timesVisible(customer, 'Maria here.')).toBe(1)
    expect(chatTexts(sandbox(), chatId).filter((text) => text === 'Ada here.')).toHaveLength(1)
  })
})
