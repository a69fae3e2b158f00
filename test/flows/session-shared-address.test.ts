import { expect, test } from 'vitest'
import { inTouch, somebody } from './people'
import { stage } from './session-stage'
import { calls } from './told'

const sandbox = stage()

test('nothing of a second person with the same e-mail address shows in the chat of the first', async () => {
  const email = 'family@customer.test'
  const first = await inTouch(sandbox(), somebody(sandbox(), { name: 'Ada' }), { userEmail: email })
  const { customerId = '' } = sandbox().livechat.store.chats.get(first.chatId) ?? {}
  const before = calls(sandbox(), 'customer/update_customer').length
  const second = sandbox().handOver({
    customer: somebody(sandbox(), { name: 'Grace' }),
    input: { title: 'Mine', userEmail: email, hitlSession: { sessionFields: { secret: 'of Grace' } } },
  })
  await expect(second).rejects.toThrow(/Already in a handoff/)
  expect(calls(sandbox(), 'customer/update_customer')).toHaveLength(before)
  expect(sandbox().livechat.store.customers.get(customerId)?.name).toBe('Ada')
})
