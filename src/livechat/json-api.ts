import type * as z from 'zod/mini'
import type { Api } from './errors'
import type { Repeating, RetryPolicy } from './retry'
import type { Transport } from './transport'

export type JsonApiNeeds = {
  transport: Transport
  retries: RetryPolicy
  api: Api
  /** The address of a method. */
  urlOf: (action: string) => string
}

type Request<S extends z.ZodMiniType> = {
  action: string
  /** The value of the header, or who supplies it. */
  authorization: string | (() => Promise<string>)
  /** An empty one is still sent, as `{}`. */
  body?: object
  shape: S
  /** Default: the transport's. */
  timeoutMs?: number
}

/** One of LiveChat's "web" APIs: a method is a POST of a JSON object. */
export class JsonApi {
  constructor(private readonly needs: JsonApiNeeds) {}

  /** Repeated as the retry policy allows. */
  call<S extends z.ZodMiniType>(request: Request<S>, repeating?: Repeating<z.output<S>>): Promise<z.output<S>> {
    return this.needs.retries.run(() => this.callOnce(request), repeating)
  }

  /** One attempt, for methods that have their own idea of repeating. */
  async callOnce<S extends z.ZodMiniType>({
    action,
    authorization,
    body = {},
    shape,
    timeoutMs,
  }: Request<S>): Promise<z.output<S>> {
    const held = typeof authorization === 'string' ? authorization : await authorization()
    const { value } = await this.needs.transport.send({
      api: this.needs.api,
      action,
      url: this.needs.urlOf(action),
      headers: { 'Content-Type': 'application/json', Authorization: held },
      body: JSON.stringify(body),
      shape,
      timeoutMs,
    })
    return value
  }
}
