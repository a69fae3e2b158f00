import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError } from '../api-error'
import type { Tags } from '../objects'
import { ownerOf, type Caller, type Platform } from '../platform'
import { tagsForLookup, type Row } from '../store'

type Tagged = { id: string; createdAt: string; updatedAt: string; tags: Tags }

/** The row of that id, or `ResourceNotFound`: unknown ids and objects the caller may not see are answered alike. */
export function find<T>(platform: Platform, caller: Caller, rows: Map<string, Row<T>>, id: string, what: string) {
  return rowOf(platform, caller, rows, id) ?? missing('ResourceNotFound', what, id)
}

/** The row of an id that the body of a request names, or `ReferenceNotFound`. */
export function findNamed<T>(platform: Platform, caller: Caller, rows: Map<string, Row<T>>, id: string, what: string) {
  return rowOf(platform, caller, rows, id) ?? missing('ReferenceNotFound', what, id)
}

function rowOf<T>(platform: Platform, caller: Caller, rows: Map<string, Row<T>>, id: string): Row<T> | undefined {
  const row = rows.get(id)
  return row && sees(platform, caller, row) ? row : undefined
}

function missing(type: 'ResourceNotFound' | 'ReferenceNotFound', what: string, id: string): never {
  throw new ApiError(type, `${what} ${id} does not exist`)
}

export function sees(platform: Platform, caller: Caller, row: Row<unknown>): boolean {
  if (row.botId !== caller.installed.botId) return false
  if (caller.alias === undefined || platform.settings.integrationSees === 'everything') return true
  return row.owner === caller.alias
}

export function newRow<T extends object>(caller: Caller, object: T, owner = ownerOf(caller)): Row<T> {
  const taggings = 'tags' in object ? [{ atMs: Date.now(), tags: object.tags as Tags }] : []
  return { botId: caller.installed.botId, owner, taggings, object }
}

/** All pairs must match, as far as lookups know the tags. Without any pair nothing needs to be looked up. */
export function hasTags(platform: Platform, row: Row<{ tags: Tags }>, tags: Tags): boolean {
  const wanted = Object.entries(tags)
  if (wanted.length === 0) return true
  const known = tagsForLookup(row, platform.settings.tagLookupLagMs)
  return known !== undefined && wanted.every(([name, value]) => known[name] === value)
}

type PageQuery = {
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

/** Both dates are inclusive. */
function within({ afterDate, beforeDate, rangeField = 'createdAt' }: PageQuery) {
  return (object: { createdAt: string; updatedAt?: string }) => {
    const at = Date.parse(object[rangeField] ?? object.createdAt)
    return (!afterDate || at >= Date.parse(afterDate)) && (!beforeDate || at <= Date.parse(beforeDate))
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

/** Where getting and writing is not one step, two calls at once both find nothing. */
export async function leaveRoomForRace(isAtomic: boolean, raceWindowMs: number): Promise<void> {
  if (!isAtomic) await sleep(raceWindowMs)
}

/** Finds by the discriminating tags or creates; the switches decide what the documents leave open. */
export async function getOrCreate<T extends Tagged>(platform: Platform, caller: Caller, wanted: GetOrCreate<T>) {
  const { settings } = platform
  const found = findByTags(platform, caller, wanted)
  if (found && settings.getOrCreateUpdates) wanted.update(found)
  if (!found) await leaveRoomForRace(settings.getOrCreateAtomic, settings.raceWindowMs)
  const row = found ?? wanted.create()
  return { row, created: !found, meta: settings.sendsCreated ? { meta: { created: !found } } : {} }
}

function findByTags<T extends Tagged>(platform: Platform, caller: Caller, wanted: GetOrCreate<T>): Row<T> | undefined {
  const { tags, discriminateByTags } = wanted
  const absent = discriminateByTags?.filter((name) => tags[name] === undefined) ?? []
  if (absent.length > 0) throw new ApiError('InvalidPayload', `discriminateByTags not in tags: ${absent.join(', ')}`)
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
