import type { Pool } from '../host/pool'
import type { Sandbox } from '../sandbox'

type Parts = Pick<Sandbox, 'pool'>

/** Kills one process in the middle of whatever it does; another takes its place. */
export async function killProcess(parts: Parts, number: number): Promise<void> {
  const pool = poolOf(parts)
  if (!pool.processes.some((process) => process.number === number))
    throw new Error(`Process ${number} is gone already.`)
  await pool.kill(number)
}

/** Keeps so many processes ready; those that are too many end between two requests. */
export async function keepProcesses(parts: Parts, count: number): Promise<void> {
  const pool = poolOf(parts)
  pool.options.size = count
  const surplus = pool.processes.slice(0, Math.max(0, pool.processes.length - count))
  await Promise.all(surplus.map(({ number }) => pool.recycle(number)))
  await pool.ready()
}

function poolOf({ pool }: Parts): Pool {
  if (!pool) throw new Error('One process serves this sandbox and always runs. Start it with npm start to see a pool.')
  return pool
}
