import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Machine } from './machine'
import { plot } from './print/plot'
import type { Table } from './print/table'
import type { FlowResult } from './tables/flows'

const JSON_COPY = 'bench/results/latest.json'
const PLOT = 'docs/images/bench.svg'

type Kept = Record<string, { machine: Machine; data: unknown }>

/** Keeps what the tables found, each under its key beside those of earlier runs, and draws the plot anew. */
export function keep(tables: readonly Table[], machine: Machine): string[] {
  const kept = existsSync(JSON_COPY) ? (JSON.parse(readFileSync(JSON_COPY, 'utf8')) as Kept) : {}
  for (const { key, data } of tables) kept[key] = { machine, data }
  write(JSON_COPY, toJson(kept))
  const flows = kept['flows']
  if (!flows) return [JSON_COPY]
  write(PLOT, plot(flows.data as FlowResult[]))
  return [JSON_COPY, PLOT]
}

/** What holds no further lists or objects stands on one line; a thousandth of a millisecond or a call says nothing. */
function toJson(kept: Kept): string {
  const rounded = (_key: string, value: unknown) => (typeof value === 'number' ? Number(value.toFixed(3)) : value)
  const innermost = /\{[^{}[\]]*\}|\[[^{}[\]]*\]/g
  const text = JSON.stringify(kept, rounded, 2).replace(innermost, (part) => part.replace(/\s+/g, ' '))
  return `${text}\n`
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}
