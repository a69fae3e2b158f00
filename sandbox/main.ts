// `npm start`: both platforms, the integration between them, and the page that shows it all.
import { startSandbox, type Sandbox } from './sandbox'
import { LAMP_SHOP } from './web/bot-script'
import { servePage, type PageServer } from './web/server'

const FIRST_PORT = 4173
const PORTS_TRIED = 20

async function main(): Promise<void> {
  const sandbox = await startSandbox({ bot: LAMP_SHOP, processes: 'pool' })
  const page = await serveOnFreePort(sandbox).catch(async (problem: unknown) => {
    await sandbox.close()
    throw problem
  })
  const stop = () => void Promise.all([page.close(), sandbox.close()]).then(() => process.exit(0))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  // In one piece, and last: whoever reads the address may use it, or stop us, at once.
  console.log(greeting(sandbox, page))
}

function greeting(sandbox: Sandbox, page: PageServer): string {
  return `
  The sandbox is ready: play the customer and the agent at ${page.url}
  Ctrl-C stops it.

  Its settings, proved from another terminal; change one to see what is said:
  ${doctorCommand(sandbox)}
`
}

/** None of these is a secret: they open nothing but this process. */
function doctorCommand({ livechat, configuration, installation }: Sandbox): string {
  const { clientId, organizationId, webhookSecret, agentToken, groupId } = configuration
  const variables = {
    LIVECHAT_API_URL: livechat.url,
    LIVECHAT_ACCOUNTS_URL: livechat.url,
    LIVECHAT_CLIENT_ID: clientId,
    LIVECHAT_ORGANIZATION_ID: organizationId,
    LIVECHAT_WEBHOOK_SECRET: webhookSecret,
    LIVECHAT_AGENT_TOKEN: agentToken,
    LIVECHAT_GROUP_ID: String(groupId),
    LIVECHAT_WEBHOOK_URL: installation.webhookUrl,
  }
  const assignments = Object.entries(variables).map(([name, value]) => `${name}='${value}'`)
  return [...assignments, 'npm run doctor'].join(' ')
}

/** A port that was asked for is taken or refused; otherwise the next free one is good enough. */
async function serveOnFreePort(started: Sandbox): Promise<PageServer> {
  const asked = process.env['PORT']
  if (asked) return serveOn(asked, started)
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
    try {
      return await servePage(started, port)
    } catch (problem) {
      if (!isTaken(problem)) throw problem
    }
  }
  throw new Error(`Ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are taken. Name another: PORT=8080 npm start`)
}

async function serveOn(asked: string, started: Sandbox): Promise<PageServer> {
  const port = Number(asked)
  if (!/^\d{1,5}$/.test(asked) || port > 65_535) throw new Error(`PORT is "${asked}": name a number from 0 to 65535.`)
  return servePage(started, port).catch((problem: unknown) => {
    throw isTaken(problem) ? new Error(`Port ${asked} is taken. Name another: PORT=8080 npm start`) : problem
  })
}

function isTaken(problem: unknown): boolean {
  return problem instanceof Error && 'code' in problem && problem.code === 'EADDRINUSE'
}

main().catch((problem: unknown) => {
  console.error(`\n  The sandbox could not start.\n  ${problem instanceof Error ? problem.message : String(problem)}\n`)
  process.exit(1)
})
