import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError } from '../api-error'
import type { Tags } from '../objects'
import { ownerOf, type Caller, type Platform } from '../platform'
import type { Row } from '../store'

type Tagged = { id: string; createdAt: string; updatedAt: string; tags: Tags }

/** The row of that id, or `ResourceNotFound`: unknown ids and objects the caller may not see are answered alike. */
export function find<T>(platform: Platform, caller: Caller, rows: Map<string, Row<T>>, id: string, what: string) {
  const row = rows.get(id)
  if (!row || !sees(platform, caller, row)) throw new ApiError('ResourceNotFound', `${what} ${id} does not exist`)
  return row
}

export function sees(platform: Platform, caller: Caller, row: Row<unknown>): boolean {
  if (row.botId !== caller.installed.botId) return false
  if (caller.alias === undefined || platform.settings.integrationSees === 'everything') return true
  return row.owner === caller.alias
}

export function newRow<T>(caller: Caller, object: T, owner = ownerOf(caller)): Row<T> {
  return { botId: caller.installed.botId, owner, storedAtMs: Date.now(), object }
}

/** All pairs must match, and the object must be old enough to be in the index. */
export function hasTags(platform: Platform, row: Row<{ tags: Tags }>, tags: Tags): boolean {
  if (Date.now() < row.storedAtMs + platform.settings.tagLookupLagMs) return false
  return Object.entries(tags).every(([name, value]) => row.object.tags[name] === value)
}

export type PageQuery = {
  nextToken?: string | undefined
  afterDate?: string | undefined
  beforeDate?: string | undefined
  rangeField?: 'createdAt' | 'updatedAt' | undefined
  sortField?: 'createdAt' | 'updatedAt' | undefined
  sortDirection?: 'asc' | 'desc' | undefined
}

/** One page, newest first unless asked otherwise. The token names the last object of the page before. */
export function pageOf<T extends { id: string; createdAt: string; updatedAt?: string }>(
  platform: Platform,
  objects: T[],
  query: PageQuery,
): { objects: T[]; meta: { nextToken?: string } } {
  const sorted = sort(objects.filter(within(query)), query)
  const start = query.nextToken ? sorted.findIndex((object) => tokenFor(object.id) === query.nextToken) + 1 : 0
  if (query.nextToken && start === 0) throw new ApiError('InvalidQuery', 'nextToken is not known')
  const end = start + platform.settings.pageSize
  const found = sorted.slice(start, end)
  const last = found.at(-1)
  return { objects: found, meta: last && end < sorted.length ? { nextToken: tokenFor(last.id) } : {} }
}

const tokenFor = (id: string) => Buffer.from(id).toString('base64url')

function within({ afterDate, beforeDate, rangeField = 'createdAt' }: PageQuery) {
  return (object: { createdAt: string; updatedAt?: string }) => {
    const at = Date.parse(object[rangeField] ?? object.createdAt)
    return (!afterDate || at > Date.parse(afterDate)) && (!beforeDate || at < Date.parse(beforeDate))
  }
}

/** Objects come in order of creation; a stable sort keeps that order within one millisecond. */
function sort<T extends { createdAt: string; updatedAt?: string }>(objects: T[], query: PageQuery): T[] {
  const { sortField = 'createdAt', sortDirection = 'desc' } = query
  const at = (object: T) => object[sortField] ?? object.createdAt
  const ascending = [...objects].sort((a, b) => at(a).localeCompare(at(b)))
  return sortDirection === 'asc' ? ascending : ascending.reverse()
}

type GetOrCreate<T extends Tagged> = {
  rows: Map<string, Row<T>>
  /** Kept names. */
  tags: Tags
  /** Kept names; absent: all tags count. */
  discriminateByTags?: string[] | undefined
  fits(object: T): boolean
  update(row: Row<T>): void
  create(): Row<T>
}

/** Long enough for another call to look as well before this one creates. */
const RACE_WINDOW_MS = 20

/** Where getting or creating is not atomic, two calls at once both find nothing. */
export async function leaveRoomForRace({ settings }: Platform): Promise<void> {
  if (!settings.getOrCreateAtomic) await sleep(RACE_WINDOW_MS)
}

/** Finds by the discriminating tags or creates; the switches decide what the documents leave open. */
export async function getOrCreate<T extends Tagged>(platform: Platform, caller: Caller, wanted: GetOrCreate<T>) {
  const { settings } = platform
  const found = findByTags(platform, caller, wanted)
  if (found && settings.getOrCreateUpdates) wanted.update(found)
  if (!found) await leaveRoomForRace(platform)
  const row = found ?? wanted.create()
  return { row, created: !found, meta: settings.sendsCreated ? { meta: { created: !found } } : {} }
}

function findByTags<T extends Tagged>(platform: Platform, caller: Caller, wanted: GetOrCreate<T>): Row<T> | undefined {
  const { tags, discriminateByTags } = wanted
  const missing = discriminateByTags?.filter((name) => tags[name] === undefined) ?? []
  if (missing.length > 0) throw new ApiError('InvalidPayload', `discriminateByTags not in tags: ${missing.join(', ')}`)
  const compared = Object.entries(tags).filter(([name]) => discriminateByTags?.includes(name) ?? true)
  if (compared.length === 0) throw new ApiError('InvalidPayload', 'get-or-create needs at least one tag to compare')
  const exact = platform.settings.exactTags && !discriminateByTags
  return [...wanted.rows.values()].find(
    (row) =>
      sees(platform, caller, row) &&
      row.owner === ownerOf(caller) &&
      wanted.fits(row.object) &&
      hasTags(platform, row, Object.fromEntries(compared)) &&
      (!exact || Object.keys(row.object.tags).length === compared.length),
  )
}
