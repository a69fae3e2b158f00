import { describe, expect, test } from 'vitest'
import { number, readSettings } from './settings'
import { DEFAULTS, LANGUAGE_NAMES } from './settings-form'
import { LANGUAGES } from './translate/words'

type Given = Parameters<typeof readSettings>[0]
const read = (given: Record<string, unknown>) => readSettings(given as unknown as Given)

const KEYS = [
  'clientId',
  'organizationId',
  'webhookSecret',
  'agentToken',
  'groupId',
  'whenNobodyIsAvailable',
  'language',
  'reportChatEnd',
  'markAsSeen',
  'queueMessage',
  'editedMessage',
  'botLabel',
  'agentNote',
  'reportDeletions',
  'agentMarkdown',
  'sendName',
  'sendEmail',
  'sendPicture',
  'history',
  'historyMessages',
  'mask',
  'mapLink',
  'handBackCommand',
  'handBackTag',
  'giveUpAfterSeconds',
  'askForPlace',
]
const allAs = (value: unknown) => Object.fromEntries(KEYS.map((key) => [key, value]))

test.each([
  { name: 'absent', given: {} },
  { name: 'undefined', given: allAs(undefined) },
  { name: 'null', given: allAs(null) },
  { name: 'an empty text', given: allAs('') },
  { name: 'a text of spaces', given: allAs(' \n') },
])('a field that is $name was left alone, whatever its type', ({ given }) => {
  expect(read(given)).toEqual({
    clientId: '',
    organizationId: '',
    webhookSecret: '',
    agentToken: '',
    groupId: NaN,
    ...DEFAULTS,
    handBackCommand: '',
    handBackTags: [],
    overrides: {},
  })
})

test.each([
  { groupId: 0, read: 0 },
  { groupId: '0', read: 0 },
  { groupId: ' 7 ', read: 7 },
  { groupId: -1, read: -1 },
  { groupId: 'seven', read: NaN },
  { groupId: true, read: NaN },
  { groupId: [7], read: NaN },
])('group $groupId is read as $read', ({ groupId, read: expected }) => {
  expect(read({ groupId }).groupId).toBe(expected)
})

test('a number that was left alone is none, and not group 0', () => {
  expect(['', null, undefined, ' '].map(number)).toEqual([undefined, undefined, undefined, undefined])
})

test.each([
  { given: false, read: false },
  { given: 'false', read: false },
  { given: 'True', read: true },
  { given: 'constructor', read: DEFAULTS.reportChatEnd },
  { given: 0, read: DEFAULTS.reportChatEnd },
])('the switch $given is read as $read', ({ given, read: expected }) => {
  expect(read({ reportChatEnd: given }).reportChatEnd).toBe(expected)
})

test.each([
  { given: 'refuse', read: 'refuse' },
  { given: ' Refuse ', read: 'refuse' },
  { given: 'something else', read: 'queue' },
])('whenNobodyIsAvailable "$given" is read as $read', ({ given, read: expected }) => {
  expect(read({ whenNobodyIsAvailable: given }).whenNobodyIsAvailable).toBe(expected)
})

describe('the language', () => {
  test.each(Object.entries(LANGUAGE_NAMES))('%s has the name %s', (tag, name) => {
    expect(read({ language: name }).language).toBe(tag)
    expect(read({ language: tag }).language).toBe(tag)
  })

  test('each language that the product has is offered by name', () => {
    expect(Object.keys(LANGUAGE_NAMES)).toEqual([...LANGUAGES])
  })
})

describe("a sentence of the owner's own", () => {
  const sentences = (value: unknown) =>
    read({ queueMessage: value, editedMessage: value, botLabel: value, agentNote: value }).overrides

  test('is taken as it is written', () => {
    const own = ' Place {position} '
    expect(sentences(own)).toEqual({ queue: own, edited: own, botLabel: own, agentNote: own })
  })

  test('is silenced by the word NULL', () => {
    expect(sentences(' NULL ')).toEqual({ queue: '', edited: '', botLabel: '', agentNote: '' })
  })

  test.each(['null', 'Null', 'NULL!'])('"%s" is a sentence', (value) => {
    expect(sentences(value).queue).toBe(value)
  })
})

test.each([
  { given: ' https://maps.acme.test/{latitude},{longitude} ', read: 'https://maps.acme.test/{latitude},{longitude}' },
  { given: 'https://maps.acme.test/', read: '' },
  { given: 'https://maps.acme.test/{latitude}', read: '' },
  { given: 'http://maps.acme.test/{latitude},{longitude}', read: '' },
  { given: 'javascript:{latitude},{longitude}', read: '' },
  { given: 7, read: '' },
])('the map link $given is read as "$read"', ({ given, read: expected }) => {
  expect(read({ mapLink: given }).mapLink).toBe(expected)
})

test('what nobody can mean about privacy withholds', () => {
  expect(read({ sendName: 'maybe', mask: ['passport'] })).toMatchObject({
    sendName: false,
    mask: ['card', 'iban', 'email', 'phone'],
  })
})

test.each([
  { given: 'back to bot', read: ['back to bot'] },
  { given: ' refund , order,, ', read: ['refund', 'order'] },
])('the tags that give a customer back: "$given"', ({ given, read: tags }) => {
  expect(read({ handBackTag: given }).handBackTags).toEqual(tags)
})

test.each([
  { given: 90, read: 90 },
  { given: ' 90 ', read: 90 },
  { given: -1, read: 0 },
  { given: 'soon', read: 0 },
])('a handoff is given up after $given: $read seconds', ({ given, read: seconds }) => {
  expect(read({ giveUpAfterSeconds: given }).giveUpAfterSeconds).toBe(seconds)
})
