import { createHash } from 'node:crypto'
import { fits, type Fault } from '../http/faults'
import { ApiError } from './api-error'
import type { Chance } from './chance'
import type { ConflictKind, Settings } from './settings'

type Write = { operation: string; method: string; path: string; body: string }

/** Writes that the platform refuses once, as `settings.conflicts` says. The same request passes the next time. */
export class Conflicts {
  private readonly refused = new Set<string>()

  constructor(
    private readonly settings: Settings,
    private readonly chance: Chance,
  ) {}

  /** How that write is refused, if it is. */
  take(write: Write): Fault | undefined {
    const { operation, rate, kinds } = this.settings.conflicts
    if (write.method === 'GET' || rate <= 0 || !fits(operation, write.operation)) return undefined
    const key = keyOf(write)
    if (this.refused.delete(key) || this.chance.next() >= rate) return undefined
    this.refused.add(key)
    const kind = kinds[Math.floor(this.chance.next() * kinds.length)]
    return kind && conflict(write.operation, kind)
  }

  clear(): void {
    this.refused.clear()
  }
}

/** A fault that refuses the next call of an operation with 409, or with the 503 of a gateway. */
export function conflict(operation: string, kind: ConflictKind): Fault {
  if (kind === 'Unavailable') return { operation, kind: 'answer', status: 503, body: '<h1>Service Unavailable</h1>' }
  const error = new ApiError(kind, `${operation} met another write`)
  return { operation, kind: 'answer', status: error.status, body: error.toBody() }
}

const keyOf = ({ method, path, body }: Write) => createHash('sha256').update(`${method} ${path} ${body}`).digest('hex')
