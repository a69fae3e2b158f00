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
  /** The value of the header, or who supplies it. */
  authorization: string | (() => Promise<string>)
}

/**
 * One of LiveChat's "web" APIs, in the name of one customer or agent: a method is a POST of a JSON object, also of an empty
 * one. All methods throw `LiveChatError`.
 */
export class JsonApi {
  constructor(private readonly needs: JsonApiNeeds) {}

  /** Repeated as the retry policy allows. */
  call<S extends z.ZodMiniType>(
    action: string,
    body: object,
    shape: S,
    repeating?: Repeating<z.output<S>>,
  ): Promise<z.output<S>> {
    return this.needs.retries.run(() => this.callOnce(action, body, shape), repeating)
  }

  /** One attempt, for methods that have their own idea of repeating. `timeoutMs`: default the transport's. */
  async callOnce<S extends z.ZodMiniType>(
    action: string,
    body: object,
    shape: S,
    timeoutMs?: number,
  ): Promise<z.output<S>> {
    const { transport, api, urlOf, authorization } = this.needs
    const held = typeof authorization === 'string' ? authorization : await authorization()
    const { value } = await transport.send({
      api,
      action,
      url: urlOf(action),
      headers: { 'Content-Type': 'application/json', Authorization: held },
      body: JSON.stringify(body),
      shape,
      timeoutMs,
    })
    return value
  }
}
