import { z } from 'zod'
import { ApiError } from './api-error'
import type { JsonSchema } from './definition'
import type { Settings } from './settings'

const compiled = new WeakMap<JsonSchema, Partial<Record<Settings['payloadChecks'], z.ZodType>>>()

/** Holds a payload against a declared schema; throws `InvalidDataFormat` naming what does not fit. */
export function fitDeclared(
  schema: JsonSchema | undefined,
  value: unknown,
  what: string,
  mode: Settings['payloadChecks'],
): void {
  if (!schema || mode === 'off') return
  const { error } = checker(schema, mode).safeParse(value)
  if (error) throw new ApiError('InvalidDataFormat', `${what}: ${z.prettifyError(error)}`)
}

function checker(schema: JsonSchema, mode: Settings['payloadChecks']): z.ZodType {
  const known = compiled.get(schema) ?? {}
  compiled.set(schema, known)
  const source = mode === 'strict' ? withoutHints(schema) : withoutLimitsOnKeys(withoutHints(schema))
  return (known[mode] ??= z.fromJSONSchema(source as Parameters<typeof z.fromJSONSchema>[0]))
}

/** `x-zui` and the like are for the Studio. */
const withoutHints = (schema: JsonSchema): JsonSchema => deepOmit(schema, (key) => key.startsWith('x-'))

const withoutLimitsOnKeys = (schema: JsonSchema): JsonSchema =>
  deepOmit(schema, (key, value) => key === 'additionalProperties' && value === false)

function deepOmit<T>(value: T, unwanted: (key: string, value: unknown) => boolean): T {
  if (Array.isArray(value)) return value.map((item) => deepOmit(item, unwanted)) as T
  if (typeof value !== 'object' || value === null) return value
  const kept = Object.entries(value).filter(([key, child]) => !unwanted(key, child))
  return Object.fromEntries(kept.map(([key, child]) => [key, deepOmit(child, unwanted)])) as T
}
