import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { build } from 'esbuild'
import { beforeAll, expect, test } from 'vitest'
import type { SetupReport } from '../../src/setup/report'
import { setupStage } from './setup-stage'

const stage = setupStage()

type Report = SetupReport & { report: string }
type Status = Record<string, string>

const reportOf = async (bot: ReturnType<ReturnType<typeof stage>['newBot']>) =>
  (await bot.callAction('checkSetup', {})) as unknown as Report
const statuses = ({ settings }: Report): Status =>
  Object.fromEntries(settings.map(({ setting, status }) => [setting, status]))

test('an installation that works is told to work, with its group, scopes and webhooks', async () => {
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

test('the minimal token is told what each missing scope costs', async () => {
  const { sandbox, newBot } = stage()
  const bot = newBot({ agentToken: sandbox.livechat.credentials.minimalToken })
  await bot.register()
  const report = await reportOf(bot)
  expect(report.ok).toBe(true)
  expect(report.scopes.map(({ present }) => present)).toEqual([true, false, false, false, false])
  expect(report.report).toContain('webhooks.configuration:rw  missing; without it, three webhooks')
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
    finding: 'They could not be seen before Client ID and agent token are right.',
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

async function doctor(env: Record<string, string>): Promise<{ status: number; output: string }> {
  const child = spawn(process.execPath, [DOCTOR], {
    env: { PATH: process.env['PATH'], ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (output += text.toString()))
  const [status] = (await once(child, 'close')) as [number]
  return { status, output }
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
  const { status, output } = await doctor(environmentFor(bot.webhookUrl))
  expect(output.trim()).toBe((await reportOf(bot)).report)
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

test('the doctor names what it needs when nobody can be asked', async () => {
  const { status, output } = await doctor({ LIVECHAT_CLIENT_ID: 'x' })
  expect(status).toBe(1)
  expect(output).toContain('LIVECHAT_AGENT_TOKEN')
  expect(output).not.toContain('LIVECHAT_CLIENT_ID')
})
