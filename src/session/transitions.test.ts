import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChatId, CustomerId, ThreadId } from '../livechat/types'
import { withTags, type Session } from './session'
import { isSettled, transition, type Fact, type Notice, type Presence } from './transitions'

const MARIA = 'maria@acme.test'
const OMAR = 'omar@acme.test'
const AT = 1_790_000_000_000

const FRESH: Session = {
  conversationId: 'conv_1',
  userId: 'user_1',
  chatId: 'CHAT' as ChatId,
  threadId: 'THREAD' as ThreadId,
  customerId: 'customer' as CustomerId,
  agents: [],
  isActive: false,
  upstream: {},
  hasEarlierWords: false,
  createdAt: AT,
  updatedAt: AT,
}

/** What a session becomes by facts, each decided upon the one before; `notices` in the order in which they are given. */
function after(facts: Fact[], from = FRESH): { session: Session; notices: string[] } {
  let session = from
  const notices: string[] = []
  for (const fact of facts) {
    const step = transition(session, fact, { userId: 'user_2', at: AT })
    notices.push(...step.notices.map(nameOf))
    session = withTags(session, step.tags)
  }
  return { session, notices }
}

const nameOf = (notice: Notice) => ('agentId' in notice ? `${notice.kind} ${notice.agentId}` : notice.kind)

const here = (agentId: string, presence?: Presence): Fact => ({
  kind: 'agentHere',
  agentId,
  replacesOthers: false,
  ...(presence && { presence }),
})
const given = (agentId: string, presence?: Presence, others?: string[]): Fact =>
  ({ ...here(agentId, presence), replacesOthers: true, others }) as Fact
const gone = (agentId: string, presence: Presence): Fact => ({ kind: 'agentGone', agentId, presence })
const spoke = (agentId: string, presence?: Presence): Fact => ({
  kind: 'agentSpoke',
  agentId,
  ...(presence && { presence }),
})
const queued = (position: number, minute: number, more: Partial<Extract<Fact, { kind: 'queued' }>> = {}): Fact => ({
  kind: 'queued',
  queue: { position, waitTimeSeconds: 60, queuedAt: `2026-11-26T10:${String(minute).padStart(2, '0')}:00Z` },
  ...more,
})
const closed: Fact = { kind: 'closed', reason: 'agent' }
const stopped: Fact = { kind: 'stopped' }

