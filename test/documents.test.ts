import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import definition, { props } from '../integration.definition'
import { DEFAULTS, LANGUAGE_NAMES } from '../src/settings-form'
import { WEBHOOKS } from '../src/setup/webhook-set'
import { SENTENCES } from '../src/problems.testing'

const MAX_HUB_WORDS = 3_000
const MAX_SETUP_WORDS = 700
const MAX_README_LINES = 220
const MAX_LINE_CHARACTERS = 160

const read = (path: string) => readFileSync(path, 'utf8')
/** A page without its line breaks: a sentence may be wrapped. */
const flat = (path: string) => read(path).replaceAll(/\s+/g, ' ')
/** Says what is missing without printing the page. */
const holds = (text: string) =>
  Object.defineProperty((page: string) => page.includes(text), 'name', { value: `holds "${text}"` })
/** As `wc -w` counts them: the bars of a table are words too. */
const words = (text: string) => text.split(/\s+/).filter(Boolean).length
/** Every page that people read. */
const PAGES = ['README.md', 'hub.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'test/README.md'].concat(
  readdirSync('docs', { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
)
const hub = flat('hub.md')
const readme = flat('README.md')
/** The rows of all tables in hub.md, each as its cells. */
const rows = read('hub.md')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) => line.split('|').map((cell) => cell.trim()))

describe('hub.md names what the definition declares', () => {
  const configuration = props.configuration.schema.toJSONSchema() as {
    properties: Record<string, { 'x-zui': { title: string } }>
  }
  const settings = Object.entries(configuration.properties).map(([key, field]) => ({
    key,
    title: field['x-zui'].title,
  }))
  test.each(settings)('the setting $key has one row, with title and default', ({ key, title }) => {
    const isInCell = (text: string) => (cell: string) => cell.split(', ').includes(text)
    const found = rows.filter((row) => row.some(isInCell(`\`${key}\``)) && row.some(isInCell(title)))
    expect(found).toHaveLength(1)
    const shown = shownDefault(key)
    if (shown !== undefined) expect(found[0]).toContain(shown)
  })

  test.each(Object.values(LANGUAGE_NAMES))('the language %s', (name) => {
    expect(hub).toSatisfy(holds(name.split(' ')[0] ?? name))
  })

  test.each(Object.entries(props.actions).map(([name, action]) => ({ name, ...action })))(
    'the action $name with its input and output',
    ({ name, title, input, output }) => {
      expect(hub).toSatisfy(holds(`**${title}** (\`${name}\``))
      const fields = name === 'checkSetup' ? [] : [...fieldsOf(input.schema), ...fieldsOf(output.schema)]
      expect(fields.filter((field) => !hub.includes(`\`${field}\``))).toEqual([])
    },
  )

  test.each(Object.entries(props.events).map(([name, event]) => ({ name, ...event })))(
    'the event $name with its fields',
    ({ name, title, schema }) => {
      expect(hub).toSatisfy(holds(`${title} (\`${name}\`)`))
      expect(fieldsOf(schema).filter((field) => !hub.includes(`\`${field}\``))).toEqual([])
    },
  )

  test.each(Object.keys(props.entities.liveChatSession.schema.shape))('the option %s of one handoff', (field) => {
    expect(hub).toSatisfy(holds(`\`${field}\``))
  })

  test.each(WEBHOOKS.map(({ action }) => action))('the webhook %s', (action) => {
    expect(hub).toSatisfy(holds(`\`${action}\``))
  })

  test('the number of webhooks', () => {
    const numbers = ['eight', 'nine', 'ten', 'eleven', 'twelve']
    expect(hub).toSatisfy(holds(`${numbers[WEBHOOKS.length - 8]} webhooks named`))
  })

  const errors = /^- (?:`([A-Z][^`]+)`:|\*\*Saving fails: "([^"…]+)|\*\*"(Already[^"]+))/gm
  const beginnings = [...read('hub.md').matchAll(errors)].map(([, ...quoted]) => quoted.find(Boolean)?.trim() ?? '')
  test.each(beginnings)('an error begins with "%s"', (beginning) => {
    expect(SENTENCES.some(({ text }) => text.startsWith(beginning))).toBe(true)
  })
  test('the most likely errors are there', () => {
    expect(beginnings.length).toBeGreaterThanOrEqual(9)
  })
})

/** What the table shows as the default of a setting; nothing when it has none, or when it is a sentence. */
function shownDefault(key: string): string | undefined {
  if (!Object.hasOwn(DEFAULTS, key)) return undefined
  if (key === 'language') return LANGUAGE_NAMES[DEFAULTS.language]
  const value = DEFAULTS[key as Exclude<keyof typeof DEFAULTS, 'language'>]
  if (Array.isArray(value) || value === '') return 'none'
  return typeof value === 'boolean' ? (value ? 'on' : 'off') : `\`${value}\``
}

