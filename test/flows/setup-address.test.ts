import { expect, test } from 'vitest'
import { useSetupSandbox, WHOLE_SET } from './setup-sandbox'

// As under `bp dev`: Botpress names the address of a tunnel, and the redirect URI is made from the usual one.
const USUAL = 'https://webhook.test'
const stage = useSetupSandbox({ env: { BP_WEBHOOK_URL: USUAL } })

test('webhooks are registered, and looked for, at the address that Botpress names', async () => {
  const { sandbox, newBot, webhooksOf, logged } = stage()
  for (const app of sandbox.livechat.store.apps.values()) app.redirectUris = [USUAL]
  const bot = newBot()
  await bot.register()
  expect(webhooksOf(bot)).toHaveLength(WHOLE_SET)
  await expect.poll(logged).toContain('Botpress names another webhook address')
  expect(await bot.callAction('checkSetup', {})).toMatchObject({ ok: true, webhookUrl: bot.webhookUrl })
})
