import { expect, test } from 'vitest'
import { defaults } from '../../sandbox/livechat'
import type { Configuration } from '../../sandbox/sandbox'
import { SETTING_PROBLEMS } from '../../src/problems'
import { useSetupSandbox, tokenWith, type SetupSandbox } from './setup-sandbox'

const stage = useSetupSandbox()

const ANOTHER_ORGANIZATION = '11111111-2222-4333-8444-555555555555'
const UNKNOWN_TOKEN = Buffer.from('d2a7b1c4-6e3f-4b58-9a0c-1f2e3d4c5b6a:dal:revoked').toString('base64')

async function refusal(configuration: Partial<Configuration>): Promise<string> {
  const bot = stage().newBot(configuration)
  const message = await bot.register().then(
    () => 'nothing was wrong',
    (error: Error) => error.message,
  )
  expect(stage().webhooksOf(bot)).toEqual([])
  return message
}

const WRONG: { name: string; configuration: Partial<Configuration>; problem: string }[] = [
  {
    name: 'a client id that no app has',
    configuration: { clientId: 'feed' },
    problem: SETTING_PROBLEMS.clientIdRefused('"feed"'),
  },
  { name: 'no client id', configuration: { clientId: ' ' }, problem: SETTING_PROBLEMS.clientIdMissing },
  {
    name: 'the id of another organization',
    configuration: { organizationId: ANOTHER_ORGANIZATION },
    problem: SETTING_PROBLEMS.organizationIdOther(`"${ANOTHER_ORGANIZATION}"`, defaults.ORGANIZATION_ID),
  },
  {
    name: 'no organization id',
    configuration: { organizationId: '' },
    problem: SETTING_PROBLEMS.organizationIdMissing,
  },
  {
    name: 'a short secret',
    configuration: { webhookSecret: 'secret' },
    problem: SETTING_PROBLEMS.webhookSecretShort(6),
  },
  { name: 'no secret', configuration: { webhookSecret: '  ' }, problem: SETTING_PROBLEMS.webhookSecretMissing },
  {
    name: 'a secret that LiveChat would cut',
    configuration: { webhookSecret: 's'.repeat(256) },
    problem: SETTING_PROBLEMS.webhookSecretLong(256),
  },
  { name: 'no token', configuration: { agentToken: '' }, problem: SETTING_PROBLEMS.agentTokenMissing },
  { name: 'half a token', configuration: { agentToken: 'dal:abc' }, problem: SETTING_PROBLEMS.agentTokenMalformed },
  {
    name: 'a revoked token',
    configuration: { agentToken: UNKNOWN_TOKEN },
    problem: SETTING_PROBLEMS.agentTokenRefused,
  },
  { name: 'a group id that is none', configuration: { groupId: -1 }, problem: SETTING_PROBLEMS.groupIdInvalid(-1) },
]

test.each(WRONG)('$name is the one sentence of the refusal', async ({ configuration, problem }) => {
  const message = await refusal(configuration)
  expect(message.split('\n')).toHaveLength(1)
  expect(message.startsWith(problem)).toBe(true)
})

test('a group that does not exist is answered with the groups that do', async () => {
  expect(await refusal({ groupId: 99 })).toBe(
    `${SETTING_PROBLEMS.groupMissing(99)} LiveChat has: 0 General, 7 Support, 21 Kundendienst.`,
  )
})

test('a missing group is found with the minimal token too', async () => {
  const { minimalToken } = stage().sandbox.livechat.credentials
  expect(await refusal({ groupId: 99, agentToken: minimalToken })).toBe(SETTING_PROBLEMS.groupMissing(99))
})

test('a group of bots alone is refused', async () => {
  stage().sandbox.livechat.store.groups.set(8, { id: 8, name: 'Bots', languageCode: 'en', tags: [] })
  expect(await refusal({ groupId: 8 })).toBe(SETTING_PROBLEMS.groupWithoutPeople(8))
})

test('a token without the scope for chats is distinguished from an invalid token', async () => {
  const agentToken = tokenWith(stage(), ['groups--all:ro'])
  expect(await refusal({ agentToken })).toBe(SETTING_PROBLEMS.agentTokenCannotRead)
})

test('a webhook address that the app does not allow is reported with its place in the console', async () => {
  for (const app of stage().sandbox.livechat.store.apps.values()) app.redirectUris = ['https://elsewhere.test']
  expect(await refusal({})).toContain('Redirect URI is refused: add http')
})

test('an app of another organization is refused although it gives customer tokens', async () => {
  for (const app of stage().sandbox.livechat.store.apps.values()) app.organizationId = ANOTHER_ORGANIZATION
  expect(await refusal({})).toBe(SETTING_PROBLEMS.clientIdForeign(`"${stage().sandbox.configuration.clientId}"`))
})

const refusals = (operation: string, type: string, message: string) =>
  stage().sandbox.livechat.faults.add({
    operation,
    kind: 'answer',
    status: 400,
    body: { error: { type, message } },
    times: Infinity,
  })

