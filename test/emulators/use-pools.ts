import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach } from 'vitest'
import { startPool, type Pool, type PoolOptions } from '../../sandbox/host/pool'

/** A bundle that stands for the integration's: `code` assigns `exports.handler`. */
export async function bundleOf(code: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'bundle-')), 'index.cjs')
  await writeFile(path, code)
  return path
}

const pools: Pool[] = []

/** Starts pools that end after each test of the file. */
export function usePools(): (code: string, options?: PoolOptions) => Promise<Pool> {
  afterEach(() => Promise.all(pools.splice(0).map((pool) => pool.stop())))
  return async (code, options) => {
    const pool = await startPool({ bundle: await bundleOf(code), env: { FAKE_ENV: 'given' } }, options)
    pools.push(pool)
    return pool
  }
}

/** Whether there is such a process. One that is stopped counts too. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
