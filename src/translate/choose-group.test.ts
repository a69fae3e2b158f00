import { expect, test } from 'vitest'
import { chooseGroup } from './choose-group'

const group = (id: number, name: string, languageCode?: string, routingStatus = 'accepting_chats') => ({
  id,
  name,
  routingStatus,
  ...(languageCode !== undefined && { languageCode }),
})

const GROUPS = [
  group(9, 'Sales', 'en'),
  group(3, ' sales ', 'fr'),
  group(0, 'General', 'en'),
  group(5, 'Lisboa', 'pt-PT'),
  group(6, 'São Paulo', 'pt_BR'),
  group(7, 'Berlin', 'de', 'offline'),
  group(2, 'Warszawa', 'pl', 'not_accepting_chats'),
  group(11, 'Gdańsk', 'pl'),
  group(8, 'Wien', 'de-AT', 'not_accepting_chats'),
  group(4, 'Nobody knows'),
]
const USUAL = 9
const choose = (wanted: { groupName?: string; groupLanguage?: string }) =>
  chooseGroup({ groupName: undefined, groupLanguage: undefined, ...wanted }, GROUPS, USUAL)

test.each([
  { wanted: { groupName: 'General' }, id: 0 },
  { wanted: { groupName: 'GENERAL ' }, id: 0 },
  { wanted: { groupName: 'Sa\u0303o  paulo' }, id: 6 },
  { wanted: { groupName: 'General', groupLanguage: 'fr' }, id: 0 },
])('by its name: $wanted', ({ wanted, id }) => {
  expect(choose(wanted)).toEqual({ id, by: 'groupName', isAmbiguous: false })
})

test('of several with the same name the one with the lowest id', () => {
  expect(choose({ groupName: 'Sales' })).toEqual({ id: 3, by: 'groupName', isAmbiguous: true })
})

test.each([
  { why: 'the group of the settings first', language: 'en', id: USUAL },
  { why: 'another country', language: 'fr-CA', id: 3 },
  { why: 'exactly this language first', language: 'pt-BR', id: 6 },
  { why: 'exactly this language, in other letters', language: 'PT_pt', id: 5 },
  { why: 'the lowest id of a language', language: 'pt', id: 5 },
  { why: 'a group that accepts chats first', language: 'pl', id: 11 },
  { why: 'a group that is offline is passed over', language: 'de', id: 8 },
])('by its language, $why: $language', ({ language, id }) => {
  expect(choose({ groupLanguage: language })).toEqual({ id, by: 'groupLanguage', isAmbiguous: false })
})

test('a name that no group has leaves the language', () => {
  expect(choose({ groupName: 'Billing', groupLanguage: 'fr' })).toMatchObject({ id: 3, by: 'groupLanguage' })
})

test.each([{}, { groupName: 'Billing' }, { groupName: '' }, { groupLanguage: 'tlh' }, { groupLanguage: '-' }])(
  'none for %j',
  (wanted) => {
    expect(choose(wanted)).toBeUndefined()
  },
)

test('a status that LiveChat did not give keeps no group out', () => {
  const groups = [{ id: 1, languageCode: 'fr' }]
  expect(chooseGroup({ groupName: undefined, groupLanguage: 'fr' }, groups, 7)?.id).toBe(1)
})
