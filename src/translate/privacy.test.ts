import { expect, test } from 'vitest'
import { DEFAULTS } from '../settings-form'
import { maxHistory, permittedName, permittedProfile, privacyOf, readPrivacy, type Privacy } from './privacy'

const { sendName, sendEmail, sendPicture, history, historyMessages, mask } = DEFAULTS
const usual: Privacy = { sendName, sendEmail, sendPicture, history, historyMessages, mask }

test.each<{ given: Record<string, unknown>; read: Partial<Privacy> }>([
  { given: {}, read: {} },
  {
    given: { sendName: false, sendEmail: 'False', sendPicture: ' true ' },
    read: { sendName: false, sendEmail: false, sendPicture: true },
  },
  {
    given: { sendName: '', sendEmail: null, sendPicture: 'undefined', history: ' ', historyMessages: '', mask: '' },
    read: {},
  },
  { given: { history: 'none' }, read: { history: 'none' } },
  {
    given: { history: ' LastMessages ', historyMessages: ' 3 ' },
    read: { history: 'lastMessages', historyMessages: 3 },
  },
  { given: { historyMessages: 0 }, read: { historyMessages: 0 } },
  { given: { mask: [] }, read: {} },
  { given: { mask: ['', null] }, read: {} },
  { given: { mask: ['email', 'Card', 'email'] }, read: { mask: ['card', 'email'] } },
  { given: { mask: 'iban, phone' }, read: { mask: ['iban', 'phone'] } },
])('$given is read as $read', ({ given, read }) => {
  expect(readPrivacy(given)).toEqual({ privacy: read })
})

test.each<{ given: Record<string, unknown>; wrong: keyof Privacy; strictest: unknown }>([
  { given: { sendName: 'maybe' }, wrong: 'sendName', strictest: false },
  { given: { sendEmail: 0 }, wrong: 'sendEmail', strictest: false },
  { given: { sendPicture: {} }, wrong: 'sendPicture', strictest: false },
  { given: { history: 'some' }, wrong: 'history', strictest: 'none' },
  { given: { historyMessages: -1 }, wrong: 'historyMessages', strictest: 0 },
  { given: { historyMessages: 1.5 }, wrong: 'historyMessages', strictest: 0 },
  { given: { historyMessages: 'ten' }, wrong: 'historyMessages', strictest: 0 },
  { given: { mask: ['card', 'passport'] }, wrong: 'mask', strictest: ['card', 'iban', 'email', 'phone'] },
  { given: { mask: 7 }, wrong: 'mask', strictest: ['card', 'iban', 'email', 'phone'] },
])('of $given nothing can be meant, and the strictest counts', ({ given, wrong, strictest }) => {
  expect(readPrivacy(given)).toEqual({ privacy: { [wrong]: strictest }, wrong })
})

test('a handoff has what it says itself, and else what the settings say', () => {
  expect(privacyOf(usual, {})).toEqual(usual)
  expect(privacyOf({ ...usual, mask: ['iban'] }, { sendName: false })).toEqual({
    ...usual,
    mask: ['iban'],
    sendName: false,
  })
  expect(privacyOf({ ...usual, sendName: false, mask: ['iban'] }, { sendName: true, mask: ['card'] })).toEqual({
    ...usual,
    mask: ['card'],
  })
})

test.each([
  { history: 'all', max: Infinity },
  { history: 'lastMessages', max: 10 },
  { history: 'none', max: 0 },
] as const)('history "$history" shows $max messages', ({ history: rule, max }) => {
  expect(maxHistory({ ...usual, history: rule })).toBe(max)
})

const ada = { name: 'Ada', email: 'ada@acme.test', avatar: 'https://acme.test/ada.png' }

test.each<{ privacy: Partial<Privacy>; shown: object }>([
  { privacy: {}, shown: ada },
  { privacy: { sendName: false }, shown: { email: ada.email, avatar: ada.avatar } },
  { privacy: { sendEmail: false }, shown: { name: 'Ada', avatar: ada.avatar } },
  { privacy: { sendPicture: false }, shown: { name: 'Ada', email: ada.email } },
  { privacy: { sendName: false, sendEmail: false, sendPicture: false }, shown: {} },
])('with $privacy the profile is $shown', ({ privacy, shown }) => {
  expect(permittedProfile(ada, { ...usual, ...privacy })).toEqual(shown)
})

test.each<{ name: string | undefined; privacy: Partial<Privacy>; shown: string | undefined }>([
  { name: 'Ada', privacy: {}, shown: 'Ada' },
  { name: undefined, privacy: {}, shown: undefined },
  { name: 'Ada', privacy: { sendName: false }, shown: undefined },
  { name: 'ada@acme.test', privacy: {}, shown: 'ada@acme.test' },
  { name: 'ada@acme.test', privacy: { sendEmail: false }, shown: undefined },
  { name: 'ada@acme.test', privacy: { mask: ['email'] }, shown: undefined },
  { name: '+49 151 12345678', privacy: { mask: ['phone'] }, shown: undefined },
])('the name $name is shown as $shown with $privacy', ({ name, privacy, shown }) => {
  expect(permittedName(name, { ...usual, ...privacy })).toBe(shown)
})
