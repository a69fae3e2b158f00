import { expect, test } from 'vitest'
import { createActiveHandoff, MARIA } from './handoffs'
import { agentMessages, visibleTo } from './visible'
import { useFreshSandbox } from './sandboxes'

const sandbox = useFreshSandbox()

/** Ids of the users that stand for Maria. */
const usersOfMaria = () =>
  [...sandbox().botpress.store.users.values()]
    .filter(({ object }) => Object.values(object.tags).includes(MARIA))
    .map(({ object }) => object.id)

test.each([{ memory: 'warm' }, { memory: 'cold' }])(
  'the words of an agent whose user was deleted in Botpress arrive under a new one, $memory',
  async ({ memory }) => {
    const talk = await createActiveHandoff(sandbox())
    const { livechat, botpress, integration } = sandbox()
    for (const id of usersOfMaria()) botpress.store.users.delete(id)
    if (memory === 'cold') await integration.forget()
    livechat.agent(MARIA).says(talk.chatId, 'Still here')
    await visibleTo(talk.customer, 'Still here')
    livechat.agent(MARIA).says(talk.chatId, 'And again')
    await visibleTo(talk.customer, 'And again')
    await sandbox().settled()
    expect(agentMessages(talk)).toEqual(['Maria here.', 'Still here', 'And again'])
    expect(usersOfMaria()).toHaveLength(1)
  },
)
