import { expect, test } from 'vitest'
import { loadDefinition, type Declared, type Payload } from '../../sandbox/botpress'
import { DECLARED } from './botpress-fake'
import { useBotpressAndIntegration } from './use-botpress'

const both = await useBotpressAndIntegration()

const FORM = {
  type: 'object',
  properties: {
    token: { type: 'string' },
    language: { type: 'string', enum: ['en', 'de'] },
    groupId: { type: 'number' },
    markAsSeen: { type: 'boolean' },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['token'],
}
const { startHitl } = DECLARED.actions
const input = { type: 'object', properties: { hitlSession: FORM } }
const declared: Declared = {
  ...DECLARED,
  configuration: FORM,
  actions: { ...DECLARED.actions, startHitl: { ...startHitl, input } },
}
const installed = () =>
  both.botpress.install({ integrationUrl: both.fake.url, configuration: { token: 't' }, declared })

const MODES = [
  { mode: 'absent', saved: { token: 't' }, session: { groupId: 3 } },
  {
    mode: 'empty',
    saved: { token: 't', language: '', groupId: '' },
    session: { token: '', language: '', groupId: 3 },
  },
  {
    mode: 'null',
    saved: { token: 't', language: null, groupId: null, markAsSeen: null, tags: null },
    session: { token: null, language: null, groupId: 3, markAsSeen: null, tags: null },
  },
] as const

test.each(MODES)('settings that nobody filled in reach the integration as $mode', async ({ mode, saved }) => {
  both.botpress.settings.emptySettings = mode
  await installed().ping()
  const header = String(both.fake.calls[0]?.headers['x-bp-configuration'])
  expect(JSON.parse(Buffer.from(header, 'base64').toString('utf8'))).toEqual(saved)
})

test.each(MODES)('so do the fields of hitlSession: $mode', async ({ mode, session }) => {
  both.botpress.settings.emptySettings = mode
  const bot = installed()
  await bot.handOver(bot.customer({}), { hitlSession: { groupId: 3 } })
  const start = both.fake.calls.find(({ type }) => type === 'startHitl')
  expect((start?.body.input as Payload).hitlSession).toEqual(session)
})

test('a form that was never touched is there with empty fields, or not at all', async () => {
  const sessions: unknown[] = []
  both.fake.on('startHitl', ({ body }) => void sessions.push((body.input as Payload).hitlSession))
  for (const mode of ['absent', 'empty'] as const) {
    both.botpress.settings.emptySettings = mode
    const bot = installed()
    await bot.handOver(bot.customer({}))
  }
  expect(sessions).toEqual([undefined, { token: '', language: '', groupId: '' }])
})

test("the project's own forms are known", async () => {
  const known = await loadDefinition()
  expect(Object.keys(known.configuration?.properties ?? {})).toContain('webhookSecret')
  const { properties = {} } = known.actions.startHitl?.input ?? {}
  expect(properties).toMatchObject({ hitlSession: { properties: { groupId: expect.anything() as object } } })
})
