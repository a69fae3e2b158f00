import { expect, test } from 'vitest'
import { onEachHost } from './hosts'
import { inTouch, MARIA } from './people'
import { times, toSee, wordsIn } from './seen'
import { stage } from './session-stage'

onEachHost((host) => {
  const sandbox = stage(host)

  test('what each says reaches the other once', async () => {
    const { chatId, customer } = await inTouch(sandbox())
    sandbox().livechat.agent(MARIA).says(chatId, 'Maria here.')
    await toSee(customer, 'Maria here.')
    await customer.says('Ada here.')
    await sandbox().settled()
    expect(times(customer, 'Maria here.')).toBe(1)
    expect(wordsIn(sandbox(), chatId).filter((text) => text === 'Ada here.')).toHaveLength(1)
  })
})
