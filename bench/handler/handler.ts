import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Cost, Order } from './process'

/** What some work cost the process that ran the handler. `heapBytes`: in use afterwards. */
type Used = Exclude<Cost, { failed: string }>

/** The handler of a bundle in a process of its own. */
export type HandlerProcess = {
  /** Rejects when the handler refused something. */
  run(order: Order): Promise<Used>
  stop(): Promise<void>
}

/** Starts the process; both platforms are at `url`. */
export async function startHandler(bundle: string, url: string): Promise<HandlerProcess> {
  const child = fork(fileURLToPath(new URL('./process.ts', import.meta.url)), [bundle], {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...environment(url) },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const exited = once(child, 'exit')
  if (child.stdout) await once(child.stdout, 'data')
  child.stdout?.resume()
  return {
    async run(order) {
      child.send(order)
      const [cost] = (await once(child, 'message')) as [Cost]
      if ('failed' in cost) throw new Error(cost.failed)
      return cost
    },
    async stop() {
      child.disconnect()
      child.kill()
      await exited
    },
  }
}

function environment(url: string): Record<string, string> {
  const loopback = '127.0.0.1,localhost'
  const botpress = { BP_API_URL: url, BP_TOKEN: 'bench-token', BP_WEBHOOK_URL: url }
  return { ...botpress, LIVECHAT_API_URL: url, LIVECHAT_ACCOUNTS_URL: url, NO_PROXY: loopback, no_proxy: loopback }
}
