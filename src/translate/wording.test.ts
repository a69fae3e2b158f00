import { expect, test } from 'vitest'
import { fitsIntoTag, readWording, sessionWords, wordingTag } from './wording'

const settings = {
  language: 'en' as const,
  overrides: { queue: 'Please wait', agentNote: 'With Acme Bot', botLabel: '[Acme] {text}' },
}
const said = (handoff: Parameters<typeof sessionWords>[1]) => {
  const { toAgent, toCustomer } = sessionWords(settings, handoff)
  return {
    queue: toCustomer.say('queue'),
    cannotShow: toCustomer.say('cannotShow'),
    botLabel: toAgent.say('botLabel', { text: 'Hi' }),
    opening: toAgent.say('openingEmpty').split('\n')[0],
    note: toAgent.say('agentNote'),
  }
}

test('a handoff without words of its own says what the settings say', () => {
  expect(said({})).toEqual({
    queue: 'Please wait',
    cannotShow: 'The agent sent something that cannot be shown here.',
    botLabel: '[Acme] Hi',
    opening: '[Handed over by the bot]',
    note: 'With Acme Bot',
  })
})

test('a customer of another language reads the sentences of that language, and the agent the usual ones', () => {
  const french = said({ language: 'fr' })
  expect(french.queue).toContain('file d’attente')
  expect(french.cannotShow).toContain('peut')
  expect(french).toMatchObject({
    botLabel: '[Acme] Hi',
    opening: '[Handed over by the bot]',
    note: 'With Acme Bot',
  })
})

test('what the owner silenced is silent in each language, until a handoff says otherwise', () => {
  const silent = { ...settings, overrides: { queue: '' } }
  expect(sessionWords(silent, { language: 'fr' }).toCustomer.say('queue')).toBeUndefined()
  const loud = sessionWords(silent, { language: 'fr', overrides: { queue: 'Attendez' } })
  expect(loud.toCustomer.say('queue')).toBe('Attendez')
})

test('a handoff says its own sentences, whatever the settings say', () => {
  const own = said({ overrides: { queue: 'One moment', botLabel: '[Zara] {text}', agentNote: '' } })
  expect(own).toMatchObject({ queue: 'One moment', botLabel: '[Zara] Hi', note: undefined })
})

test.each([
  {},
  { language: 'pt-PT' as const },
  { overrides: { queue: '', edited: 'Now: "{text}"\n🙂' } },
  { language: 'fr' as const, overrides: { botLabel: 'x' } },
  { sendName: false, mask: ['card' as const, 'iban' as const] },
  { sendName: true },
])('the tag keeps %j', (wording) => {
  expect(readWording(wordingTag(wording))).toEqual({ overrides: {}, ...wording })
})

test.each(['', '{', 'null', '7', '"x"', '[]', '{"language":"tlh"}', '{"language":7,"queue":7}'])(
  'a tag "%s" that nobody of ours wrote means the words of the settings',
  (tag) => {
    expect(readWording(tag)).toEqual({ overrides: {} })
  },
)

test('the tag has room for 500 characters', () => {
  const ofLength = (length: number) => ({ overrides: { queue: 'x'.repeat(length - '{"queue":""}'.length) } })
  expect(wordingTag(ofLength(500))).toHaveLength(500)
  expect(fitsIntoTag(ofLength(500))).toBe(true)
  expect(fitsIntoTag(ofLength(501))).toBe(false)
})
