import { describe, expect, test } from 'vitest'
import { startLiveChat } from '../../sandbox/livechat'
import { startedChat, type Json } from './livechat-client'
import { useLiveChat } from './use-livechat'

const { livechat, calls } = await useLiveChat()

/** A customer's call with the given region; no region: no header. */
async function callFrom(region: string | undefined, method = 'get_customer', body: Json = {}) {
  const token = await calls.token()
  const headers: Record<string, string> = region === undefined ? {} : { 'x-region': region }
  const path = `/v3.6/customer/action/${method}?organization_id=${livechat.credentials.organizationId}`
  return calls.post(path, body, { authorization: `Bearer ${String(token.body.access_token)}`, ...headers })
}
const misdirected = (region: string) => ({
  status: 421,
  body: { error: { type: 'misdirected_request', message: 'Wrong region', data: { region } } },
})

describe('the prefix of a token names its region', () => {
  test.each([
    { name: 'dal' as const, suffix: '' as const, prefix: 'dal:' },
    { name: 'fra' as const, suffix: '' as const, prefix: 'fra:' },
    { name: 'fra' as const, suffix: '-a' as const, prefix: 'fra-a:' },
  ])('$prefix', async ({ name, suffix, prefix }) => {
    Object.assign(livechat.settings.region, { name, suffix })
    const { body } = await calls.token()
    expect(String(body.access_token).startsWith(prefix)).toBe(true)
  })

  test('of personal access tokens too, from the start on', async () => {
    const european = await startLiveChat({ settings: { region: { name: 'fra' } } })
    const { fullToken, minimalToken } = european.credentials
    const issued = european.issueToken({ agentId: 'maria@acme.test', scopes: [] })
    for (const token of [fullToken, minimalToken, issued])
      expect(Buffer.from(token, 'base64').toString()).toMatch(/^[0-9a-f-]{36}:fra:/)
    await european.close()
  })
})

describe('a strict region', () => {
  test.each([
    { name: 'dal' as const, sent: undefined, right: true },
    { name: 'dal' as const, sent: 'dal', right: true },
    { name: 'dal' as const, sent: 'fra', right: false },
    { name: 'fra' as const, sent: 'fra', right: true },
    { name: 'fra' as const, sent: undefined, right: false },
    { name: 'fra' as const, sent: 'dal', right: false },
  ])('$name, X-Region $sent: $right', async ({ name, sent, right }) => {
    Object.assign(livechat.settings.region, { name, strict: true })
    expect(await callFrom(sent)).toMatchObject(right ? { status: 200 } : misdirected(name))
  })

  test.each([
    { header: 'plain' as const, right: ['fra'], wrong: ['fra-a', 'fra-b', 'dal'], told: 'fra' },
    { header: 'suffixed' as const, right: ['fra-a'], wrong: ['fra', 'fra-b'], told: 'fra-a' },
    { header: 'either' as const, right: ['fra', 'fra-a'], wrong: ['fra-b'], told: 'fra-a' },
  ])('whose tokens say fra-a takes $right', async ({ header, right, wrong, told }) => {
    Object.assign(livechat.settings.region, { name: 'fra', suffix: '-a', strict: true, header })
    for (const region of right) expect((await callFrom(region)).status).toBe(200)
    for (const region of wrong) expect(await callFrom(region)).toMatchObject(misdirected(told))
  })

  test('counts for agents as well', async () => {
    Object.assign(livechat.settings.region, { name: 'fra', strict: true })
    expect(await calls.agent('list_chats')).toMatchObject(misdirected('fra'))
    expect(await calls.configuration('list_groups')).toMatchObject(misdirected('fra'))
  })
})

/** What was noted. A call answered 421 comes twice: fetch repeats it, as its standard says. */
const noted = () => {
  const { misdirected: all } = livechat.store
  return all.filter((each, index) => !each.refused || index % 2 === 0)
}

describe('what was said of a person to the wrong region', () => {
  test('is noted with the names of its fields, never with their values', async () => {
    Object.assign(livechat.settings.region, { name: 'fra', strict: true })
    await callFrom(undefined, 'update_customer', { name: 'Ada', email: 'ada@acme.test' })
    const events = [{ type: 'message', text: 'My order 42 is late' }]
    await callFrom('dal', 'start_chat', { chat: { thread: { events } } })
    expect(noted()).toEqual([
      { operation: 'customer/update_customer', region: 'dal', fields: ['name', 'email'], refused: true },
      { operation: 'customer/start_chat', region: 'dal', fields: ['text'], refused: true },
    ])
  })

  test('a file counts', async () => {
    const { body } = await calls.token()
    livechat.settings.region.name = 'fra'
    await calls.upload(String(body.access_token), 'letter.txt', Buffer.from('Dear Ada'))
    expect(noted()).toMatchObject([{ operation: 'customer/upload_file', fields: ['file'] }])
  })

  test('a call that says nothing of anybody is not noted, nor one to the right region', async () => {
    Object.assign(livechat.settings.region, { name: 'fra', strict: true })
    await callFrom(undefined, 'list_chats')
    await callFrom('fra', 'update_customer', { name: 'Ada' })
    expect(noted()).toEqual([])
  })

  test('is noted even where the wrong region serves the call, and forgotten with a reset', async () => {
    livechat.settings.region.name = 'fra'
    await startedChat(calls)
    expect(noted()).toEqual([{ operation: 'customer/start_chat', region: 'dal', fields: ['text'], refused: false }])
    livechat.reset()
    expect(noted()).toEqual([])
  })
})
