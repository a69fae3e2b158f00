import type { Stage } from './stage'

/** One thing that the integration is asked to do, and what the design allows it to cost. */
export type Flow = {
  name: string
  /** Warm: the process has served this chat just before. Cold: it has served nothing. */
  temper: 'warm' | 'cold'
  budget: { calls: number; depth?: number }
  /** How the integration is asked, as the wire names it: `action/startHitl`. */
  asked: string
  /** Which call brings the words to whom they are for. */
  reaches?: string
  /** Sets the scene; what is returned sets the flow going. */
  prepare(stage: Stage): Promise<() => unknown>
}

/** The same flow twice: for a process that knows the chat, and for one that has just started. */
export function both(
  flow: Omit<Flow, 'temper' | 'budget'>,
  budgets: { warm: Flow['budget']; cold: Flow['budget'] },
): Flow[] {
  return (['warm', 'cold'] as const).map((temper) => ({ ...flow, temper, budget: budgets[temper] }))
}
