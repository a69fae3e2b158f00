import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import definition, { props } from '../integration.definition'
import { WEBHOOKS } from '../src/setup/webhook-set'

const read = (path: string) => readFileSync(path, 'utf8')
/** A page without its line breaks: a sentence may be wrapped. */
const flat = (path: string) => read(path).replaceAll(/\s+/g, ' ')
/** Says what is missing without printing the page. */
const holds = (text: string) =>
  Object.defineProperty((page: string) => page.includes(text), 'name', { value: `holds "${text}"` })
/** Every page that people read. */
const PAGES = ['README.md', 'hub.md', 'CONTRIBUTING.md', 'SECURITY.md'].concat(
  readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
)
const hub = flat('hub.md')
const readme = flat('README.md')

describe('hub.md keeps step with the product', () => {
  const settings = props.configuration.schema.toJSONSchema() as {
    properties: Record<string, { 'x-zui': { title: string } }>
  }
  test.each(Object.values(settings.properties).map((field) => field['x-zui'].title))('setting "%s"', (title) => {
    expect(hub).toSatisfy(holds(`| ${title} `))
  })

  test.each(Object.entries(props.actions).map(([name, { title }]) => ({ name, title })))(
    'action $name',
    ({ name, title }) => {
      expect(hub).toSatisfy(holds(name))
      expect(hub).toSatisfy(holds(title))
    },
  )

  const events = Object.entries(props.events).map(([name, { schema }]) => ({ name, fields: Object.keys(schema.shape) }))
  test.each(events)('event $name with its fields', ({ name, fields }) => {
    expect(hub).toSatisfy(holds(`\`${name}\``))
    expect(fields.filter((field) => !hub.includes(`\`${field}\``))).toEqual([])
  })

  test.each(Object.keys(props.entities.liveChatSession.schema.shape))('option %s of one handoff', (field) => {
    expect(hub).toSatisfy(holds(`\`${field}\``))
  })

  test.each(WEBHOOKS.map(({ action }) => action))('webhook %s', (action) => {
    expect(hub).toSatisfy(holds(`\`${action}\``))
  })
})

describe('README keeps step with the repository', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...readme.matchAll(/npm run ([a-z:]+)/g)].map(([, name = '']) => name)
  test.each([...new Set(named)])('the command npm run %s exists', (name) => {
    expect(Object.keys(scripts)).toContain(name)
  })

  test('the versions named are the ones installed', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> }
    for (const name of ['@botpress/sdk', '@botpress/client', '@bpinternal/zui']) {
      expect(readme).toContain(`\`${name}\` ${dependencies[name]}`)
    }
    expect(read('CHANGELOG.md')).toContain(`## ${definition.version}`)
    expect(JSON.parse(read('package.json'))).toHaveProperty('version', definition.version)
  })

  test.each(PAGES)('%s links only to files that exist', (page) => {
    const targets = [...read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target)
    expect(targets.filter((target) => !existsSync(join(dirname(page), target)))).toEqual([])
  })

  test('every file that the walks name exists', () => {
    const walks = read('README.md').split('## The two walks')[1]?.split('## What we promise')[0] ?? ''
    const files = [...walks.matchAll(/`((?:[a-z-]+\/)*[a-z.-]+\.ts)`/g)].map(([, file = '']) => file)
    expect(files.length).toBeGreaterThan(8)
    expect(files.filter((file) => !isSomewhere(file))).toEqual([])
  })
})

/** The walks name files as a reader does: by their place in `src/`, or, in the same sentence, by their name alone. */
function isSomewhere(file: string): boolean {
  const folders = ['', 'src', 'src/webhook', 'src/translate', 'src/handoff', 'src/setup']
  return folders.some((folder) => existsSync(join(folder, file)))
}
