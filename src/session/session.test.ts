import { expect, test } from 'vitest'
import { openChoiceTag, readSession, testedTag, upstreamTag, withTags, type Session } from './session'

const IDS = { chatId: 'CHAT', threadId: 'THREAD', customerId: 'customer', userId: 'user_1' }
const TIMES = { createdAt: '2026-11-25T10:00:00.000Z', updatedAt: '2026-11-25T10:05:00.000Z' }

function read(tags: Record<string, string> = {}): Session {
  const session = readSession({ id: 'conv_1', ...TIMES, tags: { ...IDS, ...tags } })
  if (!session) throw new Error('these are tags of no handoff')
  return session
}

test.each(Object.keys(IDS))('a conversation without the tag %s is no handoff', (name) => {
  const conversation = { id: 'conv_1', ...TIMES, tags: { ...IDS, [name]: '' } }
  expect(readSession(conversation)).toBeUndefined()
})

test('a handoff that has just begun is neither active nor over, and nobody was announced', () => {
  expect(read()).toMatchObject({ isActive: false, agents: [], ended: undefined, openChoice: undefined, upstream: {} })
  expect(read().createdAt).toBe(Date.parse(TIMES.createdAt))
})

test.each<{ name: string; tags: Record<string, string>; ended: string | undefined }>([
  { name: 'no end', tags: {}, ended: undefined },
  { name: 'an empty end, as of a removed tag', tags: { ended: '' }, ended: undefined },
  { name: 'an end by an agent', tags: { ended: 'agent' }, ended: 'agent' },
  { name: 'an end by the bot', tags: { ended: 'us' }, ended: 'us' },
  { name: 'a reason that a later version writes', tags: { ended: 'archived' }, ended: 'other' },
  { name: 'an end by the bot in version 1.0.0', tags: { endedByUs: 'true' }, ended: 'us' },
  { name: 'an end by a newer handoff in version 1.0.0', tags: { endedByUs: 'superseded' }, ended: 'newer' },
])('$name is read as $ended', ({ tags, ended }) => {
  expect(read(tags).ended).toBe(ended)
})

test.each([
  { name: 'an active plugin', tag: 'true', isActive: true, testedAt: undefined },
  { name: 'a plugin that is not known to listen', tag: '', isActive: false, testedAt: undefined },
  { name: 'a test write', tag: testedTag(1_795_000_000_000), isActive: false, testedAt: 1_795_000_000_000 },
])('$name is read from the tag "$tag"', ({ tag, isActive, testedAt }) => {
  const session = read({ active: tag })
  expect([session.isActive, session.testedAt]).toEqual([isActive, testedAt])
})

test.each([
  { name: 'a choice', choice: { eventId: 'T_4', labelsOnly: false }, tag: 'T_4' },
  { name: 'a choice that only whole labels answer', choice: { eventId: 'T_4', labelsOnly: true }, tag: 'T_4 labels' },
  { name: 'no choice', choice: undefined, tag: '' },
])('$name is written as "$tag" and read back', ({ choice, tag }) => {
  expect(openChoiceTag(choice)).toBe(tag)
  expect(read({ openChoice: tag }).openChoice).toEqual(choice)
})

test.each([
  { upstream: { conversationId: 'conv_2', userId: 'user_2' }, tag: 'conv_2 user_2' },
  { upstream: { conversationId: 'conv_2' }, tag: 'conv_2 -' },
  { upstream: { userId: 'user_2' }, tag: '- user_2' },
  { upstream: {}, tag: '' },
])('the upstream ids $upstream are written as "$tag" and read back', ({ upstream, tag }) => {
  expect(upstreamTag(upstream)).toBe(tag)
  expect(read({ upstream: tag }).upstream).toEqual(upstream)
})

const FULL = read({
  agentId: 'maria@acme.test',
  agentsSeen: 'maria@acme.test,user_9,mwx0ao9p',
  assignedAt: '2026-11-25T10:01:00.000Z',
  active: 'true',
  queue: '2 60',
  openChoice: 'T_4 labels',
  upstream: 'conv_2 user_2',
})

test.each([
  { name: 'the end', tags: { ended: 'customer' }, change: { ended: 'customer' } },
  { name: 'a closed choice', tags: { openChoice: '' }, change: { openChoice: undefined } },
  { name: 'another place in the queue', tags: { queue: '1 30' }, change: { queue: '1 30' } },
])('$name changes nothing else', ({ tags, change }) => {
  expect(withTags(FULL, tags)).toEqual({ ...FULL, ...change })
})

test('a test write is kept while other tags change, and an active plugin replaces it', () => {
  const tested = read({ active: testedTag(5) })
  expect(withTags(tested, { queue: '1 30' })).toEqual({ ...tested, queue: '1 30' })
  expect(withTags(tested, { active: 'true' })).toEqual(read({ active: 'true' }))
})
