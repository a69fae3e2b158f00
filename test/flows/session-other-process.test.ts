import { expect, test } from 'vitest'
import { inTouch, MARIA } from './people'
import { toSee } from './seen'
import { stage } from './session-stage'
import { announced, callsSince } from './told'

const sandbox = stage({ processes: 2 })

/** From now on the calls of Botpress and LiveChat go to this process alone. */
function servedBy(which: 0 | 1): void {
  sandbox().installation.moveTo([String(sandbox().urls[which])])
}

test('words of an agent whom another process has announced take no lease', async () => {
  const { chatId, conversationId, customer } = await inTouch(sandbox())
  for (const which of [0, 1] as const) {
    servedBy(which) // each has seen the handoff before anybody was there
    await customer.says('Still waiting')
    await sandbox().settled()
  }
  servedBy(0)
  sandbox().livechat.agent(MARIA).joins(chatId)
  await sandbox().settled()
  servedBy(1)
  const before = performance.now()
  sandbox().livechat.agent(MARIA).says(chatId, 'Hello Ada')
  await toSee(customer, 'Hello Ada')
  await sandbox().settled()
  expect(callsSince(sandbox(), before).map(({ operation }) => operation)).toEqual([
    'getConversation',
    'getOrCreateMessage',
  ])
  expect(announced(sandbox(), conversationId)).toEqual(['Maria'])
})