test.each([
  { type: 'authorization', message: 'Client ID is not owned by your organization' },
  { type: 'validation', message: '`owner_client_id` is not valid' },
  { type: 'not_found', message: 'Client not found' },
])('an app of another organization is known by "$message" ($type)', async ({ type, message }) => {
  refusals('configuration/list_webhooks', type, message)
  expect(await refusal({})).toBe(SETTING_PROBLEMS.clientIdForeign(`"${stage().sandbox.configuration.clientId}"`))
})

test('a token of another organization is reported as that alone: its groups and apps are other ones', async () => {
  const body = { organization_id: ANOTHER_ORGANIZATION, name: 'Other' }
  const { faults } = stage().sandbox.livechat
  faults.add({ operation: 'accounts/organizations_my', kind: 'answer', status: 200, body })
  refusals('configuration/get_group', 'group_not_found', 'Group not found')
  refusals('configuration/list_webhooks', 'authorization', '`owner_client_id` does not belong to your organization')
  expect(await refusal({})).toBe(
    SETTING_PROBLEMS.organizationIdOther(`"${stage().sandbox.configuration.organizationId}"`, ANOTHER_ORGANIZATION),
  )
})

test('a group that LiveChat refuses to tell the status of, since it does not exist, is missing', async () => {
  refusals('customer/list_group_statuses', 'group_not_found', 'Group not found')
  const { minimalToken } = stage().sandbox.livechat.credentials
  expect(await refusal({ groupId: 99, agentToken: minimalToken })).toBe(SETTING_PROBLEMS.groupMissing(99))
})

test('a Botpress that does not keep the probe is not blamed on the app', async () => {
  const { faults } = stage().sandbox.botpress
  const body = { id: 'err_1', code: 500, type: 'Internal', message: 'down' }
  faults.add({ operation: 'setState', kind: 'answer', status: 500, body, times: Infinity })
  const message = await refusal({})
  faults.clear()
  expect(message).toBe(SETTING_PROBLEMS.notStored)
})

test('everything wrong at once is one error with a sentence for each setting, and no secret in it', async () => {
  const wrong = {
    clientId: 'feedfeed',
    organizationId: 'acme-organization',
    webhookSecret: 'hunter2',
    agentToken: 'bm90LWEtdG9rZW4=',
    groupId: -7,
  }
  const message = await refusal(wrong)
  const sentences = [
    SETTING_PROBLEMS.clientIdRefused('"feedfeed"'),
    SETTING_PROBLEMS.organizationIdWrong('"acme-organization"'),
    SETTING_PROBLEMS.webhookSecretShort(7),
    SETTING_PROBLEMS.agentTokenMalformed,
    SETTING_PROBLEMS.groupIdInvalid(-7),
  ]
  for (const sentence of sentences) expect(message).toContain(sentence)
  expect(message.split('\n')).toHaveLength(1 + sentences.length)
  for (const secret of [wrong.webhookSecret, wrong.agentToken]) expect(message).not.toContain(secret)
  for (const key of Object.keys(wrong)) expect(message).toContain(`(${key})`)
})

test.each([
  { name: 'the webhook secret', clientId: 'random-text-of-the-owner', webhookSecret: 'random-text-of-the-owner' },
  { name: 'a personal access token', clientId: 'dal:PatOfTheOwner', webhookSecret: undefined },
  {
    name: 'a Base64 value',
    clientId: Buffer.from(`${'a'.repeat(36)}:dal:secret`).toString('base64'),
    webhookSecret: undefined,
  },
])('$name in the wrong field is not repeated', async ({ clientId, webhookSecret }) => {
  const message = await refusal({ clientId, ...(webhookSecret && { webhookSecret }) })
  expect(message).toContain('Client ID is unknown to LiveChat: no app has what was given.')
  expect(message).not.toContain(clientId)
})

test('a token that may only read chats is distinguished from one that may close them', async () => {
  const scopes = ['chats--access:ro', 'groups--all:ro', 'agents--all:ro']
  expect(await refusal({ agentToken: tokenWith(stage(), scopes) })).toBe(SETTING_PROBLEMS.agentTokenCannotClose)
})

test.each([
  { name: 'with "Basic " in front', shape: (token: string) => `Basic ${token}` },
  { name: 'with spaces around', shape: (token: string) => `  ${token}\n` },
  { name: 'as account:token', shape: (token: string) => Buffer.from(token, 'base64').toString() },
])('the token is taken $name', async ({ shape }) => {
  const { sandbox, newBot } = stage()
  await newBot({ agentToken: shape(sandbox.livechat.credentials.fullToken) }).register()
})

test('group 0 is a group', async () => {
  await stage().newBot({ groupId: defaults.GENERAL_GROUP }).register()
})

test('a LiveChat of which only some page is seen is not blamed on the app', async () => {
  const page = { status: 200, body: '<html>We are back soon</html>' }
  stage().sandbox.livechat.faults.add({ operation: '*', kind: 'answer', ...page, times: Infinity })
  expect(await refusal({})).toBe(SETTING_PROBLEMS.notAnswered)
})

test('a LiveChat that does not respond is reported within 10 s', async () => {
  const silenced: SetupSandbox = stage()
  silenced.sandbox.livechat.faults.add({ operation: '*', kind: 'silence', times: Infinity })
  const begun = Date.now()
  expect(await refusal({})).toContain(SETTING_PROBLEMS.notAnswered)
  expect(Date.now() - begun).toBeLessThan(10_000)
})
