import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

// A comment names the fact that it relies on by a heading of a page in docs/platforms: "[livechat.md: Webhook delivery]".

const PAGES = ['livechat.md', 'botpress.md']
const FOLDERS = ['src', 'sandbox', 'test', 'bench', 'definition', 'interfaces']
const SELF = join('test', 'platform-references.test.ts')

type Text = { path: string; text: string }
type Reference = { page: string; heading: string }

const read = (path: string): Text => ({ path, text: readFileSync(path, 'utf8') })

const headingsOf = (markdown: string) => Array.from(markdown.matchAll(/^#{2,3} (.+)$/gm), ([, heading = '']) => heading)

const HEADINGS = new Map(PAGES.map((page) => [page, headingsOf(read(join('docs/platforms', page)).text)]))

/** A comment without its line breaks: a reference may be wrapped. */
const flat = (text: string) => text.replaceAll(/\s*\n\s*(?:\*|\/\/)?\s*/g, ' ')

function referencesIn(text: string): Reference[] {
  const found = flat(text).matchAll(/\[((?:livechat|botpress)\.md): ([^\]]+)\]/g)
  return Array.from(found, ([, page = '', heading = '']) => ({ page, heading }))
}

/** Everything that looks like a reference; a whole path such as `docs/platforms/livechat.md` is none. */
const mentionsIn = (text: string) => flat(text).match(/(?<!\/)\b(?:livechat|botpress)\.md\b/g) ?? []

/** Sections of papers that nobody outside can read. */
const UNREADABLE = /\b(?:contract|design) (?:section )?\(?\d+\.\d/i

const isKnown = ({ page, heading }: Reference) => HEADINGS.get(page)?.includes(heading) ?? false

function brokenIn({ path, text }: Text): string[] {
  const references = referencesIn(text)
  const unknown = references.filter((each) => !isKnown(each)).map(({ page, heading }) => `${path}: ${page}: ${heading}`)
  const malformed = mentionsIn(text).length > references.length ? [`${path}: a page is named without a heading`] : []
  const unreadable = UNREADABLE.test(text) ? [`${path}: a section of something that is not here`] : []
  return [...unknown, ...malformed, ...unreadable]
}

const sources = FOLDERS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|mts|mjs|cjs|css|html)$/.test(name))
    .map((name) => join(folder, name)),
)
  .concat('integration.definition.ts')
  .filter((path) => path !== SELF)
  .map(read)

test('there is something to look at', () => {
  expect(sources.length).toBeGreaterThan(300)
})

test.each(PAGES)('each heading of %s stands there once', (page) => {
  const headings = HEADINGS.get(page) ?? []
  expect(headings.length).toBeGreaterThan(15)
  expect(headings.filter((heading, index) => headings.indexOf(heading) !== index)).toEqual([])
})

test('every reference names a heading that exists', () => {
  expect(sources.flatMap(brokenIn)).toEqual([])
})

test.each([
  { name: 'a heading that exists', text: '/** Sent again [livechat.md: Webhook delivery]. */', broken: 0 },
  { name: 'a reference over two lines', text: ' * again [livechat.md: Webhook\n * delivery].', broken: 0 },
  { name: 'a path', text: '// see docs/platforms/livechat.md', broken: 0 },
  { name: 'a heading that is gone', text: '// [livechat.md: Smoke signals]', broken: 1 },
  { name: "a heading of the other platform's page", text: '// [botpress.md: Webhook delivery]', broken: 1 },
  { name: 'a paper that is not here', text: '// as design 7.2 says', broken: 1 },
  { name: 'a page without a heading', text: '// (livechat.md, Webhook delivery)', broken: 1 },
])('$name: $broken broken', ({ text, broken }) => {
  expect(brokenIn({ path: 'src/x.ts', text })).toHaveLength(broken)
})
