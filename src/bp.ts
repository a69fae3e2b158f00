// All types of the integration, inferred from its definition: the names that generated code would export.
import * as sdk from '@botpress/sdk'
import type { channelTags } from '../definition/tags'
import type { props } from '../integration.definition'
import type hitlPackage from '../interfaces/hitl'

type AnySchema = sdk.z.ZodTypeAny
type In<S extends AnySchema> = sdk.z.input<S>
type Payloads<T> = { -readonly [K in keyof T]: T[K] extends { schema: infer S extends AnySchema } ? In<S> : never }
type Actions<T> = {
  -readonly [K in keyof T]: T[K] extends {
    input: { schema: infer I extends AnySchema }
    output: { schema: infer O extends AnySchema }
  }
    ? { input: In<I>; output: In<O> }
    : never
}
type States<T> = {
  -readonly [K in keyof T]: T[K] extends { type: infer Y; schema: infer S extends AnySchema }
    ? { type: Y; payload: In<S> }
    : never
}
type Merge<A, B> = Omit<A, keyof B> & B extends infer M ? { [K in keyof M]: M[K] } : never

type Own = typeof props
type Hitl = (typeof hitlPackage)['definition']
type HitlActions = Actions<Hitl['actions']>
type StartHitl = {
  input: Merge<HitlActions['startHitl']['input'], { hitlSession?: In<Own['entities']['liveChatSession']['schema']> }>
  output: HitlActions['startHitl']['output']
}

export type TIntegration = sdk.DefaultIntegration<{
  name: Own['name']
  version: Own['version']
  configuration: In<Own['configuration']['schema']>
  configurations: Record<never, never>
  actions: Merge<Actions<Own['actions']>, Merge<HitlActions, { startHitl: StartHitl }>>
  events: Merge<Payloads<Own['events']>, Payloads<Hitl['events']>>
  states: States<Own['states']>
  channels: {
    hitl: {
      messages: Payloads<Hitl['channels']['hitl']['messages']>
      message: (typeof channelTags)['message']
      conversation: (typeof channelTags)['conversation']
    }
  }
  user: Own['user']
  entities: Payloads<Own['entities']>
}>
export type IntegrationProps = sdk.IntegrationProps<TIntegration>
export class Integration extends sdk.Integration<TIntegration> {}
export type Client = sdk.IntegrationSpecificClient<TIntegration>
export type HandlerProps = Parameters<IntegrationProps['handler']>[0]
export type Context = HandlerProps['ctx']
export type Logger = HandlerProps['logger']
export type CommonHandlerProps = { ctx: Context; client: Client; logger: Logger }

type ValueOf<T> = T[keyof T]
type Channels = IntegrationProps['channels']
export type ActionProps = { [K in keyof IntegrationProps['actions']]: Parameters<IntegrationProps['actions'][K]>[0] }
type MessageProps = {
  [C in keyof Channels]: { [M in keyof Channels[C]['messages']]: Parameters<Channels[C]['messages'][M]>[0] }
}
export type AnyMessageProps = ValueOf<ValueOf<MessageProps>>
