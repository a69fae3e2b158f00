import type { Clock } from '../clock'
import { KeyedMutex } from '../keyed-mutex'
import type { Group } from '../livechat/api'
import type { Setup, WarmProbe } from '../setup-state'
import type { WorkSchedule } from '../translate/opening-hours'
import type { ActivationMemory } from './activation'
import type { AgentsMemory } from './agents'
import { COPY_COUNTS_MS } from '../timing'
import { Cache } from './cache'
import type { ChoicesMemory } from './choices'
import type { CustomerAccessMemory } from './customer-access'
import type { CustomersMemory } from './customers'
import type { EventsMemory } from './events'
import type { PeopleMemory } from './people'
import type { SessionsMemory } from './sessions'

const MINUTE = 60_000

/** What the steps of a handoff remember between two calls. */
type HandoffMemory = {
  /** Botpress messages that were sent, by message. */
  sent: Cache<true>
  /** Botpress messages that LiveChat may have in part, since sending them failed, by message. */
  halfSent: Cache<true>
  /** Users made or found a moment ago, by address, with the name and picture they came with: tags find a new one later. */
  usersFoundLately: Cache<{ face: string; userId: Promise<string> }>
  /** Threads that no handoff of this bot opened, as of a moment ago: one may yet join a thread that an agent opened. */
  foreignThreads: Cache<true>
  /** Notes that agents have got, by kind and thread. */
  notes: Cache<true>
  /** Agents before whose words nothing is held back any more, by thread, agent and announcement. */
  lookedBack: Cache<true>
  /** Place of the newest event that this process has handled, by thread. */
  newestPlaces: Cache<number>
  /** The groups of LiveChat; one entry, empty when the token may not list them. */
  groups: Cache<readonly Group[]>
  /** Threads whose place in the queue was asked for lately. */
  placesAsked: Cache<true>
  /** Chats marked as seen lately, by chat. */
  seenLately: Cache<true>
  /** What LiveChat reports, one at a time for each chat. Taken inside of `toAgent` where both are needed, never around. */
  webhookLock: KeyedMutex
  /** Messages to the agent, one at a time for each chat: a slow file of the customer must not hold back the agent. */
  toAgentLock: KeyedMutex
  /** One start at a time for each Botpress user. */
  startLock: KeyedMutex
}

type SetupMemory = {
  /** Saves and removals of the set-up, one at a time. */
  setupLock: KeyedMutex
  /** Whether a group has people, by group. */
  peopleInGroups: Cache<'yes' | 'no' | 'unknown'>
  /** The schedules of the people of a group, by group; none when the token may not know them. */
  schedules: Cache<readonly WorkSchedule[]>
  /** The customer that settings are verified with. */
  probe: WarmProbe
  /** The stored set-up, for the webhook door; one entry. */
  storedSetup: Cache<Promise<Setup>>
  /** The region that LiveChat asked for, by the region that the token names. */
  regions: Map<string, string>
  /** Whether LiveChat's notice of the end of its API version was logged. */
  notices: { isLogged: boolean }
}

/** Warm copies of one installation. Losing them at any time changes nothing but the number of calls. */
export type Memory = ActivationMemory &
  AgentsMemory &
  ChoicesMemory &
  CustomerAccessMemory &
  CustomersMemory &
  EventsMemory &
  PeopleMemory &
  SessionsMemory &
  HandoffMemory &
  SetupMemory

/** What a door or a step may touch itself. The other copies belong to the classes that declare them. */
export type StepsMemory = HandoffMemory & SetupMemory

export function createMemory(clock: Clock): Memory {
  const cache = <Value>(maxEntries: number, ttlMs: number) => new Cache<Value>({ maxEntries, ttlMs }, clock)
  return {
    sessions: cache(5000, 30 * MINUTE),
    readLately: cache(5000, COPY_COUNTS_MS),
    openedAt: cache(5000, 2 * MINUTE),
    active: cache(5000, 2 * MINUTE),
    announcements: cache(1000, MINUTE),
    customers: cache(5000, 60 * MINUTE),
    renewals: new Map(),
    refusedTokens: cache(1000, MINUTE),
    agents: cache(500, 30 * MINUTE),
    names: cache(500, 30 * MINUTE),
    choices: cache(1000, 30 * MINUTE),
    sent: cache(5000, 5 * MINUTE),
    halfSent: cache(1000, 5 * MINUTE),
    foreignThreads: cache(5000, 10 * MINUTE),
    notes: cache(1000, 60 * MINUTE),
    lookedBack: cache(1000, MINUTE),
    newestPlaces: cache(1000, MINUTE),
    groups: cache(1, 10 * MINUTE),
    placesAsked: cache(5000, MINUTE),
    seenLately: cache(5000, 5000),
    usersFoundLately: cache(1000, 5000),
    webhookLock: new KeyedMutex(),
    toAgentLock: new KeyedMutex(),
    startLock: new KeyedMutex(),
    setupLock: new KeyedMutex(),
    peopleInGroups: cache(100, 10 * MINUTE),
    schedules: cache(100, 10 * MINUTE),
    probe: {},
    storedSetup: cache(1, MINUTE),
    regions: new Map(),
    notices: { isLogged: false },
  }
}
