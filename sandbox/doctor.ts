// `npm run doctor -- --sandbox`: starts the emulated LiveChat alone, and has the doctor check its settings.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { configurationFor } from './environment'
import { startLiveChat } from './livechat'

/** The emulated app allows this address; nothing calls it. */
const WEBHOOK_URL = 'https://webhook.botpress.cloud/sandbox'

async function main(bundle: string): Promise<number> {
  const livechat = await startLiveChat({ redirectUris: ['https://webhook.botpress.cloud'] })
  const { clientId, organizationId, webhookSecret, agentToken, groupId } = configurationFor(livechat, {
    token: 'full',
    changes: {},
  })
  const settings = {
    LIVECHAT_CLIENT_ID: clientId,
    LIVECHAT_ORGANIZATION_ID: organizationId,
    LIVECHAT_WEBHOOK_SECRET: webhookSecret,
    LIVECHAT_AGENT_TOKEN: agentToken,
    LIVECHAT_GROUP_ID: String(groupId),
    LIVECHAT_WEBHOOK_URL: WEBHOOK_URL,
  }
  const given = Object.fromEntries(Object.keys(settings).flatMap((name) => pair(name, process.env[name])))
  const used = { ...settings, ...given }
  console.log(introduction(used))
  const servers = { LIVECHAT_API_URL: livechat.url, LIVECHAT_ACCOUNTS_URL: livechat.url, NO_PROXY: '127.0.0.1' }
  const doctor = spawn(process.execPath, [bundle], { env: { ...process.env, ...used, ...servers }, stdio: 'inherit' })
  const [status] = (await once(doctor, 'exit')) as [number | null]
  await livechat.close()
  return status ?? 1
}

const pair = (name: string, value: string | undefined): [string, string][] => (value ? [[name, value]] : [])

/** None of these is a secret: they open nothing but the emulator in this process. */
function introduction(settings: Record<string, string>): string {
  const lines = Object.entries(settings).map(([name, value]) => `  ${name}=${value}`)
  return [
    "The doctor checks these settings of the sandbox's LiveChat. Set a variable to see what a wrong value gives,",
    'for example: LIVECHAT_GROUP_ID=99 npm run doctor -- --sandbox',
    '',
    ...lines,
    '',
  ].join('\n')
}

main(process.argv[2] ?? 'dist/doctor.cjs').then(
  (status) => {
    process.exitCode = status
  },
  (problem: unknown) => {
    console.error(problem instanceof Error ? problem.message : String(problem))
    process.exitCode = 1
  },
)
