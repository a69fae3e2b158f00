import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { expect, test } from 'vitest'
import { bundleOf, isAlive, usePools } from './use-pools'

const start = usePools()
const HANGS = 'exports.handler = () => new Promise(() => {})'

/** Processes that are about one of these: the guards that look on for frozen ones name them. */
function guardsOf(pids: readonly number[]): string[] {
  const lines = execFileSync('ps', ['-A', '-o', 'args'], { encoding: 'utf8' }).split('\n')
  return lines.filter((line) => line.startsWith('sh ') && pids.some((pid) => line.endsWith(` ${pid}`)))
}

test('a pool that was stopped leaves no process behind', async () => {
  const pool = await start('exports.handler = () => ({})')
  const pids = pool.processes.map(({ pid }) => pid)
  await fetch(pool.url)
  expect(guardsOf(pids)).toHaveLength(3)
  await pool.stop()
  expect(pids.filter(isAlive)).toEqual([])
  await expect.poll(() => guardsOf(pids)).toEqual([])
})

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'a pool whose parent ends by %s leaves no process behind, frozen or busy',
  async (signal) => {
    const parent = spawn(
      process.execPath,
      ['--import', 'tsx', 'test/emulators/host-pool-parent.ts', await bundleOf(HANGS)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const pids = await pidsOf(parent)
    expect(pids.filter(isAlive)).toHaveLength(3)
    parent.kill(signal)
    await expect.poll(() => [...pids.filter(isAlive), ...guardsOf(pids)], { timeout: 5_000 }).toEqual([])
  },
)

async function pidsOf({ stdout }: ChildProcess): Promise<number[]> {
  if (!stdout) throw new Error('its output is not read')
  const [line] = (await once(stdout, 'data')) as [Buffer]
  const [, pids = ''] = /^pool ([\d ]+)$/m.exec(String(line)) ?? []
  return pids.split(' ').map(Number)
}
