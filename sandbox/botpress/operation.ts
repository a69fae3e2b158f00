import type { z } from 'zod'
import { read } from './checks'
import type { Caller, Platform } from './platform'

/** Decoded parts of the path; those that an operation's path does not have are empty. */
export type PathParams = { id: string; type: string; name: string; userId: string }

export type ApiRequest<B = unknown, Q = unknown> = {
  platform: Platform
  caller: Caller
  params: PathParams
  body: B
  query: Q
}

/** One operation of the Runtime API, named as the client names it. */
export type Operation = {
  readonly name: string
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly path: string
  /** Status of success; 200 unless something was created. */
  readonly status: 200 | 201
  /** Set when integrations must not call it. */
  readonly botOnly: boolean
  run(request: ApiRequest): unknown
}

type Definition<B, Q> = Pick<Operation, 'name' | 'method' | 'path'> & {
  status?: 201
  botOnly?: true
  body?: z.ZodType<B>
  query?: z.ZodType<Q>
  run(request: ApiRequest<B, Q>): unknown
}

/** An operation whose body and query are read with strict schemas before it runs. */
export function operation<B = undefined, Q = undefined>(definition: Definition<B, Q>): Operation {
  const { name, method, path, status = 200, botOnly = false } = definition
  return {
    name,
    method,
    path,
    status,
    botOnly,
    run: (request) => {
      const body = definition.body ? read(definition.body, request.body, 'InvalidPayload') : (undefined as B)
      const query = definition.query ? read(definition.query, request.query, 'InvalidQuery') : (undefined as Q)
      return definition.run({ ...request, body, query })
    },
  }
}
