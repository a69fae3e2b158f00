import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import type { SetupReport } from '../../src/setup/report'
import { NOTES } from '../../src/setup/notes'
import { useSetupSandbox, tokenWith } from './setup-sandbox'

const stage = useSetupSandbox()

type Report = SetupReport & { report: string }
type Status = Record<string, string>

const reportOf = async (bot: ReturnType<ReturnType<typeof stage>['newBot']>) =>
  (await bot.callAction('checkSetup', {})) as unknown as Report
const statuses = ({ settings }: Report): Status =>
  Object.fromEntries(settings.map(({ setting, status }) => [setting, status]))

test('a working installation is reported as such, with its group, scopes and webhooks', async () => {
  const { newBot, webhooksOf } = stage()
  const bot = newBot()
  await bot.register()
  const report = await reportOf(bot)
  expect(report).toMatchObject({ ok: true, webhooksEnabled: true, webhookUrl: bot.webhookUrl })
  expect(new Set(Object.values(statuses(report)))).toEqual(new Set(['ok']))
  expect(report.group).toEqual({ id: 7, name: 'Support', status: 'online', agents: ['Maria', 'Omar', 'Olga Owner'] })
  expect(report.scopes.map(({ present }) => present)).toEqual([true, true, true, true, true])
  expect(report.webhooks.map(({ id }) => id).sort()).toEqual(
    webhooksOf(bot)
      .map(({ id }) => id)
      .sort(),
  )
  expect(report.webhooks[0]).toMatchObject({ state: 'registered', slotsUsed: 1 })
})

test('the report for the minimal token says what each missing scope costs', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot({ agentToken: sandbox.livechat.credentials.minimalToken })
  await bot.register()
  const report = await reportOf(bot)
  expect(report.ok).toBe(true)
  expect(report.scopes.map(({ present }) => present)).toEqual([true, false, false, false, false])
  expect(report.report).toContain('webhooks.configuration:rw  missing; without it, three webhooks')
})

const scopesOf = ({ scopes }: Report) => Object.fromEntries(scopes.map(({ scope, present }) => [scope, present]))

test.each([
  { name: 'reads chats only', scopes: ['chats--access:ro'], found: { 'chats--access:rw': false } },
  { name: 'sees own groups only', scopes: ['chats--access:rw', 'groups--my:ro'], found: { 'groups--all:ro': false } },
  {
    name: 'reads the state of webhooks only',
    scopes: ['chats--access:rw', 'webhooks.state:ro'],
    found: { 'webhooks.state:ro': true, 'webhooks.configuration:rw': false },
  },
])('a token that $name is not said to have the wider scope', async ({ scopes, found }) => {
  const bot = stage().newBot({ agentToken: tokenWith(stage(), scopes) })
  const report = await reportOf(bot)
  expect(scopesOf(report)).toMatchObject(found)
  expect(scopesOf(report)).not.toHaveProperty('webhooks.state:rw')
})

test('a refusal that may mean the chat says nothing of the scope', async () => {
  const body = { error: { type: 'authorization', message: 'Requester has no access to the chat' } }
  const { faults } = stage().sandbox.livechat
  faults.add({ operation: 'agent/deactivate_chat', kind: 'answer', status: 403, body })
  const report = await reportOf(stage().newBot())
  expect(scopesOf(report)).toHaveProperty('chats--access:rw', undefined)
  expect(statuses(report)).toMatchObject({ agentToken: 'ok' })
})

test('the scope for bots is named when LiveChat wants it for the list of statuses', async () => {
  const body = { error: { type: 'authorization', message: 'Missing required scope: agents-bot--all:ro' } }
  const { faults } = stage().sandbox.livechat
  faults.add({ operation: 'agent/list_routing_statuses', kind: 'answer', status: 403, body })
  expect(scopesOf(await reportOf(stage().newBot()))).toMatchObject({
    'agents--all:ro': true,
    'agents-bot--all:ro': false,
  })
})

test('wrong settings are findings, not a failure', async () => {
  const report = await reportOf(stage().newBot({ clientId: 'feed', groupId: 99, webhookSecret: 'short' }))
  expect(report.ok).toBe(false)
  expect(statuses(report)).toMatchObject({
    clientId: 'wrong',
    groupId: 'wrong',
    webhookSecret: 'wrong',
    agentToken: 'ok',
  })
  expect(report.report).toMatch(/^ {2}✗ 99 +not found$/m)
})

test('a wrong Client ID is not blamed on the scopes of the agent token', async () => {
  const report = await reportOf(stage().newBot({ clientId: 'feed' }))
  expect(report.settings.at(-1)).toEqual({
    setting: 'webhooks',
    status: 'unknown',
    finding: NOTES.webhooksUnchecked,
  })
  expect(report.scopes.map(({ present }) => present)).toEqual([true, undefined, undefined, true, true])
})

