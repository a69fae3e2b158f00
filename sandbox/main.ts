// `npm start`: both platforms, the integration between them, and the page that shows it all.
import { startSandbox, type Sandbox } from './sandbox'
import { LAMP_SHOP, LAMP_SHOP_SETTINGS } from './web/bot-script'
import { servePage, type PageServer } from './web/server'

const FIRST_PORT = 4173
const PORTS_TRIED = 20

async function main(): Promise<void> {
  const asked = askedPort()
  const sandbox = await startSandbox({ bot: LAMP_SHOP, processes: 'pool', configuration: LAMP_SHOP_SETTINGS })
  const page = await (asked === undefined ? serveOnFreePort(sandbox) : serveOn(asked, sandbox)).catch(
    async (problem: unknown) => {
      await sandbox.close()
      throw problem
    },
  )
  const endReports = reportKills(sandbox)
  const stop = () => {
    endReports()
    void Promise.all([page.close(), sandbox.close()]).then(() => process.exit(0))
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stop)
  // In one piece, and last: whoever reads the address may use it, or stop us, at once.
  console.log(greeting(page))
}

function greeting({ url }: PageServer): string {
  return `
  The sandbox is ready: play the customer and the agent at ${url}
  Ctrl-C stops it.
  "npm run doctor -- --sandbox" shows how its settings are verified.
`
}

/** Says in the terminal that a process has died. Returns how to stop: at the end they all do. */
function reportKills({ pool }: Sandbox): () => void {
  const stop = pool?.log.subscribe(({ kind, process: number }) => {
    if (kind === 'killed') console.log(`  Process ${number} of the integration was killed. Another takes its place.`)
  })
  return () => stop?.()
}

/** The port that `PORT` names, if any. Throws a sentence when it names none. */
function askedPort(): number | undefined {
  const asked = process.env['PORT']
  if (!asked) return undefined
  if (/^\d{1,5}$/.test(asked) && Number(asked) <= 65_535) return Number(asked)
  throw new Error(`PORT is "${asked}": name a number from 0 to 65535.`)
}

async function serveOnFreePort(started: Sandbox): Promise<PageServer> {
  for (let port = FIRST_PORT; port < FIRST_PORT + PORTS_TRIED; port++) {
    try {
      return await servePage(started, port)
    } catch (problem) {
      if (!isTaken(problem)) throw problem
    }
  }
  throw new Error(`Ports ${FIRST_PORT} to ${FIRST_PORT + PORTS_TRIED - 1} are taken. Name another: PORT=8080 npm start`)
}

function serveOn(port: number, started: Sandbox): Promise<PageServer> {
  return servePage(started, port).catch((problem: unknown) => {
    throw isTaken(problem) ? new Error(`Port ${port} is taken. Name another: PORT=8080 npm start`) : problem
  })
}

function isTaken(problem: unknown): boolean {
  return problem instanceof Error && 'code' in problem && problem.code === 'EADDRINUSE'
}

main().catch((problem: unknown) => {
  console.error(`\n  The sandbox could not start.\n  ${problem instanceof Error ? problem.message : String(problem)}\n`)
  process.exit(1)
})