describe('who is there', () => {
  test.each<{ name: string; facts: Fact[]; notices: string[] }>([
    {
      name: 'the first agent of all is announced at the word of the webhook',
      facts: [here(MARIA)],
      notices: [`assigned ${MARIA}`],
    },
    { name: 'both webhooks of one pick-up', facts: [here(MARIA), given(MARIA)], notices: [`assigned ${MARIA}`] },
    { name: 'both in the other order', facts: [given(MARIA), here(MARIA)], notices: [`assigned ${MARIA}`] },
    { name: 'first words', facts: [spoke(MARIA)], notices: [`assigned ${MARIA}`] },
    { name: 'first words, then the webhook', facts: [spoke(MARIA), given(MARIA)], notices: [`assigned ${MARIA}`] },
    {
      name: 'a second agent whom LiveChat shows',
      facts: [here(MARIA), here(OMAR, 'here')],
      notices: [`assigned ${MARIA}`, `assigned ${OMAR}`],
    },
    {
      name: 'a webhook that somebody else has overtaken',
      facts: [here(OMAR), here(MARIA, 'gone')],
      notices: [`assigned ${OMAR}`],
    },
    {
      name: 'a second agent while LiveChat does not answer',
      facts: [here(MARIA), given(OMAR, 'unknown')],
      notices: [`assigned ${MARIA}`, `assigned ${OMAR}`],
    },
    {
      name: 'from one to another and back',
      facts: [here(MARIA), given(OMAR, 'here'), given(MARIA, 'here')],
      notices: [`assigned ${MARIA}`, `assigned ${OMAR}`, `assigned ${MARIA}`],
    },
    {
      name: 'left and back',
      facts: [here(MARIA), gone(MARIA, 'gone'), here(MARIA, 'here')],
      notices: [`assigned ${MARIA}`, `assigned ${MARIA}`],
    },
    {
      name: 'left, and the arrival is delivered again',
      facts: [here(MARIA), gone(MARIA, 'gone'), here(MARIA, 'gone')],
      notices: [`assigned ${MARIA}`],
    },
    {
      name: 'a departure that comes after the return',
      facts: [here(MARIA), gone(MARIA, 'here'), here(MARIA)],
      notices: [`assigned ${MARIA}`],
    },
    {
      name: 'late words of one who left',
      facts: [here(MARIA), gone(MARIA, 'gone'), spoke(MARIA, 'gone')],
      notices: [`assigned ${MARIA}`],
    },
    {
      name: 'words of one who came back unheard',
      facts: [here(MARIA), gone(MARIA, 'gone'), spoke(MARIA, 'here')],
      notices: [`assigned ${MARIA}`, `assigned ${MARIA}`],
    },
    {
      name: 'a late transfer to one of two who are there, and words of the other',
      facts: [here(MARIA), here(OMAR, 'here'), given(OMAR, 'here', [MARIA, OMAR]), spoke(MARIA, 'here')],
      notices: [`assigned ${MARIA}`, `assigned ${OMAR}`],
    },
    {
      name: 'a late transfer to somebody new beside one who is still there, and words of that one',
      facts: [here(MARIA), given(OMAR, 'here', [MARIA, OMAR]), spoke(MARIA, 'here')],
      notices: [`assigned ${MARIA}`, `assigned ${OMAR}`],
    },
    { name: 'a departure of somebody unknown', facts: [gone(MARIA, 'gone')], notices: [] },
  ])('$name: $notices', ({ facts, notices }) => {
    expect(after(facts).notices).toEqual(notices)
  })

  test.each<{ name: string; before: Fact[]; fact: Fact }>([
    { name: 'a second agent', before: [here(MARIA)], fact: here(OMAR) },
    { name: 'somebody who left', before: [here(MARIA), gone(MARIA, 'gone')], fact: here(MARIA) },
    { name: 'a departure', before: [here(MARIA)], fact: { kind: 'agentGone', agentId: MARIA } },
    { name: 'a transfer while others are there', before: [here(MARIA), here(OMAR, 'here')], fact: given(MARIA) },
    { name: 'a place in the queue after an assignment', before: [here(MARIA)], fact: queued(1, 5) },
  ])('LiveChat is asked about $name', ({ before, fact }) => {
    expect(transition(after(before).session, fact)).toEqual({ tags: {}, notices: [], ask: 'get_chat' })
  })

  test('the first assignment is timed, later ones are not', () => {
    const { session } = after([here(MARIA), given(OMAR, 'here')])
    expect(session.assignedAt).toBe(new Date(AT).toISOString())
    expect(session.agents.map(({ agentId, hasLeft }) => [agentId, hasLeft])).toEqual([
      [MARIA, true],
      [OMAR, false],
    ])
  })
})

describe('the queue', () => {
  test.each<{ name: string; facts: Fact[]; notices: string[] }>([
    { name: 'the bot hears of a place once', facts: [queued(2, 1), queued(2, 1)], notices: ['queueChanged'] },
    { name: 'each new place', facts: [queued(2, 1), queued(1, 2)], notices: ['queueChanged', 'queueChanged'] },
    { name: 'no older place', facts: [queued(1, 2), queued(2, 1)], notices: ['queueChanged'] },
    {
      name: 'the place at the start is old when another was reported',
      facts: [queued(2, 1), queued(3, 1, { isFirst: true })],
      notices: ['queueChanged'],
    },
    {
      name: 'the place at the start is old when somebody has come',
      facts: [here(MARIA), queued(3, 1, { isFirst: true })],
      notices: [`assigned ${MARIA}`],
    },
    {
      name: 'who waits again reads so',
      facts: [here(MARIA), queued(1, 5, { stillWaits: true })],
      notices: [`assigned ${MARIA}`, 'queueSentence'],
    },
    {
      name: 'a place that an agent has overtaken is not',
      facts: [here(MARIA), queued(1, 5, { stillWaits: false })],
      notices: [`assigned ${MARIA}`],
    },
    {
      name: 'who picks up after the queue is announced',
      facts: [here(MARIA), queued(1, 5, { stillWaits: true }), here(MARIA, 'here')],
      notices: [`assigned ${MARIA}`, 'queueSentence', `assigned ${MARIA}`],
    },
  ])('$name: $notices', ({ facts, notices }) => {
    expect(after(facts).notices).toEqual(notices)
  })
})

