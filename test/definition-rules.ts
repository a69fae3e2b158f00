/**
 * The rules of `bp lint` for integrations (CLI 5.5.6), all but the one that is switched off: they are kept here because
 * the CLI cannot be a dependency. The lint looks at the first level of a schema; two rules of our own look at all fields
 * below. The input is what a deployment sends, without what comes from interfaces.
 */

export type JsonSchema = {
  title?: string
  description?: string
  'x-zui'?: { title?: string; placeholder?: string }
  default?: unknown
  enum?: string[]
  properties?: Record<string, JsonSchema>
  items?: JsonSchema
  additionalProperties?: JsonSchema | boolean
  anyOf?: JsonSchema[]
  allOf?: JsonSchema[]
}
type Texts = { title?: string; description?: string }
type Ui = { ui?: Record<string, { title?: string; examples?: unknown }> }
export type WithSchema = Ui & { schema: JsonSchema }
type Tags = { tags?: Record<string, Texts> }

export type Body = Texts & {
  icon?: string
  readme?: string
  configuration?: WithSchema
  configurations: Record<string, Texts & WithSchema>
  actions: Record<string, Texts & { input: WithSchema; output: WithSchema }>
  events: Record<string, Texts & WithSchema>
  states: Record<string, WithSchema>
  channels: Record<string, Texts & { conversation?: Tags; message?: Tags }>
  user?: Tags
  entities: Record<string, WithSchema>
  secrets: Record<string, { description?: string }>
}

type Rule = {
  name: string
  severity: 'error' | 'warn' | 'hint'
  /** Places where the rule is broken. */
  breaches(body: Body): string[]
}

type Place<T> = [name: string, value: T]
type What = 'title' | 'description'

const entries = <T>(of: string, record: Record<string, T> = {}): Place<T>[] =>
  Object.entries(record).map(([name, value]) => [`${of}.${name}`, value])

const lacking = (what: What, places: Place<Texts>[]): string[] =>
  places.filter(([, texts]) => !texts[what]?.trim()).map(([name]) => name)

/** The first level of a schema: what the lint calls its parameters. */
const fields = (places: Place<WithSchema>[]): Place<Texts>[] =>
  places.flatMap(([name, { schema }]) =>
    entries(name, schema.properties).map(([field, each]): Place<Texts> => [field, textsOf(each)]),
  )

/** Every field of a schema, however deep, by its path. */
const allFields = (name: string, schema: JsonSchema): Place<Texts>[] => {
  const { properties, items, additionalProperties: values, anyOf = [], allOf = [] } = schema
  const within = [items, ...(typeof values === 'object' ? [values] : []), ...anyOf, ...allOf].filter((each) => !!each)
  return [
    ...entries(name, properties).flatMap(([path, each]) => [
      [path, textsOf(each)] as Place<Texts>,
      ...allFields(path, each),
    ]),
    ...within.flatMap((each) => allFields(name, each)),
  ]
}

/** A text inside of `anyOf` or `allOf` counts, as for a field that is optional. */
function textsOf(schema: JsonSchema): Texts {
  const inner = [...(schema.anyOf ?? []), ...(schema.allOf ?? [])].map(textsOf)
  return {
    title: schema['x-zui']?.title ?? schema.title ?? inner.find(({ title }) => title)?.title,
    description: schema.description ?? inner.find(({ description }) => description)?.description,
  }
}

const inputs = ({ actions }: Body) =>
  entries('actions', actions).map(([name, { input }]): Place<WithSchema> => [`${name}.input`, input])
const outputs = ({ actions }: Body) =>
  entries('actions', actions).map(([name, { output }]): Place<WithSchema> => [`${name}.output`, output])
const conversationTags = ({ channels }: Body) =>
  entries('channels', channels).flatMap(([name, { conversation }]) =>
    entries(`${name}.conversation`, conversation?.tags),
  )
const messageTags = ({ channels }: Body) =>
  entries('channels', channels).flatMap(([name, { message }]) => entries(`${name}.message`, message?.tags))
const configuration = ({ configuration: own }: Body): Place<WithSchema>[] => (own ? [['configuration', own]] : [])

/** The fields that the lint does not look at: those inside of others, and those of entities. */
const unlintedFields = (body: Body): Place<Texts>[] => [
  ...[
    ...configuration(body),
    ...entries('configurations', body.configurations),
    ...inputs(body),
    ...outputs(body),
    ...entries('events', body.events),
    ...entries('states', body.states),
  ].flatMap(([name, { schema }]) => entries(name, schema.properties).flatMap(([path, each]) => allFields(path, each))),
  ...entries('entities', body.entities).flatMap(([name, { schema }]) => allFields(name, schema)),
]

