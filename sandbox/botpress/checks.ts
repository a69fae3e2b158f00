import { z } from 'zod'
import { ApiError } from './api-error'

/** Largest payload of a message, an event or a state, as JSON in bytes. */
const MAX_PAYLOAD_BYTES = 131_072

export const Id = z.string().min(28).max(36)
export const Name = z.string().max(200)
/** A name that was cut in the middle of a surrogate pair is refused. */
export const PersonName = Name.refine((name) => !/\p{Surrogate}/u.test(name), 'holds half of a surrogate pair')
export const PictureUrl = z.string().max(40_000)
export const TagMap = z.record(z.string(), z.string().max(500))
export const TagNames = z.array(z.string())
export const PayloadObject = z.record(z.string(), z.unknown())

/** ISO 8601 with milliseconds has 24 to 28 characters; `{}` and delays of 0 or less are refused. */
export const Schedule = z
  .strictObject({ dateTime: z.string().min(24).max(28).optional(), delay: z.number().positive().optional() })
  .refine(({ dateTime, delay }) => dateTime !== undefined || delay !== undefined, 'needs dateTime or delay')

export const SortDirection = z.enum(['asc', 'desc'])
export const DateField = z.enum(['createdAt', 'updatedAt'])

/** Query parts shared by the lists. */
export const page = { nextToken: z.string().optional() }
export const dates = { afterDate: z.iso.datetime().optional(), beforeDate: z.iso.datetime().optional() }
/** A parameter given once is still a list. */
export const ListParameter = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()))

type Refusal = 'InvalidPayload' | 'InvalidQuery' | 'InvalidDataFormat'

/** Reads outside data with a schema; throws the platform's refusal naming each field that does not fit. */
export function read<T>(schema: z.ZodType<T>, value: unknown, refusal: Refusal): T {
  const { data, error } = schema.safeParse(value)
  if (error) throw new ApiError(refusal, z.prettifyError(error))
  return data as T
}

export function checkSize(payload: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(payload))
  if (bytes > MAX_PAYLOAD_BYTES) {
    throw new ApiError('PayloadTooLarge', `the payload has ${bytes} bytes, at most ${MAX_PAYLOAD_BYTES} are allowed`)
  }
}

/** `tags.id=1&participantIds=a&participantIds=b` becomes `{ tags: { id }, participantIds: [a, b] }`. */
export function readQuery(search: URLSearchParams): Record<string, unknown> {
  const query: Record<string, unknown> = {}
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key)
    const value = values.length > 1 ? values : values[0]
    const [outer = key, inner] = splitAtDot(key)
    query[outer] = inner === undefined ? value : { ...(query[outer] as object | undefined), [inner]: value }
  }
  return query
}

function splitAtDot(key: string): [string, string?] {
  const dot = key.indexOf('.')
  return dot < 0 ? [key] : [key.slice(0, dot), key.slice(dot + 1)]
}