describe('the end', () => {
  const again: Fact[] = [
    closed,
    stopped,
    here(MARIA),
    given(OMAR, 'here'),
    spoke(OMAR),
    queued(1, 1),
    { kind: 'pluginActive' },
  ]

  test.each<{ name: string; fact: Fact; ended: string; notices: string[] }>([
    { name: 'LiveChat closed it', fact: closed, ended: 'agent', notices: ['stopped', 'chatEnded'] },
    { name: 'the bot stopped it', fact: stopped, ended: 'us', notices: [] },
    {
      name: 'a newer one of another window',
      fact: { kind: 'replaced', isSameConversation: false },
      ended: 'newer',
      notices: ['stopped'],
    },
    {
      name: 'a newer one of the same conversation',
      fact: { kind: 'replaced', isSameConversation: true },
      ended: 'newer',
      notices: [],
    },
  ])('$name: nothing that comes later changes anything', ({ fact, ended, notices }) => {
    const over = after([fact])
    expect([over.session.ended, over.notices]).toEqual([ended, notices])
    for (const later of again) expect(isSettled(transition(over.session, later))).toBe(true)
  })
})

/** What happens at the desk. Each turn of events is reported by webhooks that may come late, twice and in any order. */
type Happening = { agentId: string; comes: boolean }
const happening = fc.record({ agentId: fc.constantFrom(MARIA, OMAR), comes: fc.boolean() })

/** Webhooks of what happened, each with the moment of its delivery; LiveChat answers as things stand then. */
function play(happenings: Happening[], deliveries: { of: number; afterMost: number }[]) {
  let session = FRESH
  const announced: string[] = []
  let now = 0
  for (const { of, afterMost } of deliveries) {
    const index = of % happenings.length
    const told = happenings[index]
    if (!told) continue
    now = Math.max(now, index, afterMost % happenings.length)
    const isHere = presenceAfter(happenings, now)
    const presence: Presence = isHere(told.agentId) ? 'here' : 'gone'
    const fact: Fact = told.comes ? here(told.agentId) : { kind: 'agentGone', agentId: told.agentId }
    const first = transition(session, fact, { userId: told.agentId, at: AT })
    const step = first.ask
      ? transition(session, { ...fact, presence } as Fact, { userId: told.agentId, at: AT })
      : first
    announced.push(...step.notices.flatMap((notice) => (notice.kind === 'assigned' ? [notice.agentId] : [])))
    session = withTags(session, step.tags)
  }
  return { session, announced }
}

const presenceAfter = (happenings: Happening[], last: number) => (agentId: string) =>
  happenings.slice(0, last + 1).findLast((each) => each.agentId === agentId)?.comes === true

test('in any order and repetition nobody is announced more often than they came', () => {
  const delivery = fc.record({ of: fc.nat(20), afterMost: fc.nat(20) })
  fc.assert(
    fc.property(
      fc.array(happening, { minLength: 1, maxLength: 6 }),
      fc.array(delivery, { maxLength: 12 }),
      (all, some) => {
        const { announced } = play(all, some)
        for (const agentId of [MARIA, OMAR]) {
          const arrivals = all.filter((each) => each.agentId === agentId && each.comes).length
          expect(announced.filter((id) => id === agentId).length).toBeLessThanOrEqual(arrivals)
        }
      },
    ),
  )
})

test('once all is delivered late, another delivery of all of it changes nothing', () => {
  fc.assert(
    fc.property(fc.array(happening, { minLength: 1, maxLength: 6 }), (all) => {
      const late = all.map((_, of) => ({ of, afterMost: all.length - 1 }))
      const once = play(all, [...late, ...late])
      const twice = play(all, [...late, ...late, ...late, ...late])
      expect(twice.announced).toEqual(once.announced)
    }),
  )
})
