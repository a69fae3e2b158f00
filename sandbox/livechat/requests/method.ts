import type { z } from 'zod'
import { ApiError } from '../world/errors'
import type { Actor } from '../world/model'
import type { World } from '../world/world'

export type Version = '3.4' | '3.5' | '3.6'

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
  return (call, body) => run(call, read(schema, body)) ?? {}
}

/** Refuses a body that does not fit, naming the first field that is wrong. */
export function read<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  const { success, data, error } = schema.safeParse(body)
  if (success) return data
  const [issue] = error.issues
  const path = issue?.path.join('.') ?? ''
  throw new ApiError(
    'validation',
    path ? `\`${path}\`: ${issue?.message}` : (issue?.message ?? 'Wrong format of request'),
  )
}
