import { expect, test } from 'vitest'
import { setupReport } from './report'

const found = {
  ok: false,
  settings: [{ setting: 'groupId', status: 'wrong', finding: 'There is no group 9.' }],
  scopes: [{ scope: 'groups--all:ro', present: false, missingMeans: 'No names.' }],
  webhooks: [{ action: 'incoming_event', state: 'registered', slotsUsed: 1 }],
  webhookUrl: 'https://w.example.test/1',
}

test('what checkSetup found is shown in three parts', async () => {
  expect(await setupReport({ callAction: () => Promise.resolve(found) })).toEqual({
    ok: true,
    works: false,
    summary: 'A handoff cannot work with these settings.',
    sections: [
      {
        title: 'Settings',
        findings: [{ title: 'groupId', detail: 'There is no group 9.', kind: 'bad', word: 'wrong' }],
      },
      {
        title: 'Scopes of the agent token',
        findings: [{ title: 'groups--all:ro', detail: 'No names.', kind: 'warn', word: 'missing' }],
      },
      {
        title: 'Webhooks to https://w.example.test/1',
        findings: [{ title: 'incoming_event', detail: '1 of 3 slots used', kind: 'good', word: 'registered' }],
      },
    ],
  })
})

test('what is wrong comes first in each part, the rest in its order', async () => {
  const finding = (setting: string, status: string) => ({ setting, status, finding: '' })
  const settings = [finding('a', 'ok'), finding('b', 'warning'), finding('c', 'ok'), finding('d', 'wrong')]
  const answer = await setupReport({ callAction: () => Promise.resolve({ ...found, settings }) })
  expect(answer).toMatchObject({
    sections: [{ findings: [{ title: 'd' }, { title: 'b' }, { title: 'a' }, { title: 'c' }] }, {}, {}],
  })
})

test('an integration without the action says so', async () => {
  const missing = { callAction: () => Promise.reject(new Error('Action checkSetup does not exist')) }
  expect(await setupReport(missing)).toEqual({
    ok: false,
    problem: 'The integration gives no report: Action checkSetup does not exist',
  })
})
