import { describe, expect, test } from 'vitest'
import { callsTo, type Json } from './livechat-client'
import { useLiveChat } from './use-livechat'

const { livechat, calls } = await useLiveChat()

const error = (type: string) => ({ body: { error: { type } } })

function registration(extra: object = {}) {
  return {
    action: 'incoming_event',
    url: 'https://hooks.acme.test/abc',
    secret_key: 's3cr3t-42',
    owner_client_id: livechat.credentials.clientId,
    type: 'license',
    ...extra,
  }
}
const register = (extra: object = {}, token?: string) =>
  calls.configuration('register_webhook', registration(extra), token)
const owner = () => ({ owner_client_id: livechat.credentials.clientId })

describe('webhook registrations', () => {
  test('are made, listed without their secret, and removed', async () => {
    const { body } = await register({ description: 'ours', filters: { author_type: 'agent' } })
    expect(body.id).toEqual(expect.any(String))
    const { body: list } = await calls.configuration('list_webhooks', owner())
    expect(list).toEqual([
      {
        id: body.id,
        url: 'https://hooks.acme.test/abc',
        action: 'incoming_event',
        description: 'ours',
        filters: { author_type: 'agent' },
        type: 'license',
        ...owner(),
      },
    ])
    expect((await calls.configuration('unregister_webhook', { id: body.id, ...owner() })).status).toBe(200)
    expect(await calls.configuration('unregister_webhook', { id: body.id, ...owner() })).toMatchObject(
      error('not_found'),
    )
    expect(livechat.webhooks.registrations()).toEqual([])
  })

  test('are limited to three of an action', async () => {
    for (let count = 0; count < 3; count += 1) expect((await register()).status).toBe(200)
    expect(await register()).toMatchObject({ status: 422, ...error('limit_reached') })
    expect((await register({ action: 'incoming_chat' })).status).toBe(200)
  })

  test.each([
    { name: 'another organization', extra: { owner_client_id: 'ffff' }, type: 'authorization' },
    { name: 'an unknown action', extra: { action: 'chat_exploded' }, type: 'validation' },
    { name: 'no address', extra: { url: 'not an address' }, type: 'validation' },
    { name: 'a long address', extra: { url: `https://a.test/${'a'.repeat(486)}` }, type: 'validation' },
    { name: 'no secret', extra: { secret_key: undefined }, type: 'validation' },
    { name: 'an empty secret', extra: { secret_key: '' }, type: 'validation' },
    { name: 'an unknown type', extra: { type: 'app' }, type: 'validation' },
    { name: 'unknown data', extra: { additional_data: ['chat'] }, type: 'validation' },
    { name: 'an unknown filter', extra: { filters: { chat_member_ids: {} } }, type: 'validation' },
    {
      name: "a filter that is not the action's",
      extra: { action: 'chat_deactivated', filters: { author_type: 'agent' } },
      type: 'validation',
    },
    {
      name: 'two kinds of presence at once',
      extra: { filters: { chat_presence: { user_ids: { values: ['a'], exclude_values: ['b'] } } } },
      type: 'validation',
    },
  ])('with $name are refused', async ({ extra, type }) => {
    expect(await register(extra)).toMatchObject(error(type))
  })

  test('an address of exactly 500 characters is taken', async () => {
    expect((await register({ url: `https://a.test/${'a'.repeat(485)}` })).status).toBe(200)
  })

  test('need the scope, and an administrator behind it', async () => {
    expect(await register({}, livechat.credentials.minimalToken)).toMatchObject({
      status: 403,
      ...error('authorization'),
    })
    const normal = livechat.issueToken({ agentId: 'maria@acme.test', scopes: ['webhooks.configuration:rw'] })
    expect(await register({}, normal)).toMatchObject(error('authorization'))
  })

  test('the names of the actions need no token', async () => {
    const { status, body } = await calls.post('/v3.6/configuration/action/list_webhook_names', {})
    expect(status).toBe(200)
    expect(body).toContainEqual(expect.objectContaining({ action: 'chat_deactivated' }))
  })

  const names = async (version?: string) => {
    const { body } = await calls.configuration('list_webhook_names', { version })
    return (body as unknown as { action: string }[]).map(({ action }) => action)
  }

  test('the changes of agents, bots, groups, tags and rules have names too', async () => {
    const stable = await names()
    for (const action of ['agent_unsuspended', 'auto_accesses_updated', 'tag_updated', 'tag_deleted', 'bot_created'])
      expect(stable).toContain(action)
  })

  test.each([
    { action: 'incoming_customer', versions: ['3.4', '3.5'] },
    { action: 'event_deleted', versions: ['3.6'] },
    { action: 'thread_summary_set', versions: ['3.6'] },
    { action: 'incoming_event', versions: ['3.4', '3.5', '3.6'] },
  ])('$action belongs to $versions', async ({ action, versions }) => {
    for (const version of ['3.4', '3.5', '3.6']) {
      const known = versions.includes(version)
      const { status } = await callsTo(livechat, version).configuration('register_webhook', registration({ action }))
      expect(status).toBe(known ? 200 : 400)
      expect((await names(version)).includes(action)).toBe(known)
    }
  })
})

