import { expect, test } from 'vitest'
import { readDelivery, RejectedDelivery } from './delivery'

const SECRET = 'the-secret-of-the-webhook'
const ORGANIZATION = '0fb9c6ba-7b2c-4d5e-8f1a-2b3c4d5e6f70'
const ENVELOPE = {
  secret_key: SECRET,
  action: 'chat_deactivated',
  organization_id: ORGANIZATION,
  payload: { chat_id: 'A' },
}

const read = (body: string | undefined) =>
  readDelivery(body, { isOurSecret: (given) => given === SECRET, organizationId: ORGANIZATION })
const readEnvelope = (changes: object) => read(JSON.stringify({ ...ENVELOPE, ...changes }))

test.each([
  { name: 'no body', body: undefined, status: 400 },
  { name: 'an empty body', body: '', status: 400 },
  { name: 'a body that is no JSON', body: '{', status: 400 },
  {
    name: 'more than two million characters',
    body: JSON.stringify({ ...ENVELOPE, x: 'x'.repeat(2_000_000) }),
    status: 400,
  },
  { name: 'JSON that is no object', body: '[1]', status: 401 },
  { name: 'no secret', body: JSON.stringify({ action: 'x', payload: {} }), status: 401 },
  { name: 'a secret that is no text', body: JSON.stringify({ ...ENVELOPE, secret_key: [SECRET] }), status: 401 },
  { name: 'a wrong secret', body: JSON.stringify({ ...ENVELOPE, secret_key: 'x' }), status: 401 },
  { name: 'a wrong secret and no action', body: JSON.stringify({ secret_key: 'x' }), status: 401 },
  { name: 'the right secret and no action', body: JSON.stringify({ secret_key: SECRET, payload: {} }), status: 400 },
])('$name is answered with $status', async ({ body, status }) => {
  const rejection: unknown = await read(body).catch((error: unknown) => error)
  expect(rejection).toBeInstanceOf(RejectedDelivery)
  expect(rejection).toMatchObject({ status })
})

test('a delivery keeps its payload unread', async () => {
  expect(await readEnvelope({})).toEqual({ action: 'chat_deactivated', payload: { chat_id: 'A' }, source: {} })
})

test.each([
  { name: 'the same in capitals', organization_id: ORGANIZATION.toUpperCase(), isRead: true },
  { name: 'none, as up to version 3.3', organization_id: undefined, isRead: true },
  { name: 'null', organization_id: null, isRead: true },
  { name: 'another', organization_id: '11111111-2222-4333-8444-555555555555', isRead: false },
  { name: 'a number', organization_id: 7, isRead: false },
])('organization $name: read $isRead', async ({ organization_id, isRead }) => {
  expect((await readEnvelope({ organization_id })) !== undefined).toBe(isRead)
})

test.each([
  {
    name: 'both apps',
    properties: { source: { client_id: 'a', customer_client_id: 'b' } },
    clientId: 'a',
    customerClientId: 'b',
  },
  { name: 'one app', properties: { source: { client_id: 'a' } }, clientId: 'a', customerClientId: undefined },
  { name: 'no properties', properties: {}, clientId: undefined, customerClientId: undefined },
  {
    name: 'an app that is no text',
    properties: { source: { client_id: 7 } },
    clientId: undefined,
    customerClientId: undefined,
  },
])('the source of a chat with $name', async ({ properties, clientId, customerClientId }) => {
  const delivery = await readEnvelope({ additional_data: { chat_properties: properties } })
  expect(delivery?.source).toEqual({ clientId, customerClientId })
})
