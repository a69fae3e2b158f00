// `npm run bench` prints what the integration costs and how fast it is, each figure with what it is judged by.
//   -- --only flows,cpu   these tables only: flows session bundle cpu growth load connections soak pool
//   -- --keep             writes the figures to bench/results/latest.json and draws docs/images/bench.svg
//   -- --soak             the soak too, some minutes
//   -- --pool            the pool alone, some minutes; --handoffs 129 plays so many whole ones
//   -- --profile          where the processor time of an agent's text goes, and nothing else
import { describeMachine, thisMachine } from './machine'
import { format, type Table } from './print/table'
import { profileTable } from './profile'
import { keep } from './results'
import { bundleTable } from './tables/bundle'
import { connectionsTable } from './tables/connections'
import { cpuTable } from './tables/cpu'
import { flowsTable } from './tables/flows'
import { growthTable } from './tables/growth'
import { loadTable } from './tables/load'
import { poolTable } from './tables/pool'
import { sessionTable } from './tables/session'
import { soakTable } from './tables/soak'

/** In the order of printing; the first are the most sensitive to what the others leave behind. */
const TABLES: Record<string, () => Promise<Table>> = {
  flows: flowsTable,
  session: sessionTable,
  bundle: bundleTable,
  cpu: cpuTable,
  growth: growthTable,
  load: loadTable,
  connections: connectionsTable,
  soak: soakTable,
  pool: () => poolTable(handoffs(process.argv)),
}

/** Tables that take minutes and are made only when they are named. */
const LONG = ['soak', 'pool']

async function main(args: readonly string[]): Promise<void> {
  const machine = thisMachine()
  console.log(`\n  ${describeMachine(machine)}\n`)
  if (args.includes('--profile')) return print(await profileTable())
  const tables: Table[] = []
  for (const name of chosen(args)) {
    const table = await TABLES[name]?.()
    if (!table) throw new Error(`there is no table "${name}"; there are ${Object.keys(TABLES).join(', ')}`)
    print(table)
    tables.push(table)
  }
  const over = tables.flatMap(({ rows }) => rows).filter(({ verdict }) => verdict === 'over')
  console.log(over.length === 0 ? '  Everything keeps its promise.' : `  Over what was promised: ${over.length}`)
  const seconds = Math.round(performance.now() / 1000)
  const where = args.includes('--keep')
    ? `Kept in ${keep(tables, machine).join(' and ')}.`
    : 'Only printed: --keep writes.'
  console.log(`  ${where} It took ${seconds} s.\n`)
}

function chosen(args: readonly string[]): string[] {
  const only = args[args.indexOf('--only') + 1]
  if (args.includes('--only') && only !== undefined) return only.split(',')
  if (args.includes('--pool')) return ['pool']
  return Object.keys(TABLES).filter((name) => !LONG.includes(name) || args.includes(`--${name}`))
}

function handoffs(args: readonly string[]): number | undefined {
  const given = args[args.indexOf('--handoffs') + 1]
  return args.includes('--handoffs') ? Number(given) : undefined
}

function print(table: Table): void {
  console.log(`${format(table)}\n`)
}

main(process.argv.slice(2)).catch((problem: unknown) => {
  console.error(problem)
  process.exitCode = 1
})
