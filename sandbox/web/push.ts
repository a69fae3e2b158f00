import type { Stage } from './stage'
import type { PushedEvent, WireRow } from './view'

/** Changes come in bursts; one message tells of all of them. */
const GATHER_MS = 30

type Listener = (event: PushedEvent) => void

/** Tells every open page what has changed since the last push. */
export class Push {
  private readonly pages = new Map<Listener, { view: string; rows: Map<string, string> }>()
  private readonly stops: (() => void)[]
  private timer: NodeJS.Timeout | undefined

  constructor(private readonly stage: Stage) {
    const { livechat, botpress, pool } = stage.sandbox
    const changed = () => this.changed()
    this.stops = [livechat.wire.subscribe(changed), botpress.wire.subscribe(changed), botpress.onChange(changed)]
    if (pool) this.stops.push(pool.log.subscribe(changed))
  }

  /** A page that opens gets everything at once. Returns how to stop. */
  open(listener: Listener): () => void {
    this.pages.set(listener, { view: '', rows: new Map() })
    this.changed()
    return () => void this.pages.delete(listener)
  }

  changed(): void {
    this.timer ??= setTimeout(() => this.tell(), GATHER_MS)
  }

  close(): void {
    clearTimeout(this.timer)
    for (const stop of this.stops) stop()
  }

  private tell(): void {
    this.timer = undefined
    if (this.pages.size === 0) return
    const view = this.stage.view()
    const shown = JSON.stringify(view)
    const rows = this.stage.rows().map((row) => ({ row, shown: JSON.stringify([row.done, row.status, row.process]) }))
    for (const [listener, told] of this.pages) {
      if (told.view !== shown) listener({ type: 'view', view })
      told.view = shown
      tellRows(listener, { rows, told: told.rows })
    }
  }
}

function tellRows(
  listener: Listener,
  { rows, told }: { rows: { row: WireRow; shown: string }[]; told: Map<string, string> },
): void {
  const present = new Set(rows.map(({ row }) => row.id))
  if ([...told.keys()].some((id) => !present.has(id))) {
    told.clear()
    listener({ type: 'cleared' })
  }
  const news = rows.filter(({ row, shown }) => told.get(row.id) !== shown)
  for (const { row, shown } of news) told.set(row.id, shown)
  if (news.length > 0) listener({ type: 'wire', rows: news.map(({ row }) => row) })
}
