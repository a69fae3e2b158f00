import { ApiError } from '../world/errors'
import type { Settings } from '../world/settings'
import type { World } from '../world/world'

type RegionalCall = { operation: string; header: string | undefined; contentType: string; body: unknown }

/**
 * Refuses a call that another region has to answer, where `region.strict`. Whether it is refused or not, what it said of a
 * person has been there by then: that is noted in `store.misdirected`.
 */
export function checkRegion({ store, settings }: World, { operation, header, contentType, body }: RegionalCall): void {
  const { strict } = settings.region
  if (isRight(settings.region, header)) return
  const fields = /^multipart\//i.test(contentType) ? ['file'] : [...personalFields(body)]
  if (fields.length > 0) store.misdirected.push({ operation, region: header ?? 'dal', fields, refused: strict })
  if (!strict) return
  throw new ApiError('misdirected_request', 'Wrong region', { data: { region: rightHeader(settings.region) } })
}

/** The prefix of a token, without its colon. */
function suffixed({ name, suffix }: Settings['region']): string {
  return `${name}${suffix}`
}

/** What `misdirected_request` names: the header that goes through. */
function rightHeader(region: Settings['region']): string {
  return region.header === 'plain' ? region.name : suffixed(region)
}

/** The default data centre needs no header. */
function isRight(region: Settings['region'], header: string | undefined): boolean {
  if (header === undefined) return region.name === 'dal'
  return header === rightHeader(region) || (region.header === 'either' && header === region.name)
}

const PERSONAL = [
  'name',
  'email',
  'avatar',
  'text',
  'title',
  'subtitle',
  'comment',
  'sneak_peek_text',
  'session_fields',
]

/** Names of the fields, at any depth, that say something of a person. */
function personalFields(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found
  for (const [name, inner] of Object.entries(value)) {
    if (PERSONAL.includes(name)) found.add(name)
    else personalFields(inner, found)
  }
  return found
}
