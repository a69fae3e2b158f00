// A process that does nothing but run the `handler` of one bundle, so that what the process uses is what the handler uses.
// Usage: forked with the bundle's path; takes orders as messages and answers each with what it cost.
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import { Session } from 'node:inspector/promises'
import { processMetrics } from '../../sandbox/host/metrics'
import type { Handler } from './requests'
import { doWork, type Work } from './work'

/** `profile`: path of a CPU profile to be written. */
export type Order = { work: Work; profile?: string }
export type Cost = { cpuMs: number; wallMs: number; heapBytes: number; connections: number } | { failed: string }

const { handler } = createRequire(import.meta.url)(resolve(process.argv[2] ?? '')) as { handler: Handler }
const metrics = processMetrics()
const say = console.log
for (const level of ['log', 'info', 'warn', 'debug'] as const) console[level] = () => undefined // the log is not the work

process.on('message', (order: Order) => {
  void carryOut(order).then((cost) => process.send?.(cost))
})
say('ready')

async function carryOut({ work, profile }: Order): Promise<Cost> {
  try {
    metrics()
    const startedAt = performance.now()
    await (profile ? profiled(profile, () => doWork(handler, work)) : doWork(handler, work))
    const wallMs = performance.now() - startedAt
    const { cpuMs, heapBytes, connections } = metrics()
    return { cpuMs, wallMs, heapBytes, connections: Object.values(connections).reduce((sum, each) => sum + each, 0) }
  } catch (error) {
    return { failed: String(error) }
  }
}

async function profiled(path: string, work: () => Promise<void>): Promise<void> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.setSamplingInterval', { interval: 200 })
  await session.post('Profiler.start')
  await work()
  const { profile } = await session.post('Profiler.stop')
  writeFileSync(path, JSON.stringify(profile))
  session.disconnect()
}
