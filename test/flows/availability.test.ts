import { describe, expect, test } from 'vitest'
import { defaults } from '../../sandbox/livechat'
import { sentenceOf } from '../../src/problems'
import { useSetupSandbox, tokenWith, type SetupSandbox } from './setup-sandbox'

const stage = useSetupSandbox()

const ask = ({ newBot }: SetupSandbox, input: Record<string, unknown> = {}) =>
  newBot().callAction('checkAvailability', input)

const people = ({ sandbox }: SetupSandbox) => [defaults.MARIA, defaults.OMAR].map((id) => sandbox.livechat.agent(id))

/** Everybody has as many chats as they can take. */
function allBusy({ sandbox: { livechat } }: SetupSandbox): void {
  for (const agent of livechat.store.agents.values()) agent.maxChats = 0
}

test('people who accept chats are counted, and nobody would wait', async () => {
  expect(await ask(stage())).toEqual({ groupId: 7, status: 'online', wouldQueue: false, agentsAccepting: 2 })
})

test('busy people mean waiting', async () => {
  allBusy(stage())
  expect(await ask(stage())).toMatchObject({ status: 'online_for_queue', wouldQueue: true, agentsAccepting: 2 })
})

test('when nobody accepts chats the group is offline', async () => {
  for (const person of people(stage())) person.goesOffline()
  expect(await ask(stage())).toMatchObject({ status: 'offline', agentsAccepting: 0 })
})

test('offline means waiting only when such chats are left for later', async () => {
  for (const person of people(stage())) person.goesOffline()
  const refusing = stage().newBot({ whenNobodyIsAvailable: 'refuse' })
  expect(await refusing.callAction('checkAvailability', {})).toMatchObject({ status: 'offline', wouldQueue: false })
  expect(await ask(stage())).toMatchObject({ status: 'offline', wouldQueue: true })
})

test('a group that only a bot keeps online is offline', async () => {
  for (const person of people(stage())) person.goesOffline()
  stage().sandbox.livechat.bot().goesOnline()
  expect(await ask(stage())).toMatchObject({ status: 'offline', agentsAccepting: 0 })
})

/** LiveChat may list people only, bots only, or refuse, depending on the scopes of the token. */
const statuses = (answer: { status: number; body: unknown }) =>
  stage().sandbox.livechat.faults.add({
    operation: 'agent/list_routing_statuses',
    kind: 'answer',
    ...answer,
    times: Infinity,
  })
const REFUSED = {
  status: 403,
  body: { error: { type: 'authorization', message: 'Missing required scope: agents-bot--all:ro' } },
}
const NOBODY_LISTED = { status: 200, body: [] }
const BOTS_LISTED = { status: 200, body: [{ agent_id: defaults.BOT_ID, status: 'accepting_chats' }] }

describe.each([
  { name: 'refuses the list of statuses', answer: REFUSED },
  { name: 'lists nobody', answer: NOBODY_LISTED },
  { name: 'lists bots only', answer: BOTS_LISTED },
])('when LiveChat $name', ({ answer }) => {
  test('people who may be there are not called offline', async () => {
    statuses(answer)
    expect(await ask(stage())).toEqual({ groupId: 7, status: 'online', wouldQueue: false })
  })

  test('a group of bots alone is not called online', async () => {
    const { sandbox } = stage()
    sandbox.livechat.store.groups.set(8, { id: 8, name: 'Bots', languageCode: 'en', tags: [] })
    sandbox.livechat.store.agents.get(defaults.BOT_ID)?.groups.push(8)
    sandbox.livechat.bot().goesOnline()
    statuses(answer)
    expect(await ask(stage(), { groupId: 8 })).toMatchObject({ status: 'offline', agentsAccepting: 0 })
  })
})

test('a token that may see groups and not agents knows a group of bots too', async () => {
  const { sandbox, newBot } = stage()
  sandbox.livechat.store.groups.set(8, { id: 8, name: 'Bots', languageCode: 'en', tags: [] })
  sandbox.livechat.store.agents.get(defaults.BOT_ID)?.groups.push(8)
  sandbox.livechat.bot().goesOnline()
  const bot = newBot({ agentToken: tokenWith(stage(), ['chats--access:rw', 'groups--all:ro']) })
  expect(await bot.callAction('checkAvailability', { groupId: 8 })).toMatchObject({ status: 'offline' })
})

test.each([{ groupId: '' }, { groupId: null }, {}])('the input %j means the group in the settings', async (input) => {
  expect(await ask(stage(), input)).toMatchObject({ groupId: 7 })
})

test('what a token may not know is asked for once in some minutes', async () => {
  const { sandbox, newBot, calls } = stage()
  const bot = newBot({ agentToken: sandbox.livechat.credentials.minimalToken })
  await bot.callAction('checkAvailability', {})
  const since = calls().length
  await bot.callAction('checkAvailability', {})
  expect(calls(since).sort()).toEqual(['agent/list_routing_statuses', 'customer/list_group_statuses'])
})

