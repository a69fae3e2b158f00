import { expect, test } from 'vitest'
import { defaults } from '../../sandbox/livechat'
import { PROBLEMS, SETUP_PROBLEMS } from '../../src/problems'
import { setupStage, type SetupStage } from './setup-stage'

const stage = setupStage()

const ask = ({ newBot }: SetupStage, input: Record<string, unknown> = {}) =>
  newBot().callAction('checkAvailability', input)

const people = ({ sandbox }: SetupStage) => [defaults.MARIA, defaults.OMAR].map((id) => sandbox.livechat.agent(id))

/** Everybody has as many chats as they can take. */
function allBusy({ sandbox: { livechat } }: SetupStage): void {
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

test('the minimal token still tells the status', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot({ agentToken: sandbox.livechat.credentials.minimalToken })
  expect(await bot.callAction('checkAvailability', {})).toEqual({ groupId: 7, status: 'online', wouldQueue: false })
})

test('another group can be asked about, 0 included', async () => {
  expect(await ask(stage(), { groupId: 0 })).toMatchObject({ groupId: 0, status: 'online' })
})

test.each([
  { name: 'a group that does not exist', input: { groupId: 99 }, problem: PROBLEMS.groupMissing },
  { name: 'a group id that is none', input: { groupId: -1 }, problem: SETUP_PROBLEMS.groupIdInvalid },
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
