import { subscribe } from 'node:diagnostics_channel'
import type { Socket } from 'node:net'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

/** What the process has used since the last reading. */
export type Metrics = {
  /** Time of the processor, in milliseconds: all threads, user and system. */
  cpuMs: number
  /** In use after a collection, in bytes. */
  heapBytes: number
  /** How late the event loop came to its timers, in milliseconds. */
  loopDelayMs: { p50: number; p99: number; max: number }
  /** Connections that were opened, by the port they lead to. */
  connections: Record<string, number>
}

/** How often the event loop's delay is looked at, in milliseconds. */
const RESOLUTION_MS = 5

/** Measures the process it is called in, from the first reading on. */
export function processMetrics(): () => Metrics {
  const loop = monitorEventLoopDelay({ resolution: RESOLUTION_MS })
  loop.enable()
  const connections = countConnections()
  const collect = garbageCollector()
  let cpu = process.cpuUsage()
  return () => {
    const { user, system } = process.cpuUsage(cpu)
    const loopDelayMs = delays(loop)
    collect()
    const metrics = {
      cpuMs: (user + system) / 1000,
      heapBytes: process.memoryUsage().heapUsed,
      loopDelayMs,
      connections: connections.take(),
    }
    loop.reset()
    cpu = process.cpuUsage() // what the reading itself cost is nobody's
    return metrics
  }
}

function delays(loop: ReturnType<typeof monitorEventLoopDelay>): Metrics['loopDelayMs'] {
  // The histogram holds whole intervals between two looks: what is beyond the resolution is delay.
  const ms = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS)
  return { p50: ms(loop.percentile(50)), p99: ms(loop.percentile(99)), max: ms(loop.max) }
}

function countConnections() {
  let byPort: Record<string, number> = {}
  subscribe('net.client.socket', (message) => {
    const { socket } = message as { socket: Socket }
    socket.once('connect', () => {
      const port = String(socket.remotePort)
      byPort[port] = (byPort[port] ?? 0) + 1
    })
  })
  return {
    take: () => {
      const taken = byPort
      byPort = {}
      return taken
    },
  }
}

/** The engine's own collector, which scripts are not shown without this flag. */
function garbageCollector(): () => void {
  setFlagsFromString('--expose-gc')
  return runInNewContext('gc') as () => void
}
