import { describe, expect, test } from 'vitest'
import { GERMAN_GROUP, SUPPORT_GROUP } from '../../sandbox/livechat/world/defaults'
import { newCustomer } from './handoffs'
import { chatTexts } from './visible'
import { useSandbox } from './sandboxes'
import { callsNamed } from './sent'

const sandbox = useSandbox()

/** Each test meets an installation that knows no groups yet. */
async function handOver(hitlSession: Record<string, unknown>) {
  await sandbox().integration.forget()
  const { chatId } = await sandbox().handOver({ customer: newCustomer(sandbox()), input: { hitlSession } })
  return {
    groups: sandbox().livechat.store.chats.get(chatId)?.access.group_ids,
    opening: chatTexts(sandbox(), chatId)[0],
  }
}

const WANTED = (name: string) => `[Handed over by the bot]\n[Wanted group: ${name}]`

describe('a bot author wants a group', () => {
  test.each([
    { name: 'by its name', hitlSession: { groupName: 'kundendienst ' }, group: GERMAN_GROUP },
    { name: 'by its language', hitlSession: { groupLanguage: 'de-CH' }, group: GERMAN_GROUP },
    { name: 'by its number first', hitlSession: { groupId: 0, groupName: 'Kundendienst' }, group: 0 },
    {
      name: 'by its name before its language',
      hitlSession: { groupName: 'General', groupLanguage: 'de' },
      group: 0,
    },
  ])('$name', async ({ hitlSession, group }) => {
    const { groups, opening } = await handOver(hitlSession)
    expect(groups).toEqual([group])
    expect(opening).not.toContain('[Wanted group')
  })

  test('which LiveChat is asked for once in ten minutes, and never for a number', async () => {
    await handOver({ groupName: 'Kundendienst' })
    for (const hitlSession of [{ groupLanguage: 'de' }, { groupId: 0, groupName: 'Kundendienst' }, {}])
      await sandbox().handOver({ customer: newCustomer(sandbox()), input: { hitlSession } })
    expect(callsNamed(sandbox(), 'configuration/list_groups')).toHaveLength(1)
  })
})

describe('a group that cannot be had costs no handoff: the group of the settings takes it, and the agent reads why', () => {
  test.each([
    { name: 'of a name that no group has', hitlSession: { groupName: 'Billing' }, wanted: 'Billing' },
    { name: 'of a language that no group speaks', hitlSession: { groupLanguage: 'tlh' }, wanted: 'tlh' },
    {
      name: 'even where nobody available means a refusal',
      hitlSession: { groupName: 'Billing', whenNobodyIsAvailable: 'refuse' },
      wanted: 'Billing',
    },
  ])('$name', async ({ hitlSession, wanted }) => {
    const { groups, opening } = await handOver(hitlSession)
    expect(groups).toEqual([SUPPORT_GROUP])
    expect(opening).toContain(WANTED(wanted))
    expect(sandbox().integration.output()).toContain('No LiveChat group is as hitlSession wants it')
    expect(sandbox().integration.output()).not.toContain(wanted)
  })

  test('of a language whose groups are all offline', async () => {
    sandbox().livechat.store.groups.set(32, { id: 32, name: 'Nobody is in it', languageCode: 'ru', tags: [] })
    const { groups, opening } = await handOver({ groupLanguage: 'ru' })
    expect(groups).toEqual([SUPPORT_GROUP])
    expect(opening).toContain(WANTED('ru'))
  })

  test('of a name that the token may not look up, which is asked once', async () => {
    sandbox().livechat.faults.add({
      operation: 'configuration/list_groups',
      kind: 'answer',
      status: 403,
      body: { error: { type: 'authorization', message: 'missing scope' } },
      times: Infinity,
    })
    expect((await handOver({ groupName: 'Kundendienst' })).opening).toContain(WANTED('Kundendienst'))
    await sandbox().handOver({ customer: newCustomer(sandbox()), input: { hitlSession: { groupName: 'General' } } })
    expect(callsNamed(sandbox(), 'configuration/list_groups')).toHaveLength(1)
  })
})

test('a group that was removed since is refused by the name that brought it, and looked for anew', async () => {
  sandbox().livechat.store.groups.set(31, { id: 31, name: 'Passing', languageCode: 'en', tags: [] })
  await handOver({ groupName: 'Passing' })
  sandbox().livechat.store.groups.delete(31)
  const again = () =>
    sandbox().handOver({ customer: newCustomer(sandbox()), input: { hitlSession: { groupName: 'Passing' } } })
  await expect(again()).rejects.toThrow('no group 31. Correct groupName in hitlSession')
  await again()
})
