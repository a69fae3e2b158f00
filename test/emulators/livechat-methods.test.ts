import { beforeEach, describe, expect, test } from 'vitest'
import { METHODS } from '../../sandbox/livechat'
import { agentMethods } from '../../sandbox/livechat/agent/methods'
import { configurationMethods } from '../../sandbox/livechat/configuration/methods'
import { customerMethods } from '../../sandbox/livechat/customer/methods'
import type { Answer } from './livechat-client'
import { useLiveChat } from './use-livechat'

const { calls } = await useLiveChat()
let token: string

beforeEach(async () => {
  token = String((await calls.token()).body.access_token)
})

function call(api: string, method: string): Promise<Answer> {
  if (api === 'customer') return calls.customer(token, method)
  return api === 'agent' ? calls.agent(method) : calls.configuration(method)
}

describe('the list of emulated methods is true', () => {
  test.each(METHODS.filter(({ state }) => state !== 'missing'))('$api/$method is $state', async ({ api, method }) => {
    const { body } = await call(api, method)
    expect(JSON.stringify(body)).not.toContain('No such method')
  })

  test.each(METHODS.filter(({ state }) => state === 'missing'))('$api/$method is missing', async ({ api, method }) => {
    const { status, body } = await call(api, method)
    expect(status).toBe(404)
    expect(body.error).toMatchObject({ type: 'not_found', message: `No such method: ${method}` })
  })

  test('a partial method says what it lacks', () => {
    expect(METHODS.filter(({ state, note }) => state === 'partial' && !note)).toEqual([])
  })

  test('no method is served without standing in the list', () => {
    const listed = new Set(METHODS.map(({ api, method }) => `${api}/${method}`))
    const served = [
      ...Object.keys(customerMethods).map((name) => `customer/${name}`),
      ...Object.keys(agentMethods).map((name) => `agent/${name}`),
      ...Object.keys(configurationMethods).map((name) => `configuration/${name}`),
    ]
    expect(served.filter((name) => !listed.has(name))).toEqual([])
  })
})
