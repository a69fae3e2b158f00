import * as sdk from '@botpress/sdk'
import { actions } from './definition/actions'
import { events } from './definition/events'
import { entities } from './definition/session-options'
import { configuration } from './definition/settings'
import { states } from './definition/states'
import { channelTags, user } from './definition/tags'
import hitl from './interfaces/hitl'

const secrets = {
  SENTRY_DSN: { optional: true, description: 'Address of the Sentry project that unexpected errors are reported to' },
  SENTRY_ENVIRONMENT: { optional: true, description: 'Environment that is named in those reports' },
  SENTRY_RELEASE: { optional: true, description: 'Release that is named in those reports' },
} as const

/** Written over the options of `bp build`; a path is relative to this folder. */
const esbuild = {
  // axios asks for `form-data`, and that for a table of all MIME types: 165 kB that nothing here ever uses.
  // The HTTP packages could print tokens with `debug`.
  alias: { 'form-data': './src/native-form-data.cjs', debug: './src/no-debug.cjs' },
  // Names of functions are 65 kB that are read at each cold start. `bp` keeps them for node-fetch, which nothing here uses.
  keepNames: false,
}

/**
 * Without it the CLI of SDK 7, which `npm i -g @botpress/cli` installs today, ends `lint`, `read` and `deploy` of a
 * definition made with SDK 5 with "assertNever called". The CLI of SDK 5 ignores it. See docs/sdk-7.md.
 */
const useLegacyZuiTransformer = true

export const props = {
  name: 'livechat-hitl',
  version: '1.0.0',
  title: 'LiveChat HITL',
  description:
    'Human handoff (HITL) to LiveChat: hand conversations over to human agents, and take them back when the chat ends',
  icon: 'icon.svg',
  readme: 'hub.md',
  attributes: { category: 'Customer Support' },
  configuration,
  configurations: {} as Record<never, never>,
  actions,
  events,
  states,
  user,
  secrets,
  entities,
  __advanced: { esbuild, useLegacyZuiTransformer },
} as const satisfies sdk.IntegrationDefinitionProps

export default new sdk.IntegrationDefinition(props).extend(hitl, (self) => ({
  entities: { hitlSession: self.entities.liveChatSession },
  channels: {
    hitl: {
      title: 'LiveChat',
      description: 'The conversation between a customer and the agents in LiveChat',
      ...channelTags,
    },
  },
}))
