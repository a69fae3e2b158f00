import { isApiError, RuntimeError } from '@botpress/client'
import { describe, expect, test } from 'vitest'
import { SENTENCES } from './problems.testing'
import { isRefusal, quoted, Refusal, refusal, sentenceOf } from './problems'

test('the words that a flow may branch on stay', () => {
  const words = new Set(SENTENCES.map(({ text }) => text.slice(0, text.indexOf(':'))))
  expect([...words].sort()).toEqual([
    'Agent token is missing',
    'Agent token is not readable',
    'Agent token is refused by LiveChat',
    'Agent token may not close chats',
    'Agent token may not read chats',
    'Already in a handoff',
    'Availability unknown',
    'Botpress did not answer',
    'Client ID belongs to another organization',
    'Client ID could not be checked',
    'Client ID is missing',
    'Client ID is unknown to LiveChat',
    'Customer is banned',
    'Customer is in a handoff',
    'Group ID could not be checked',
    'Group ID is not valid',
    'Group has no agents',
    'Group not found',
    'Handoff is starting already',
    'Handoff not read',
    'Handoff undone',
    'Invalid hitlSession',
    'Invalid score',
    'LiveChat did not answer',
    'LiveChat license problem',
    'LiveChat refused the app',
    'LiveChat refused the chat',
    'LiveChat refused the request',
    'Message maybe not delivered',
    'Message not delivered',
    'Nobody is available',
    'Not everything was deleted',
    'Organization ID could not be checked',
    'Organization ID is missing',
    'Organization ID is not that of the agent token',
    'Organization ID is wrong',
    'Rating not written',
    'Redirect URI is refused',
    'Setup not checked',
    'Setup not saved',
    'Unknown chat',
    'Unknown customer',
    'Unknown handoff',
    'Unknown user',
    'User not made',
    'Webhook limit reached',
    'Webhook secret is missing',
    'Webhook secret is too long',
    'Webhook secret is too short',
    'Webhooks not registered',
  ])
})

test.each(SENTENCES)('$name is on one line and ends with a full stop', ({ text }) => {
  expect(text).toMatch(/^[^\n]+\.$/)
})

describe('a sentence about a setting names it by title and key', () => {
  test.each([
    { sentence: sentenceOf('groupMissing', 99, 'settings'), named: '"Group ID" (groupId)', value: '99' },
    { sentence: sentenceOf('groupIdInvalid', -1, 'settings'), named: '"Group ID" (groupId)', value: '-1' },
    { sentence: sentenceOf('notAllowed', 7), named: '"Group ID" (groupId)', value: '7' },
    { sentence: sentenceOf('nobodyAvailable'), named: '(whenNobodyIsAvailable)', value: 'queue' },
    { sentence: sentenceOf('groupMissing', 99, 'groupId'), named: 'groupId in hitlSession', value: '99' },
    { sentence: sentenceOf('groupMissing', 98, 'groupName'), named: 'groupName in hitlSession', value: '98' },
    { sentence: sentenceOf('badGroupId', 'seven'), named: 'groupId', value: '"seven"' },
  ])('$sentence', ({ sentence, named, value }) => {
    expect(sentence).toContain(named)
    expect(sentence).toContain(value)
  })
})

test.each([
  { given: 7, says: '7' },
  { given: 'feed', says: '"feed"' },
  { given: 'maria@acme.test', says: '"maria@acme.test"' },
  { given: 'dal:token', says: 'what was given' },
  { given: 'two words', says: 'what was given' },
  { given: 'a'.repeat(65), says: 'what was given' },
  { given: '', says: 'what was given' },
  { given: { name: 'Ada' }, says: 'what was given' },
  { given: undefined, says: 'what was given' },
])('$given is repeated as $says', ({ given, says }) => {
  expect(quoted(given)).toBe(says)
})

describe('a refusal', () => {
  const error = refusal('groupMissing', 99, 'settings')

  test("is one of Botpress' runtime errors, whose sentence the platform shows", () => {
    expect(error).toBeInstanceOf(RuntimeError)
    expect(isApiError(error) && error.toJSON()).toMatchObject({ code: 400, type: 'Runtime', message: error.message })
  })

  test('is known by its problem, and not by its words', () => {
    expect(error).toMatchObject({ problem: 'groupMissing' })
    expect(isRefusal(error)).toBe(true)
    expect(isRefusal(new RuntimeError(error.message))).toBe(false)
    expect(isRefusal(new Refusal('groupMissing', 'other words'))).toBe(true)
  })

  test('of several settings counts them, and of one is its sentence alone', () => {
    expect(refusal('settingsNeedAttention', ['One.']).message).toBe('One.')
    const several = refusal('settingsNeedAttention', ['One.', 'Two.'])
    expect(several.message).toBe('2 settings need attention:\n1. One.\n2. Two.')
  })
})
