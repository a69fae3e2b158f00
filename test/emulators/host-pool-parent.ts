// A process of its own with a pool in it, for the test of what is left when it is killed. Prints the pids of the pool.
// Arguments: <bundle>
import { startPool } from '../../sandbox/host/pool'

const [bundle = ''] = process.argv.slice(2)

startPool({ bundle, env: {} }, { size: 3 })
  .then(async (pool) => {
    // One is busy for ever, two are frozen.
    void fetch(pool.url).catch(() => undefined)
    await new Promise<void>((resolve) => {
      pool.log.subscribe(({ kind }) => kind === 'thawed' && resolve())
    })
    console.log(`pool ${pool.processes.map(({ pid }) => pid).join(' ')}`)
  })
  .catch((problem: unknown) => {
    console.error(problem)
    process.exit(1)
  })
