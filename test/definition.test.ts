import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import definition, { props } from '../integration.definition'
import hitl from '../interfaces/hitl'
import { DEFAULTS, LANGUAGE_NAMES } from '../src/settings-form'
import { en } from '../src/translate/words/en'
import { RULES, type Body, type JsonSchema, type WithSchema } from './definition-rules'

type Zui = { schema: { toJSONSchema(): unknown } }
const json = ({ schema, ...rest }: Zui): WithSchema => ({ ...rest, schema: schema.toJSONSchema() as JsonSchema })

const mapped = <T, R>(record: Record<string, T> = {}, map: (value: T) => R): Record<string, R> =>
  Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))

/** What comes from the interface is the interface's to describe; only the channel is ours. */
const own = <T>(record: Record<string, T> = {}, ofInterface: object): Record<string, T> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !(name in ofInterface)))

/** What a deployment sends of the definition. */
function body(): Body {
  const { title, description, icon, readme, configuration, actions, events, states, channels, user, secrets } =
    definition
  const { entities } = props
  const { definition: inherited } = hitl
  const whole = {
    title,
    description,
    icon,
    readme,
    ...(configuration && { configuration: json(configuration) }),
    configurations: {},
    actions: mapped(own(actions, inherited.actions), ({ input, output, ...texts }) => ({
      ...texts,
      input: json(input),
      output: json(output),
    })),
    events: mapped(own(events, inherited.events), (event) => ({ ...event, ...json(event) })),
    states: mapped(states, json),
    channels: mapped(channels, ({ title: name, description: about, conversation, message }) => ({
      title: name,
      description: about,
      conversation,
      message,
    })),
    user,
    entities: mapped(entities, json),
    secrets,
  }
  return JSON.parse(JSON.stringify(whole)) as Body
}

test('the definition has everything that the rules look at', () => {
  const { actions, events, states, channels, secrets, configuration, user } = body()
  expect(Object.keys(actions)).toEqual([
    'checkAvailability',
    'checkSetup',
    'getHandoff',
    'rateChat',
    'forgetInBotpress',
  ])
  expect(Object.keys(events)).toEqual([
    'queueChanged',
    'chatEnded',
    'agentOpenedChat',
    'chatSummarized',
    'messageNotDelivered',
  ])
  expect(Object.keys(states)).toEqual(['customer', 'turn', 'choice', 'setup'])
  expect(Object.keys(channels)).toEqual(['hitl'])
  expect(Object.keys(secrets).length).toBeGreaterThan(0)
  expect(Object.keys(user?.tags ?? {})).toEqual(expect.arrayContaining(['email', 'agentId']))
  expect(Object.keys(configuration?.schema.properties ?? {})).toEqual(
    expect.arrayContaining(['clientId', 'organizationId', 'webhookSecret', 'agentToken', 'groupId']),
  )
})

test.each(RULES)('$severity: $name', ({ breaches }) => {
  expect(breaches(body())).toEqual([])
})

test('the icon and the page for the Hub are there', () => {
  expect([definition.icon, definition.readme].filter((file) => !existsSync(file ?? ''))).toEqual([])
})

test('both secrets are masked, and the other settings are not', () => {
  const properties = body().configuration?.schema.properties ?? {}
  const masked = Object.keys(properties).filter((name) => JSON.stringify(properties[name]).includes('"secret":true'))
  expect(masked).toEqual(['webhookSecret', 'agentToken'])
})

const settings = () => body().configuration?.schema.properties ?? {}

test('a field with a default shows it, and a sentence of the owner shows the default sentence', () => {
  const shown = Object.entries(settings()).flatMap(([name, { default: value, 'x-zui': ui }]) => {
    const text = value ?? ui?.placeholder
    return text === undefined ? [] : [[name, text]]
  })
  expect(Object.fromEntries(shown)).toEqual({
    ...DEFAULTS,
    language: LANGUAGE_NAMES[DEFAULTS.language],
    mapLink: 'https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}',
    queueMessage: en.queue,
    editedMessage: en.edited,
    botLabel: en.botLabel,
    agentNote: en.agentNote,
  })
  expect(definition.configuration?.schema.safeParse(REQUIRED).success).toBe(true)
})

const REQUIRED = { clientId: 'a', organizationId: 'b', webhookSecret: 's'.repeat(16), agentToken: 't', groupId: 0 }

test('the form takes 16 to 255 characters for the webhook secret', () => {
  const secret = definition.configuration?.schema.shape.webhookSecret
  const fits = (length: number) => secret?.safeParse('s'.repeat(length)).success
  expect([15, 16, 255, 256].map(fits)).toEqual([false, true, true, false])
})

test('languages are offered by name', () => {
  expect(settings()['language']?.enum).toEqual(Object.values(LANGUAGE_NAMES))
})

test('the integration is found by who looks for HITL or for a human handoff', () => {
  expect(definition.title).toContain('HITL')
  expect(definition.description).toMatch(/human handoff.*HITL/i)
})

test('the CLI of SDK 7 can read the definition', () => {
  expect(props.__advanced.useLegacyZuiTransformer).toBe(true)
})

