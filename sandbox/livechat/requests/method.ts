import type { z } from 'zod'
import type { PayloadVersion } from '../world/emission'
import { ApiError } from '../world/errors'
import type { Actor } from '../world/model'
import type { World } from '../world/world'

export type Version = '3.4' | '3.5' | '3.6'

/** The version that the documents call stable: what counts where a request names none. */
export const STABLE: Version = '3.6'

/** 3.4 and 3.5 have the same structures. */
export function payloadVersion(version: Version): PayloadVersion {
  return version === '3.6' ? '3.6' : '3.5'
}

export type Call<A extends Actor = Actor> = {
  world: World
  version: Version
  actor: A
  /** Scopes of the token; empty for customers. */
  scopes: readonly string[]
}

export type AgentActor = Extract<Actor, { kind: 'agent' }>
export type AgentCall = Call<AgentActor>

/** One method of an API: takes a call and an unread body, answers what goes out (nothing means `{}`). */
export type Method<A extends Actor = Actor> = (call: Call<A>, body: unknown) => unknown

/** A method whose body is read by one schema, or by one for each version. */
export function method<A extends Actor, S extends z.ZodType>(
  schema: S,
  run: (call: Call<A>, body: z.output<S>) => unknown,
): Method<A> {
  return (call, body) => run(call, read(call, schema, body)) ?? {}
}

/** A method that older versions do not have. */
export function since36<A extends Actor>(run: Method<A>): Method<A> {
  return (call, body) => {
    if (payloadVersion(call.version) !== '3.6') throw new ApiError('not_found', 'No such method')
    return run(call, body)
  }
}

/** Refuses a body that does not fit, naming the first field that is wrong. */
export function read<S extends z.ZodType>(call: Call, schema: S, body: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(body)
  if (success) return data
  const unknown = error.issues.filter((issue) => issue.code === 'unrecognized_keys')
  if (unknown.length > 0 && call.world.settings.requests.unknownFields === 'ignore')
    return read(call, schema, withoutFields(body, unknown))
  const [issue] = error.issues
  const path = issue?.path.join('.') ?? ''
  throw new ApiError(
    'validation',
    path ? `\`${path}\`: ${issue?.message}` : (issue?.message ?? 'Wrong format of request'),
  )
}

/** A copy of the body that lacks the fields which the issues name. */
function withoutFields(body: unknown, issues: readonly { path: PropertyKey[]; keys: string[] }[]): unknown {
  const copy: unknown = structuredClone(body)
  for (const { path, keys } of issues) {
    const place = path.reduce((inner: unknown, name) => (inner as Record<PropertyKey, unknown>)[name], copy)
    for (const key of keys) Reflect.deleteProperty(place as object, key)
  }
  return copy
}