describe('the state of license webhooks', () => {
  const state = () => calls.configuration('get_license_webhooks_state', owner())

  test('follows enabling, disabling and the installation of the app', async () => {
    expect((await state()).body).toEqual({ license_webhooks_enabled: true })
    await calls.configuration('disable_license_webhooks', owner())
    expect((await state()).body).toEqual({ license_webhooks_enabled: false })
    await calls.configuration('enable_license_webhooks', owner())
    expect((await state()).body).toEqual({ license_webhooks_enabled: true })
    const app = livechat.store.apps.get(livechat.credentials.clientId)
    if (app) app.installed = false
    expect((await state()).body).toEqual({ license_webhooks_enabled: false })
  })

  test('needs its client id with a personal access token', async () => {
    expect(await calls.configuration('get_license_webhooks_state', {})).toMatchObject(error('validation'))
  })
})

describe('groups and agents', () => {
  test('groups are a bare array', async () => {
    const { body } = await calls.configuration('list_groups')
    expect(body).toEqual([
      { id: 0, name: 'General', language_code: 'en' },
      { id: 7, name: 'Support', language_code: 'en' },
      { id: 21, name: 'Kundendienst', language_code: 'de' },
    ])
  })

  test.each([
    { status: 'goesOnline' as const, told: 'accepting_chats' },
    { status: 'goesOffline' as const, told: 'not_accepting_chats' },
  ])('a group tells its routing status when asked: $told', async ({ status, told }) => {
    for (const id of ['maria@acme.test', 'omar@acme.test']) livechat.agent(id)[status]()
    const { body } = await calls.configuration('get_group', { id: 7, fields: ['routing_status'] })
    expect(body).toMatchObject({ id: 7, routing_status: told })
  })

  test.each([
    { name: 'an unknown group', body: { id: 99 }, type: 'group_not_found' },
    { name: 'a group id as text', body: { id: '7' }, type: 'validation' },
  ])('$name is refused', async ({ body, type }) => {
    expect(await calls.configuration('get_group', body)).toMatchObject(error(type))
  })

  const workScheduler = {
    timezone: 'Europe/Warsaw',
    schedule: [{ day: 'monday' as const, enabled: true, start: '08:00', end: '12:30' }],
  }

  test.each([
    { name: 'comes when asked for', fields: ['work_scheduler', 'suspended'], returned: true, expected: workScheduler },
    { name: 'does not come unasked', fields: ['suspended'], returned: true, expected: undefined },
    { name: 'may be missing all the same', fields: ['work_scheduler'], returned: false, expected: undefined },
  ])('the work scheduler of an agent $name', async ({ fields, returned, expected }) => {
    livechat.settings.desk.workSchedulers = returned
    livechat.agents.add({ id: 'ina@acme.test', workScheduler, suspended: true })
    const { body: agent } = await calls.configuration('get_agent', { id: 'ina@acme.test', fields })
    const { body: agents } = await calls.configuration('list_agents', { fields, filters: { suspended: true } })
    for (const shown of [agent, ...(agents as unknown as Json[])]) {
      expect(shown.work_scheduler).toEqual(expected)
      expect(shown.suspended).toBe(fields.includes('suspended') ? true : undefined)
    }
    expect(agents).toHaveLength(1)
  })

  test('an agent without working hours has an empty scheduler', async () => {
    livechat.agents.add({ id: 'ina@acme.test' })
    const { body } = await calls.configuration('get_agent', { id: 'ina@acme.test', fields: ['work_scheduler'] })
    expect(body.work_scheduler).toEqual({})
  })

  test('agents have a priority in each of their groups', async () => {
    livechat.agents.add({ id: 'ina@acme.test', priorities: { 7: 'first' } })
    livechat.agents.add({ id: 'zoe@acme.test', role: 'viceowner', groups: [7], priorities: { 7: 'supervisor' } })
    const { body: group } = await calls.configuration('get_group', { id: 7, fields: ['agent_priorities'] })
    expect(group.agent_priorities).toMatchObject({
      'ina@acme.test': 'first',
      'maria@acme.test': 'normal',
      'zoe@acme.test': 'supervisor',
    })
    const { body } = await calls.configuration('get_agent', { id: 'zoe@acme.test', fields: ['groups'] })
    expect(body).toMatchObject({ role: 'viceowner', groups: [{ id: 7, priority: 'supervisor' }] })
  })

  test('agents come with their account, bots do not come', async () => {
    const { body } = await calls.configuration('list_agents', { fields: ['groups'] })
    expect(body).toContainEqual(
      expect.objectContaining({ id: 'maria@acme.test', account_id: expect.any(String), groups: expect.any(Array) }),
    )
    expect(JSON.stringify(body)).not.toContain(livechat.bot().id)
    expect(await calls.configuration('get_agent', { id: livechat.bot().id })).toMatchObject(error('not_found'))
  })
})