test('webhooks that are gone make a set-up that cannot work', async () => {
  const { newBot } = stage()
  const report = await reportOf(newBot())
  expect(report.ok).toBe(false)
  expect(statuses(report)).toMatchObject({ webhooks: 'wrong', agentToken: 'ok' })
})

test('it changes nothing in LiveChat but the one probe', async () => {
  const { sandbox, newBot, calls } = stage()
  const bot = newBot()
  await reportOf(bot)
  await reportOf(bot)
  expect(calls().filter((name) => /register|enable/.test(name))).toEqual([])
  expect(sandbox.livechat.store.customers.size).toBe(1)
})

const DOCTOR = 'test/.output/doctor.cjs'

beforeAll(async () => {
  await build({ entryPoints: ['src/doctor/main.ts'], outfile: DOCTOR, bundle: true, platform: 'node' })
})

async function doctor(env: Record<string, string>): Promise<{ status: number; output: string; report: string }> {
  const child = spawn(process.execPath, [DOCTOR], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let [output, report] = ['', '']
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()))
  child.stdout.on('data', (text: Buffer) => (report += text.toString()))
  const [status] = (await once(child, 'close')) as [number]
  return { status, output, report: report.trim() }
}

function environmentFor(webhookUrl: string): Record<string, string> {
  const { livechat, configuration } = stage().sandbox
  return {
    LIVECHAT_CLIENT_ID: configuration.clientId,
    LIVECHAT_ORGANIZATION_ID: configuration.organizationId,
    LIVECHAT_WEBHOOK_SECRET: configuration.webhookSecret,
    LIVECHAT_AGENT_TOKEN: configuration.agentToken,
    LIVECHAT_GROUP_ID: String(configuration.groupId),
    LIVECHAT_WEBHOOK_URL: webhookUrl,
    LIVECHAT_API_URL: livechat.url,
    LIVECHAT_ACCOUNTS_URL: livechat.url,
    NO_PROXY: '127.0.0.1',
  }
}

test('the doctor prints the report of checkSetup and ends with 0', async () => {
  const bot = stage().newBot()
  await bot.register()
  const { status, output, report } = await doctor(environmentFor(bot.webhookUrl))
  expect(report).toBe((await reportOf(bot)).report)
  expect(output).toContain('Asking LiveChat')
  expect(status).toBe(0)
})

test('the doctor ends with 1 when something is wrong, and shows no secret', async () => {
  const bot = stage().newBot()
  const agentToken = Buffer.from('d2a7b1c4-6e3f-4b58-9a0c-1f2e3d4c5b6a:dal:revoked').toString('base64')
  const { status, output } = await doctor({
    ...environmentFor(bot.webhookUrl),
    LIVECHAT_WEBHOOK_SECRET: 'hunter2',
    LIVECHAT_AGENT_TOKEN: agentToken,
  })
  expect(status).toBe(1)
  expect(output).toContain('✗ Agent token')
  for (const secret of ['hunter2', agentToken, 'dal:revoked']) expect(output).not.toContain(secret)
})

test('settings that were never saved can be right: the doctor says that saving registers the webhooks', async () => {
  const { status, report } = await doctor(environmentFor(stage().newBot().webhookUrl))
  expect(status).toBe(0)
  expect(report).toContain(NOTES.webhooksNotYet)
  expect(report).not.toMatch(/✗|[Ss]ave again/)
})

test('while LiveChat does not answer, the doctor does not ask to save again', async () => {
  stage().sandbox.livechat.faults.add({ operation: '*', kind: 'refuse', times: Infinity })
  const { status, report } = await doctor(environmentFor(stage().newBot().webhookUrl))
  expect(status).toBe(1)
  expect(report).toContain('LiveChat did not answer')
  expect(report).not.toMatch(/[Ss]ave again/)
}, 30_000)

test("the doctor tries itself on the sandbox's LiveChat, also with a setting that is wrong", async () => {
  const run = promisify(execFile)
  const sandboxed = (env: Record<string, string>) =>
    run(process.execPath, ['doctor.mjs', '--sandbox'], { env: { PATH: process.env['PATH'], ...env } })
  const right = await sandboxed({})
  expect(right.stdout).toContain('LIVECHAT_GROUP_ID=7')
  expect(right.stdout).toContain('A handoff can work with these settings.')
  await expect(sandboxed({ LIVECHAT_GROUP_ID: '99' })).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('LiveChat has no group 99.') as string,
  })
}, 60_000)

test('the doctor names what it needs when nobody can be asked', async () => {
  const { status, output } = await doctor({ LIVECHAT_CLIENT_ID: 'x', LIVECHAT_GROUP_ID: ' ' })
  expect(output).toContain('LIVECHAT_GROUP_ID')
  expect(status).toBe(1)
  expect(output).toContain('LIVECHAT_AGENT_TOKEN')
  expect(output).not.toContain('LIVECHAT_CLIENT_ID')
})
