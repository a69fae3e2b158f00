import { build } from 'esbuild'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { compileFunction } from 'node:vm'

/** A JSON schema as the platform keeps it. */
export type JsonSchema = Record<string, unknown>

/** The part of an integration's definition that the platform holds its requests against. */
export type Declared = {
  name: string
  version: string
  configuration?: JsonSchema
  tags: { user: string[]; conversation: string[]; message: string[] }
  states: Record<string, { type: 'conversation' | 'user' | 'integration'; schema?: JsonSchema }>
  events: Record<string, { schema?: JsonSchema }>
  actions: Record<string, { input?: JsonSchema; output?: JsonSchema }>
  channels: Record<string, { messages: Record<string, { schema?: JsonSchema }> }>
}

type WithSchema = { schema: { toJSONSchema(): JsonSchema } }
type TagNames = { tags?: Record<string, unknown> }

/** What `new IntegrationDefinition(…)` of the SDK exposes, as far as it is read here. */
type Definition = {
  name: string
  version: string
  configuration?: WithSchema
  user?: TagNames
  states?: Record<string, WithSchema & { type: 'conversation' | 'user' | 'integration' }>
  events?: Record<string, WithSchema>
  actions?: Record<string, { input: WithSchema; output: WithSchema }>
  channels?: Record<string, { messages: Record<string, WithSchema>; conversation?: TagNames; message?: TagNames }>
}

/** Bundles and runs `integration.definition.ts` of a project in memory, as `bp read` does, and extracts what it declares. */
export async function loadDefinition(projectDir = process.cwd()): Promise<Declared> {
  const { outputFiles } = await build({
    entryPoints: [join(projectDir, 'integration.definition.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    packages: 'external',
    format: 'cjs',
    logLevel: 'silent',
  })
  const code = outputFiles[0]?.text ?? ''
  const module = { exports: {} as { default?: Definition } }
  const load = compileFunction(code, ['module', 'exports', 'require'])
  load(module, module.exports, createRequire(join(projectDir, 'package.json')))
  if (!module.exports.default) throw new Error(`integration.definition.ts in ${projectDir} has no default export`)
  return declaredBy(module.exports.default)
}

function declaredBy(definition: Definition): Declared {
  const channels = Object.values(definition.channels ?? {})
  return {
    name: definition.name,
    version: definition.version,
    ...(definition.configuration && { configuration: definition.configuration.schema.toJSONSchema() }),
    tags: {
      user: Object.keys(definition.user?.tags ?? {}),
      conversation: channels.flatMap((channel) => Object.keys(channel.conversation?.tags ?? {})),
      message: channels.flatMap((channel) => Object.keys(channel.message?.tags ?? {})),
    },
    states: mapValues(definition.states, ({ type, schema }) => ({ type, schema: schema.toJSONSchema() })),
    events: mapValues(definition.events, ({ schema }) => ({ schema: schema.toJSONSchema() })),
    actions: mapValues(definition.actions, ({ input, output }) => ({
      input: input.schema.toJSONSchema(),
      output: output.schema.toJSONSchema(),
    })),
    channels: mapValues(definition.channels, ({ messages }) => ({
      messages: mapValues(messages, ({ schema }) => ({ schema: schema.toJSONSchema() })),
    })),
  }
}

function mapValues<T, U>(record: Record<string, T> | undefined, to: (value: T) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(record ?? {}).map(([key, value]) => [key, to(value)]))
}