/** The names of an object's own fields. */
function fieldsOf(schema: { shape: object }): string[] {
  return Object.keys(schema.shape)
}

describe('hub.md can be read on the Hub, by somebody in a hurry', () => {
  test('it is short, and the set-up fits the beginning', () => {
    const page = read('hub.md')
    const [beginning = '', afterwards] = page.split('\n## Create webhooks by hand')
    expect(afterwards).toBeDefined()
    expect(words(beginning)).toBeLessThanOrEqual(MAX_SETUP_WORDS)
    expect(words(page)).toBeLessThanOrEqual(MAX_HUB_WORDS)
  })

  test('it needs no other file: the Hub shows the page alone', () => {
    expect(linksIn('hub.md').filter((target) => !/^(https:|#)/.test(target))).toEqual([])
  })
})

describe('README.md keeps step with the repository', () => {
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> }
  const named = [...readme.matchAll(/npm (?:run )?(start|test|(?<=run )[a-z:]+)/g)].map(([, name = '']) => name)
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

  test('it is short', () => {
    expect(read('README.md').trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_README_LINES)
  })
})

/** Pages name files as a reader does: by their path, or by their place in `src/`. */
const isSomewhere = (file: string) => ['', 'src'].some((folder) => existsSync(join(folder, file)))

describe.each(PAGES)('%s', (page) => {
  test('names only files that exist', () => {
    const files = [...read(page).matchAll(/`([\w./-]+\.(?:ts|json|mjs|cjs|md|svg))`/g)].map(([, file = '']) => file)
    expect([...new Set(files)].filter((file) => !isSomewhere(file))).toEqual([])
  })

  test('links only to files and headings that exist', () => {
    const targets = linksIn(page).filter((target) => !/^[a-z]+:/.test(target))
    expect(targets.filter((target) => !isTarget(page, target))).toEqual([])
  })

  test('links to other sites by whole addresses', () => {
    const isWhole = (target: string) => URL.canParse(target) && /^https:\/\/[\w.-]+\.\w+(\/[^\s]*)?$/.test(target)
    expect(linksIn(page).filter((target) => /^[a-z]+:/.test(target) && !isWhole(target))).toEqual([])
  })
})

test.each(['README.md', 'hub.md'])('no line of %s outside of tables is long', (page) => {
  const lines = read(page).split('\n')
  expect(lines.filter((line) => !line.startsWith('|') && line.length > MAX_LINE_CHARACTERS)).toEqual([])
})

/** The targets of a page's links and pictures. */
function linksIn(page: string): string[] {
  return [...read(page).matchAll(/\]\(([^)]*)\)/g)].map(([, target = '']) => target)
}

function isTarget(page: string, target: string): boolean {
  const [file = '', anchor] = target.split('#')
  const path = file === '' ? page : join(dirname(page), file)
  return existsSync(path) && (anchor === undefined || anchorsOf(path).includes(anchor))
}

/** As GitHub makes them of a page's headings. */
function anchorsOf(page: string): string[] {
  const headings = [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{Letter}\p{Number} _-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
