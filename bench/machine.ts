import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'

/** Where and when figures were made; `busy` is what others had the machine do in the minute before. */
export type Machine = { date: string; cpu: string; cores: number; memoryGb: number; node: string; busy: number }

export function thisMachine(): Machine {
  return {
    date: new Date().toISOString().slice(0, 16).replace('T', ' ') + ' UTC',
    cpu: cpus()[0]?.model.trim() || 'unknown processor',
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.version,
    busy: Number((loadavg()[0] ?? 0).toFixed(1)),
  }
}

export function describeMachine({ date, cpu, cores, memoryGb, node, busy }: Machine): string {
  const at = `${date}, ${cores} cores of ${cpu}, ${memoryGb} GB, Node ${node}`
  const crowded = busy > cores / 2 ? ` The machine was busy with other work (load ${busy}): times say little.` : ''
  return at + crowded
}
