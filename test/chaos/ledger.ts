import type { Agent, Window } from './story'

/** Times are milliseconds since 1970. */
export type AgentSaid = {
  word: string
  agent: Agent
  threadId: string
  eventId: string
  at: number
  isNote: boolean
}
type CustomerSaid = { word: string; window: Window; at: number }
/** `refusal`: what the bot's flow got. `activeAt`: both sides of the plugin were active. */
export type Asked = {
  window: Window
  at: number
  activeAt?: number
  endedAt?: number
  refusal?: string
  timeoutSeconds?: number
}
/** The bot's side ends a handoff: by `/end`, by the bot, or by the plugin's time limit. */
type OwnEnd = { window: Window; at: number; by: 'end command' | 'bot' | 'timeout' }
type Closed = { threadId: string; at: number }
/** An agent was in a thread; `to` is absent while they are. */
export type Stay = { agent: Agent; threadId: string; from: number; to?: number }

/** What happened in a session, as people and the plugin did it. */
export class Ledger {
  readonly agentsSaid: AgentSaid[] = []
  readonly customerSaid: CustomerSaid[] = []
  readonly asked: Asked[] = []
  readonly ownEnds: OwnEnd[] = []
  /** Threads that an agent or LiveChat's router closed. */
  readonly closed: Closed[] = []
  /** Threads that an agent opened. */
  readonly reopened: string[] = []
  readonly stays: Stay[] = []
  /** What was done and what was left out, in the order of the story. */
  readonly log: { at: number; text: string }[] = []
  /** Threads whose times were moved back, and by how many milliseconds. */
  readonly aged = new Map<string, number>()

  note(text: string): void {
    this.log.push({ at: Date.now(), text })
  }

  /** Notes who is in a thread now. */
  present(threadId: string, agents: readonly Agent[]): void {
    const at = Date.now()
    const staying = this.stays.filter((stay) => stay.threadId === threadId && stay.to === undefined)
    for (const stay of staying) if (!agents.includes(stay.agent)) stay.to = at
    for (const agent of agents) {
      if (!staying.some((stay) => stay.agent === agent)) this.stays.push({ agent, threadId, from: at })
    }
  }
}
