import { expect, test } from 'vitest'
import type { RegisteredWebhook } from '../livechat/api'
import { WEBHOOKS } from './webhook-set'
import { planWebhooks } from './webhooks'

const URL = 'https://webhook.botpress.cloud/mine'
const OLD_URL = 'https://webhook.botpress.cloud/before'

const all = WEBHOOKS.map(({ action }) => action)
const listedAt = (url: string, prefix: string, actions: string[] = all): RegisteredWebhook[] =>
  actions.map((action) => ({ id: `${prefix}-${action}`, action, url }))
const idsOf = (webhooks: { id: string }[]) => webhooks.map(({ id }) => id)
const target = { url: URL, clientId: 'app', wanted: WEBHOOKS }
/** Stored, with today's secret and set. */
const upToDate = (webhooks: RegisteredWebhook[]) => ({ ...target, stored: webhooks, current: webhooks })
const NOTHING = upToDate([])

test('on an empty account everything is added', () => {
  const plan = planWebhooks([], NOTHING)
  expect(plan.add.map(({ action }) => action)).toEqual(all)
  expect([plan.keep, plan.remove]).toEqual([[], []])
})

test('what is stored and up to date is kept', () => {
  const listed = listedAt(URL, 'wh')
  const plan = planWebhooks(listed, upToDate(listed))
  expect(idsOf(plan.keep)).toEqual(idsOf(listed))
  expect([plan.add, plan.remove]).toEqual([[], []])
})

test.each([
  { name: 'a new secret or set', isCurrent: false, at: URL },
  { name: 'a new address', isCurrent: true, at: OLD_URL },
])('$name replaces all', ({ isCurrent, at }) => {
  const listed = listedAt(at, 'wh')
  const plan = planWebhooks(listed, { ...target, stored: listed, current: isCurrent ? listed : [] })
  expect(plan.add).toHaveLength(all.length)
  expect(idsOf(plan.remove)).toEqual(idsOf(listed))
})

test('what was registered for an app before this one goes, though LiveChat lists it no more', () => {
  const stored = listedAt(URL, 'wh').map((webhook) => ({ ...webhook, clientId: 'app before' }))
  const plan = planWebhooks([], upToDate(stored))
  expect(plan.add).toHaveLength(all.length)
  expect(plan.remove).toEqual(stored)
})

test("other people's webhooks are never touched", () => {
  const foreign = listedAt('https://crm.test/hook', 'crm')
  const plan = planWebhooks(foreign, NOTHING)
  expect(plan.remove).toEqual([])
})

test('what carries our address and was not stored is replaced: its secret is not known', () => {
  const byHand = listedAt(URL, 'hand', ['incoming_event'])
  const plan = planWebhooks(byHand, NOTHING)
  expect(idsOf(plan.remove)).toEqual(['hand-incoming_event'])
  expect(plan.add.map(({ action }) => action)).toContain('incoming_event')
})

test('a second one of an action that is kept goes', () => {
  const listed = [...listedAt(URL, 'wh'), ...listedAt(URL, 'double', ['chat_deactivated'])]
  const plan = planWebhooks(listed, upToDate(listed))
  expect(idsOf(plan.remove)).toEqual(['double-chat_deactivated'])
  expect(plan.add).toEqual([])
})

test('what another save registered at our address goes, and ours is kept', () => {
  const ours = listedAt(URL, 'ours')
  const plan = planWebhooks([...listedAt(URL, 'other'), ...ours], { ...target, stored: [], current: ours })
  expect(idsOf(plan.keep)).toEqual(idsOf(ours))
  expect(idsOf(plan.remove)).toEqual(idsOf(listedAt(URL, 'other')))
  expect(plan.add).toEqual([])
})

test('one of ours whose action is no longer wanted goes', () => {
  const listed = listedAt(URL, 'wh', ['an_action_of_before'])
  expect(idsOf(planWebhooks(listed, upToDate(listed)).remove)).toEqual(['wh-an_action_of_before'])
})

test('what LiveChat does not list is not there, whatever is stored', () => {
  const plan = planWebhooks([], upToDate(listedAt(URL, 'wh')))
  expect(plan.keep).toEqual([])
  expect(plan.add).toHaveLength(all.length)
})
