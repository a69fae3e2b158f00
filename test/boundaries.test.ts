import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'
import { expect, test } from 'vitest'

// Who may know what: a folder that keeps to itself can be read by itself.

type Import = { target: string; names: string[] }
type Source = { path: string; text: string; imports: Import[] }

function read(path: string, text = readFileSync(path, 'utf8')): Source {
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const names = new Map(parsed.statements.filter(ts.isImportDeclaration).map((each) => [target(each), namesOf(each)]))
  const imports = ts.preProcessFile(text).importedFiles.map(({ fileName }) => ({
    target: fileName.startsWith('.') ? join(dirname(path), fileName) : fileName,
    names: names.get(fileName) ?? ['*'],
  }))
  return { path, text, imports }
}

const target = ({ moduleSpecifier }: ts.ImportDeclaration) => (moduleSpecifier as ts.StringLiteral).text

function namesOf({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings
  return bindings && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : ['*']
}

const filesIn = (folder: string, isWanted: (name: string) => boolean): Source[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && isWanted(name))
    .map((name) => read(join(folder, name)))

const sourcesIn = (folder: string) => filesIn(folder, (name) => !/\.(test|testing|d)\.ts$/.test(name))

/** `src/livechat/errors` is of the part `livechat`, `src/clock` of `clock`; what is not ours is of none. */
const partOf = (path: string) => /^src\/([^/.]+)/.exec(path)?.[1]

const DOORS = ['actions', 'channels', 'webhook', 'register']
const SHARED = [
  'botpress-client',
  'bp',
  'clock',
  'keyed-mutex',
  'log',
  'problems',
  'retry-later',
  'settings',
  'settings-form',
  'setup-state',
  'signal',
  'timing',
]

/** Which parts of `src/` each part may know besides itself. A part that is not named here may know all. */
const KNOWS: Record<string, readonly string[]> = {
  livechat: [],
  media: ['livechat', 'signal'],
  translate: ['livechat', 'settings-form'],
  session: [...SHARED, 'livechat', 'translate'],
  setup: [...SHARED, 'livechat'],
  handoff: [...SHARED, 'wiring', 'livechat', 'session', 'translate', 'media', 'reporting'],
  channels: [...SHARED, 'wiring', 'handoff', 'reporting'],
  actions: [...SHARED, 'wiring', 'handoff', 'session', 'translate', 'livechat', 'setup', 'reporting'],
  webhook: [...SHARED, 'wiring', 'handoff', 'session', 'translate', 'livechat', 'reporting'],
  register: [...SHARED, 'wiring', 'setup', 'webhook'],
  wiring: [...SHARED, 'livechat', 'reporting', 'session', 'translate'],
  'setup-state': ['bp', 'botpress-client', 'livechat'],
  'settings-form': [],
  reporting: [...SHARED, 'livechat'],
  index: [...DOORS, 'bp', 'reporting', 'wiring'],
}

/** Packages and modules of Node that a part may use; a part that is not named here may use all. */
const USES: Record<string, RegExp> = {
  livechat: /^(node:.+|zod\/mini|@botpress\/client)$/,
  media: /^(node:.+|request-filtering-agent)$/,
  translate: /^node:(crypto|url)$/,
  session: /^(@botpress\/client|node:crypto)$/,
  channels: /^@botpress\/client$/,
}

/** Every import that a part may not make, as `file -> import`. */
function trespasses({ path, imports }: Source): string[] {
  const part = partOf(path) ?? ''
  const forbidden = imports.filter(({ target: to }) => {
    if (/^(sandbox|test|bench)\b/.test(to)) return true
    const known = partOf(to)
    if (known === undefined) return !(USES[part]?.test(to) ?? true)
    return known !== part && !(KNOWS[part]?.includes(known) ?? true)
  })
  return forbidden.map((each) => `${path} -> ${each.target}`)
}

/** LiveChat's side takes one thing from Botpress: its copy of axios, so that the bundle holds no second one. */
const isBotpressInLiveChat = ({ path, imports }: Source) =>
  partOf(path) === 'livechat' &&
  imports.some(
    ({ target: to, names }) => to === '@botpress/client' && names.some((name) => !/^axios(Retry)?$/.test(name)),
  )

const MAKES_OUTPUT_DEPEND =
  /process\.env|Date\.now|new Date\(\)|Math\.random|randomUUID|\bfetch\(|console\.|\blog(ger)?\./

const TAGS_AND_STATES = new RegExp(
  '\\.(' +
    'getState|setState|getOrSetState|patchState|deleteState|' +
    'createConversation|getOrCreateConversation|updateConversation|listConversations|getConversation|' +
    'createMessage|getOrCreateMessage|updateMessage|listMessages|getMessage|' +
    'createUser|getOrCreateUser|updateUser|listUsers|getUser' +
    ')\\(',
)

/** Every file that its own imports lead back to. */
function circles(sources: readonly Pick<Source, 'path' | 'imports'>[]): string[] {
  const known = new Map(sources.map((each) => [each.path.replace(/\.ts$/, ''), each]))
  const fileOf = (target: string) => known.get(target) ?? known.get(`${target}/index`)
  const leadsBack = ({ path }: Pick<Source, 'path'>) => {
    const open = [path.replace(/\.ts$/, '')]
    const seen = new Set<string>()
    for (const from of open) {
      for (const next of (fileOf(from)?.imports ?? []).map(({ target: to }) => fileOf(to)?.path)) {
        if (next === path) return true
        if (next === undefined || seen.has(next)) continue
        seen.add(next)
        open.push(next.replace(/\.ts$/, ''))
      }
    }
    return false
  }
  return paths(sources.filter(leadsBack))
}

const src = sourcesIn('src')
const paths = (sources: readonly Pick<Source, 'path'>[]) => sources.map(({ path }) => path)

test('there is something to look at', () => {
  expect(src.length).toBeGreaterThan(50)
  expect(src.flatMap(({ imports }) => imports).length).toBeGreaterThan(200)
})

test('each part of the integration knows only what it may', () => {
  expect(src.flatMap(trespasses)).toEqual([])
})

test.each(['src', 'sandbox', 'bench', 'test', 'definition'])(
  'no file of %s imports itself through other files, types included',
  (folder) => {
    expect(circles(sourcesIn(folder))).toEqual([])
  },
)

test.each([
  { folder: 'src', above: /^(sandbox|bench|test)\b/ },
  { folder: 'sandbox', above: /^(bench|test)\b/ },
  { folder: 'bench', above: /^test\b/ },
])('no file of $folder, tests included, imports from above it', ({ folder, above }) => {
  const files = filesIn(folder, () => true)
  expect(paths(files.filter(({ imports }) => imports.some(({ target: to }) => above.test(to))))).toEqual([])
})

test('a name that src exports stands for nothing else in it', () => {
  const declared = src.map(({ text }) => [
    ...text.matchAll(/^(export )?(?:async )?(?:const|function|class|type) (\w+)/gm),
  ])
  const files = (name?: string) => declared.filter((names) => names.some(([, , each]) => each === name)).length
  const exported = declared.flat().filter(([, isExported]) => isExported)
  expect(exported.map(([, , name]) => name).filter((name) => files(name) > 1)).toEqual([])
})

test("LiveChat's side knows nothing of Botpress but its axios", () => {
  expect(paths(src.filter(isBotpressInLiveChat))).toEqual([])
})

test('translation gives the same output for the same input', () => {
  const translate = src.filter(({ path }) => partOf(path) === 'translate')
  expect(paths(translate.filter(({ text }) => MAKES_OUTPUT_DEPEND.test(text)))).toEqual([])
})

test('tags and states are read and written by the session alone, and the state of the set-up in one file', () => {
  const others = src.filter(({ path }) => !['session', 'setup-state'].includes(partOf(path) ?? ''))
  expect(paths(others.filter(({ text }) => TAGS_AND_STATES.test(text)))).toEqual([])
})

test('the environment is read where everything is wired, and by the program for the terminal', () => {
  const readers = paths(src.filter(({ text }) => /process\.env/.test(text)))
  expect(readers.filter((path) => path !== 'src/wiring.ts' && !path.startsWith('src/doctor/'))).toEqual([])
})

test('every error that Botpress shows to somebody is made in one place', () => {
  const makers = paths(src.filter(({ text }) => /new RuntimeError\(|extends RuntimeError/.test(text)))
  expect(makers).toEqual(['src/problems.ts'])
})

test('the clock is read in one place', () => {
  const readers = paths(src.filter(({ text }) => /Date\.now\(\)|new Date\(\)/.test(text)))
  expect(readers.filter((path) => path !== 'src/clock.ts' && !path.startsWith('src/reporting/'))).toEqual([])
})

test('the sandbox shares no code with the integration', () => {
  const shared = sourcesIn('sandbox').flatMap(({ path, imports }) =>
    imports.filter((each) => /^(src|interfaces)\b/.test(each.target)).map((each) => `${path} -> ${each.target}`),
  )
  expect(shared).toEqual([])
})

test('the definition knows only the texts that the integration shares with it, and only its types are in the bundle', () => {
  const definition = [...sourcesIn('definition'), read('integration.definition.ts')]
  const known = definition.flatMap(({ imports }) => imports.map((each) => each.target)).filter(partOf)
  expect([...new Set(known)].sort()).toEqual(['src/settings-form', 'src/translate/words/en'])
  const readers = src.filter(({ imports }) => imports.some((each) => /^(integration\.)?definition\b/.test(each.target)))
  expect(paths(readers)).toEqual(['src/bp.ts'])
  expect(read('src/bp.ts').text).not.toMatch(/^import (?!type).*definition/m)
})

test('the doors are one expression', () => {
  const index = read('src/index.ts').text
  expect(index).toMatch(/^export default /m)
  expect(
    index.split('\n').filter((line) => /^(export|const|let|function|class) /.test(line)).length,
  ).toBeLessThanOrEqual(2)
})

test.each([
  { path: 'src/livechat/x.ts', code: "import { wire } from '../wiring'" },
  { path: 'src/translate/x.ts', code: "import http from 'node:http'" },
  { path: 'src/translate/x.ts', code: "import type { Session } from '../session/session'" },
  { path: 'src/session/x.ts', code: "import { relayToAgent } from '../handoff/relay-to-agent'" },
  { path: 'src/handoff/x.ts', code: "import { handler } from '../webhook/handler'" },
  { path: 'src/channels/x.ts', code: "const { x } = await import('../webhook/handler')" },
  { path: 'src/setup/x.ts', code: "import { wire } from '../wiring'" },
  { path: 'src/setup/x.ts', code: "import { acceptsSecret } from '../webhook/secrets'" },
  { path: 'src/setup/x.ts', code: "import type { Session } from '../session/session'" },
  { path: 'src/webhook/x.ts', code: "import { planWebhooks } from '../setup/webhooks'" },
  { path: 'src/wiring.ts', code: "import { Probe } from './setup/probe'" },
  { path: 'src/webhook/x.ts', code: "export { startSandbox } from '../../sandbox/sandbox'" },
])('$code in $path would be noticed', ({ path, code }) => {
  expect(trespasses(read(path, code))).toHaveLength(1)
})

test('a circle through a type or an index would be noticed', () => {
  const a = read('src/a.ts', "import type { B } from './b'")
  const b = read('src/b/index.ts', "import { c } from '../c'")
  const c = read('src/c.ts', "export { a } from './a'")
  expect(circles([a, b, c])).toEqual(['src/a.ts', 'src/b/index.ts', 'src/c.ts'])
  expect(circles([b, c])).toEqual([])
})

test("a client of Botpress in LiveChat's side would be noticed", () => {
  expect(isBotpressInLiveChat(read('src/livechat/x.ts', "import { axios } from '@botpress/client'"))).toBe(false)
  expect(isBotpressInLiveChat(read('src/livechat/x.ts', "import { axios, Client } from '@botpress/client'"))).toBe(true)
  expect(isBotpressInLiveChat(read('src/livechat/x.ts', "import * as bp from '@botpress/client'"))).toBe(true)
})

test.each(['await client.setState({})', 'deps.client.updateConversation({ id })'])(
  '%s elsewhere would be noticed',
  (code) => {
    expect(TAGS_AND_STATES.test(code)).toBe(true)
  },
)
