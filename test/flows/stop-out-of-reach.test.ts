import { expect, test } from 'vitest'
import { createHandoff, MARIA } from './handoffs'
import { useSandbox } from './sandboxes'
import { callsNamed } from './sent'

const SALES = 9
const sandbox = useSandbox({ token: 'minimal' })

/** Saving the settings closes a chat that does not exist. */
const isOf = (chatId: string, body: unknown) => JSON.stringify(body).includes(chatId)

test.each(['missing_access', 'authorization'] as const)(
  'the bot closes a chat that an agent moved to a group beyond the agent token, which LiveChat refuses as %s',
  async (refusal) => {
    const { livechat, installation } = sandbox()
    livechat.settings.chats.noAccessError = refusal
    livechat.store.groups.set(SALES, { id: SALES, name: 'Sales', languageCode: 'en', tags: [] })
    livechat.agents.add({ id: MARIA, groups: [0, 7, SALES] })
    const { chatId, customer } = await createHandoff(sandbox())
    livechat.agent(MARIA).transfersTo(chatId, { groupId: SALES })
    await sandbox().settled()
    await installation.stopHitl(customer)
    await sandbox().settled()
    const asAgent = callsNamed(sandbox(), 'agent/deactivate_chat').filter(({ requestBody }) =>
      isOf(chatId, requestBody),
    )
    expect(asAgent.map(({ responseBody }) => responseBody)).toMatchObject([{ error: { type: refusal } }])
    expect(callsNamed(sandbox(), 'customer/deactivate_chat').map(({ status }) => status)).toEqual([200])
    expect(livechat.store.chats.get(chatId)?.threads.at(-1)?.active).toBe(false)
  },
)
