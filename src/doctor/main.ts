// `npm run doctor`: the report of the action checkSetup, on a terminal. Exit status 0 when a handoff can work, else 1.
import { systemClock } from '../clock'
import { renderReport } from '../setup/render-report'
import { examine } from './examine'
import { collectAnswers } from './questions'
import { askAtTerminal } from './terminal'

const { env, stderr, stdin } = process

/** How often a dot shows that the doctor still waits, in milliseconds. */
const DOT_EVERY_MS = 500

async function main(): Promise<number> {
  const answers = await collectAnswers(env, stdin.isTTY ? askAtTerminal : undefined)
  const servers = {
    apiUrl: env['LIVECHAT_API_URL'] || undefined,
    accountsUrl: env['LIVECHAT_ACCOUNTS_URL'] || undefined,
  }
  const report = await whileWaiting(examine(answers, servers, systemClock))
  console.log(renderReport(report))
  return report.ok ? 0 : 1
}

/** On stderr, so that the report can be piped. */
async function whileWaiting<T>(work: Promise<T>): Promise<T> {
  stderr.write('Asking LiveChat, up to 20 seconds ')
  const dots = setInterval(() => stderr.write('.'), DOT_EVERY_MS)
  try {
    return await work
  } finally {
    clearInterval(dots)
    stderr.write('\n\n')
  }
}

main().then(
  (status) => {
    process.exitCode = status
  },
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : 'The doctor failed')
    process.exitCode = 1
  },
)