test('the minimal token still returns the status', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot({ agentToken: sandbox.livechat.credentials.minimalToken })
  expect(await bot.callAction('checkAvailability', {})).toEqual({ groupId: 7, status: 'online', wouldQueue: false })
})

test('another group can be asked about, 0 included', async () => {
  expect(await ask(stage(), { groupId: 0 })).toMatchObject({ groupId: 0, status: 'online' })
})

test.each([
  { name: 'a group that does not exist', input: { groupId: 99 }, problem: sentenceOf('groupMissing', 99, 'input') },
  { name: 'a group id that is none', input: { groupId: -1 }, problem: sentenceOf('groupIdInvalid', -1, 'input') },
])('$name is refused with a sentence', async ({ input, problem }) => {
  await expect(ask(stage(), input)).rejects.toThrow(problem)
})

test('asked again it is two calls, and no customer more', async () => {
  const { sandbox, newBot, calls } = stage()
  const bot = newBot()
  await bot.callAction('checkAvailability', {})
  const since = calls().length
  await bot.callAction('checkAvailability', {})
  expect(calls(since).sort()).toEqual(['agent/list_routing_statuses', 'customer/list_group_statuses'])
  expect(sandbox.livechat.store.customers.size).toBe(1)
})

test('asked several times at once it makes one customer', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot()
  await Promise.all(Array.from({ length: 5 }, () => bot.callAction('checkAvailability', {})))
  expect(sandbox.livechat.store.customers.size).toBe(1)
})

test('a token that LiveChat has forgotten is renewed on the way', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot()
  await bot.callAction('checkAvailability', {})
  sandbox.livechat.store.customerTokens = []
  expect(await bot.callAction('checkAvailability', {})).toMatchObject({ status: 'online' })
  expect(sandbox.livechat.store.customers.size).toBe(1)
})

describe('opening hours of a group that is offline', () => {
  const inTwoDays = new Date(Date.now() + 2 * 86_400_000)
  const day = (['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const)[
    inTwoDays.getUTCDay()
  ]
  const opensAt = `${inTwoDays.toISOString().slice(0, 10)}T09:00:00.000Z`

  /** Everybody is away, and works in two days from nine. */
  function away({ sandbox: { livechat } }: SetupSandbox): void {
    livechat.settings.desk.workSchedulers = true
    for (const person of people(stage())) person.goesOffline()
    const schedule = day ? [{ day, enabled: true, start: '09:00', end: '17:00' }] : []
    for (const agent of livechat.store.agents.values()) agent.workScheduler = { timezone: 'Etc/UTC', schedule }
  }
  const asksForHours = ({ sandbox }: SetupSandbox) =>
    sandbox.livechat.wire.exchanges.filter(({ requestBody }) => JSON.stringify(requestBody)?.includes('work_scheduler'))

  test('are known by the work scheduler, which is asked for once in ten minutes', async () => {
    away(stage())
    const bot = stage().newBot()
    const known = { status: 'offline', hoursKnown: true, opensAt }
    expect(await bot.callAction('checkAvailability', {})).toMatchObject(known)
    expect(await bot.callAction('checkAvailability', {})).toMatchObject(known)
    expect(asksForHours(stage())).toHaveLength(1)
  })

  test('are not asked for while somebody is there', async () => {
    away(stage())
    for (const person of people(stage())) person.goesOnline()
    expect(await ask(stage())).not.toHaveProperty('hoursKnown')
    expect(asksForHours(stage())).toEqual([])
  })

  test('do not count people who are suspended', async () => {
    away(stage())
    for (const agent of stage().sandbox.livechat.store.agents.values()) agent.suspended = true
    expect(await ask(stage())).toMatchObject({ status: 'offline', hoursKnown: false })
  })

  test.each([
    {
      name: 'the token may not list agents',
      hide: ({ sandbox }: SetupSandbox) =>
        sandbox.livechat.faults.add({
          operation: 'configuration/list_agents',
          kind: 'answer',
          ...REFUSED,
          times: Infinity,
        }),
    },
    {
      name: 'LiveChat leaves the schedules out',
      hide: ({ sandbox }: SetupSandbox) => (sandbox.livechat.settings.desk.workSchedulers = false),
    },
    {
      name: 'nobody has one',
      hide: ({ sandbox }: SetupSandbox) => {
        for (const agent of sandbox.livechat.store.agents.values()) delete agent.workScheduler
      },
    },
  ])('are unknown when $name', async ({ hide }) => {
    away(stage())
    hide(stage())
    const answer = await ask(stage())
    expect(answer).toMatchObject({ status: 'offline', hoursKnown: false })
    expect(answer).not.toHaveProperty('opensAt')
  })

  test('of the default group are unknown: how LiveChat lists its members is not documented', async () => {
    away(stage())
    expect(await ask(stage(), { groupId: 0 })).toMatchObject({ status: 'offline', hoursKnown: false })
    expect(asksForHours(stage())).toEqual([])
  })
})
