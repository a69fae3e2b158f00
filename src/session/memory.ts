import type { Clock } from '../clock'
import { Cache } from './cache'
import type { Choice } from '../translate/choices'
import type { AgentUser, CustomerIdentity } from './identities'
import type { Session } from './session'
import { Turns } from './turns'
import type { Setup, WarmProbe } from '../setup-state'

const MINUTE = 60_000

/** Warm copies of one installation. Losing them at any time changes nothing but the number of calls. */
export type Memory = ReturnType<typeof createMemory>

export function createMemory(clock: Clock) {
  const cache = <Value>(maxEntries: number, ttlMs: number) => new Cache<Value>({ maxEntries, ttlMs }, clock)
  return {
    /** By chat and thread; `readAt` tells how old the changing parts are. */
    sessions: cache<{ session: Session; readAt: number }>(5000, 30 * MINUTE),
    /** By Botpress user. */
    customers: cache<CustomerIdentity>(5000, 60 * MINUTE),
    /** Tokens that the next write of their customer stores too, by Botpress user. */
    unsavedTokens: cache<Partial<CustomerIdentity>>(1000, 5 * MINUTE),
    /** Tokens that LiveChat refused when they were quite new, by Botpress user. */
    refusedTokens: cache<string>(1000, MINUTE),
    /** By LiveChat agent. */
    agents: cache<AgentUser>(500, 30 * MINUTE),
    /** Names of other people in a group conversation, by Botpress user. */
    names: cache<string>(500, 30 * MINUTE),
    /** By conversation: the buttons behind its open choice. */
    choices: cache<{ eventId: string; choices: Choice[] }>(1000, 30 * MINUTE),
    /** `updatedAt` of conversations as they were when we opened them, by conversation. */
    openedAt: cache<number>(5000, 2 * MINUTE),
    /** Conversations of which it is proved that the plugin listens. */
    active: cache<true>(5000, 2 * MINUTE),
    /** Botpress messages that were sent, by message. */
    sent: cache<true>(5000, 5 * MINUTE),
    /** Botpress messages that LiveChat may have in part, since sending them failed, by message. */
    halfSent: cache<true>(1000, 5 * MINUTE),
    /** Events `hitlAssigned` that the bot may not have processed yet, by conversation. */
    assignments: cache<string>(1000, 10_000),
    /** Agents whom the bot was told of, by conversation. */
    toldOf: cache<string>(5000, 30 * MINUTE),
    /** Threads in which an agent was announced within the time that LiveChat repeats a delivery. */
    announcedLately: cache<true>(5000, MINUTE),
    /** Threads whose end the bot was told of. */
    reportedEnds: cache<true>(5000, 30 * MINUTE),
    /** Threads whose agent was told that the customer is with the bot. */
    notedThreads: cache<true>(1000, 60 * MINUTE),
    /** Chats marked as seen lately, by chat. */
    seenLately: cache<true>(5000, 5000),
    /** Users being created, by what they are told apart by: equal requests at once are one. */
    usersInCreation: new Map<string, Promise<string>>(),
    /** Tokens being renewed, by Botpress user. */
    renewals: new Map<string, Promise<CustomerIdentity>>(),
    /** What LiveChat tells, one at a time for each chat. Taken inside of `outgoing` where both are needed, never around. */
    turns: new Turns(),
    /** Messages to the agent, one at a time for each chat: a slow file of the customer must not hold back the agent. */
    outgoing: new Turns(),
    /** One start at a time for each Botpress user. */
    starts: new Turns(),
    /** Saves and removals of the set-up, one at a time. */
    setups: new Turns(),
    /** Whether a group has people, by group. */
    peopleInGroups: cache<'yes' | 'no' | 'unknown'>(100, 10 * MINUTE),
    /** The customer that settings are verified with. */
    probe: {} as WarmProbe,
    /** The stored set-up, for the webhook door; one entry. */
    storedSetup: cache<Promise<Setup>>(1, MINUTE),
    /** The region that LiveChat asked for, by the region that the token names. */
    regions: new Map<string, string>(),
    /** Whether LiveChat's notice of the end of its API version was logged. */
    notices: { isLogged: false },
  }
}