const legacy = (body: Body, key: 'title' | 'examples'): string[] =>
  [
    ...configuration(body),
    ...entries('configurations', body.configurations),
    ...inputs(body),
    ...outputs(body),
    ...entries('events', body.events),
    ...entries('states', body.states),
  ].flatMap(([name, { ui = {} }]) => entries(`${name}.ui`, ui).flatMap(([field, each]) => (key in each ? [field] : [])))

const present = (name: string, value: string | undefined) => (value?.trim() ? [] : [name])

const rule = (severity: Rule['severity'], name: string, breaches: Rule['breaches']): Rule => ({
  name,
  severity,
  breaches,
})

export const RULES: readonly Rule[] = [
  rule('error', 'integration-title-must-be-present', ({ title }) => present('title', title)),
  rule('error', 'integration-description-must-be-present', ({ description }) => present('description', description)),
  rule('error', 'integration-must-have-an-icon', ({ icon }) => present('icon', icon)),
  rule('error', 'integration-must-have-a-readme-file', ({ readme }) => present('readme', readme)),
  rule('warn', 'actions-should-have-a-title', ({ actions }) => lacking('title', entries('actions', actions))),
  rule('error', 'actions-must-have-a-description', ({ actions }) =>
    lacking('description', entries('actions', actions)),
  ),
  rule('warn', 'action-inputparams-should-have-a-title', (body) => lacking('title', fields(inputs(body)))),
  rule('error', 'action-inputparams-must-have-a-description', (body) => lacking('description', fields(inputs(body)))),
  rule('warn', 'action-outputparams-should-have-a-title', (body) => lacking('title', fields(outputs(body)))),
  rule('error', 'action-outputparams-must-have-a-description', (body) => lacking('description', fields(outputs(body)))),
  rule('warn', 'event-outputparams-should-have-title', ({ events }) =>
    lacking('title', fields(entries('events', events))),
  ),
  rule('error', 'event-outputparams-must-have-description', ({ events }) =>
    lacking('description', fields(entries('events', events))),
  ),
  rule('error', 'events-must-have-a-title', ({ events }) => lacking('title', entries('events', events))),
  rule('error', 'events-must-have-a-description', ({ events }) => lacking('description', entries('events', events))),
  rule('error', 'configuration-fields-must-have-a-title', (body) => lacking('title', fields(configuration(body)))),
  rule('error', 'configuration-fields-must-have-a-description', (body) =>
    lacking('description', fields(configuration(body))),
  ),
  rule('error', 'multiple-configurations-must-have-a-title', ({ configurations }) =>
    lacking('title', entries('configurations', configurations)),
  ),
  rule('error', 'multiple-configurations-must-have-a-description', ({ configurations }) =>
    lacking('description', entries('configurations', configurations)),
  ),
  rule('error', 'multipes-configurations-fields-must-have-a-title', ({ configurations }) =>
    lacking('title', fields(entries('configurations', configurations))),
  ),
  rule('error', 'multipes-configurations-fields-must-have-a-description', ({ configurations }) =>
    lacking('description', fields(entries('configurations', configurations))),
  ),
  rule('warn', 'user-tags-should-have-a-title', ({ user }) => lacking('title', entries('user.tags', user?.tags))),
  rule('error', 'user-tags-must-have-a-description', ({ user }) =>
    lacking('description', entries('user.tags', user?.tags)),
  ),
  rule('warn', 'channels-should-have-a-title', ({ channels }) => lacking('title', entries('channels', channels))),
  rule('error', 'channels-must-have-a-description', ({ channels }) =>
    lacking('description', entries('channels', channels)),
  ),
  rule('warn', 'channels-conversation-tags-should-have-a-title', (body) => lacking('title', conversationTags(body))),
  rule('error', 'channels-conversation-tags-must-have-a-description', (body) =>
    lacking('description', conversationTags(body)),
  ),
  rule('warn', 'channels-message-tags-should-have-a-title', (body) => lacking('title', messageTags(body))),
  rule('error', 'channels-message-tags-must-have-a-description', (body) => lacking('description', messageTags(body))),
  rule('error', 'legacy-zui-title-should-be-removed', (body) => legacy(body, 'title')),
  rule('hint', 'legacy-zui-examples-should-be-removed', (body) => legacy(body, 'examples')),
  rule('warn', 'state-fields-should-have-title', ({ states }) => lacking('title', fields(entries('states', states)))),
  rule('error', 'state-fields-must-have-description', ({ states }) =>
    lacking('description', fields(entries('states', states))),
  ),
  rule('error', 'secrets-must-have-a-description', ({ secrets }) =>
    lacking('description', entries('secrets', secrets)),
  ),
  rule('error', 'own: fields inside of others and of entities have a title', (body) =>
    lacking('title', unlintedFields(body)),
  ),
  rule('error', 'own: fields inside of others and of entities have a description', (body) =>
    lacking('description', unlintedFields(body)),
  ),
]