test('group 0 is a group, half a group is none', () => {
  const group = definition.configuration?.schema.shape.groupId
  expect(group?.safeParse(0).success).toBe(true)
  expect(group?.safeParse(-1).success).toBe(false)
  expect(group?.safeParse(1.5).success).toBe(false)
})

/** Something of each kind taken away, or added where nothing should be. */
const BREAKS: Record<string, (broken: Body) => void> = {
  'integration-title-must-be-present': (broken) => delete broken.title,
  'integration-description-must-be-present': (broken) => delete broken.description,
  'integration-must-have-an-icon': (broken) => delete broken.icon,
  'integration-must-have-a-readme-file': (broken) => (broken.readme = ' '),
  'actions-should-have-a-title': ({ actions }) => delete last(actions).title,
  'actions-must-have-a-description': ({ actions }) => delete last(actions).description,
  'action-inputparams-should-have-a-title': ({ actions }) => untitle(last(actions).input),
  'action-inputparams-must-have-a-description': ({ actions }) => undescribe(last(actions).input),
  'action-outputparams-should-have-a-title': ({ actions }) => untitle(actions['checkSetup']?.output),
  'action-outputparams-must-have-a-description': ({ actions }) => undescribe(actions['checkSetup']?.output),
  'event-outputparams-should-have-title': ({ events }) => untitle(last(events)),
  'event-outputparams-must-have-description': ({ events }) => undescribe(last(events)),
  'events-must-have-a-title': ({ events }) => delete last(events).title,
  'events-must-have-a-description': ({ events }) => delete last(events).description,
  'configuration-fields-must-have-a-title': ({ configuration }) => untitle(configuration),
  'configuration-fields-must-have-a-description': ({ configuration }) => undescribe(configuration),
  'multiple-configurations-must-have-a-title': (broken) =>
    (broken.configurations = { x: { schema: {}, description: 'd' } }),
  'multiple-configurations-must-have-a-description': (broken) =>
    (broken.configurations = { x: { schema: {}, title: 't' } }),
  'multipes-configurations-fields-must-have-a-title': (broken) => untitle(secondConfiguration(broken)),
  'multipes-configurations-fields-must-have-a-description': (broken) => undescribe(secondConfiguration(broken)),
  'user-tags-should-have-a-title': ({ user }) => delete last(user?.tags).title,
  'user-tags-must-have-a-description': ({ user }) => delete last(user?.tags).description,
  'channels-should-have-a-title': ({ channels }) => delete last(channels).title,
  'channels-must-have-a-description': ({ channels }) => delete last(channels).description,
  'channels-conversation-tags-should-have-a-title': ({ channels }) =>
    delete last(last(channels).conversation?.tags).title,
  'channels-conversation-tags-must-have-a-description': ({ channels }) =>
    delete last(last(channels).conversation?.tags).description,
  'channels-message-tags-should-have-a-title': ({ channels }) => delete last(last(channels).message?.tags).title,
  'channels-message-tags-must-have-a-description': ({ channels }) =>
    delete last(last(channels).message?.tags).description,
  'legacy-zui-title-should-be-removed': ({ events }) => (last(events).ui = { reason: { title: 'Old' } }),
  'legacy-zui-examples-should-be-removed': ({ actions }) =>
    (last(actions).input.ui = { score: { examples: ['good'] } }),
  'state-fields-should-have-title': ({ states }) => untitle(last(states)),
  'state-fields-must-have-description': ({ states }) => undescribe(last(states)),
  'secrets-must-have-a-description': ({ secrets }) => delete last(secrets).description,
  'own: fields inside of others and of entities have a title': ({ actions }) => untitle(slotsOf(actions)),
  'own: fields inside of others and of entities have a description': ({ actions }) => undescribe(slotsOf(actions)),
}

/** Fields inside the rows of a list. */
function slotsOf(actions: Body['actions']): WithSchema {
  const rows = actions['checkSetup']?.output.schema.properties?.['webhooks']?.items
  if (!rows) throw new Error('there is nothing to break')
  return { schema: rows }
}

function last<T>(record: Record<string, T> = {}): T {
  const value = Object.values(record).at(-1)
  if (value === undefined) throw new Error('there is nothing to break')
  return value
}

function untitle(described: WithSchema | undefined): void {
  const field = last(described?.schema.properties)
  delete field.title
  delete field['x-zui']
  delete field.anyOf
}

function undescribe(described: WithSchema | undefined): void {
  const field = last(described?.schema.properties)
  delete field.description
  delete field.anyOf
}

function secondConfiguration(broken: Body): WithSchema {
  const field = { description: 'A field', 'x-zui': { title: 'Field' } }
  const second = { title: 'Second', description: 'Another way', schema: { properties: { field } } }
  broken.configurations = { second }
  return second
}

test.each(RULES)('$name notices what is broken, and is the only one', ({ name }) => {
  const broken = body()
  BREAKS[name]?.(broken)
  expect(RULES.filter(({ breaches }) => breaches(broken).length > 0).map((each) => each.name)).toEqual([name])
})
