import { REALISTIC, type DeepPartial, type Settings as BotpressSettings } from '../sandbox/botpress/settings'
import type { SettingsPatch } from '../sandbox/livechat'
import type { SandboxOptions } from '../sandbox/sandbox'
import { LIVECHAT_MODES } from './livechat-modes'

/** One way in which the two platforms may answer where their documents promise nothing. */
export type Mode = { name: string; botpress?: DeepPartial<BotpressSettings>; livechat?: SettingsPatch }

/** What both emulators start with. */
export const DEFAULT_MODE: Mode = { name: 'default' }

/** Milliseconds of one runtime call of the plugin: enough for hooks that begin together to overlap. */
const CALL_MS = 10

const tagsMove = (integrationTags: boolean, pluginTags: boolean): Mode['botpress'] => ({
  movesUpdatedAt: { integrationTags, pluginTags },
})

/** Each differs from the default in one respect. */
const BOTPRESS_MODES: Mode[] = [
  { name: 'patchState replaces', botpress: { patchState: 'replaces' } },
  { name: 'patchState checks', botpress: { patchState: 'checks' } },
  { name: 'patchState merges', botpress: { patchState: 'merges' } },
  { name: 'no tags move updatedAt', botpress: tagsMove(false, false) },
  { name: 'only plugin tags move updatedAt', botpress: tagsMove(false, true) },
  { name: 'only integration tags move updatedAt', botpress: tagsMove(true, false) },
  { name: 'messages move updatedAt', botpress: { movesUpdatedAt: { messages: true } } },
  { name: 'get-or-create is not atomic', botpress: { getOrCreateAtomic: false } },
  { name: 'get-or-set is not atomic', botpress: { getOrSetAtomic: false } },
  { name: 'get-or-create only finds', botpress: { getOrCreateUpdates: false, sendsCreated: false } },
  { name: 'each write is refused once', botpress: { conflicts: { rate: 1 } } },
  { name: 'some writes are refused once', botpress: { conflicts: { rate: 0.1 } } },
  { name: 'tags are found late', botpress: { tagLookupLagMs: 700 } },
  { name: 'hooks overlap', botpress: { plugin: { callMs: CALL_MS }, processing: { concurrent: true } } },
  { name: 'events wait', botpress: { plugin: { callMs: CALL_MS }, processing: { payloadQueues: true } } },
  { name: 'realistic delays', botpress: REALISTIC },
  { name: 'empty settings', botpress: { emptySettings: 'empty' } },
  { name: 'null settings', botpress: { emptySettings: 'null' } },
  { name: 'all tags are visible', botpress: { integrationSees: 'everything' } },
  { name: 'interface 2.1.0', botpress: { hitlInterface: '2.1.0' } },
  { name: 'plugin 1.3.0', botpress: { plugin: { version: '1.3.0' } } },
]

/** Every mode that the flow tests can run under. */
export const MODES: Mode[] = [
  DEFAULT_MODE,
  ...BOTPRESS_MODES,
  ...LIVECHAT_MODES.map(({ name, settings }): Mode => ({ name, livechat: settings })),
]

/** The mode that `PLATFORM_MODE=<name>` chooses for a whole run of tests. Throws when there is no such mode. */
export function modeOfRun(name = process.env['PLATFORM_MODE']): Mode {
  if (!name) return DEFAULT_MODE
  const mode = MODES.find((each) => each.name === name)
  if (!mode) throw new Error(`There is no mode "${name}". Modes: ${MODES.map((each) => each.name).join(', ')}`)
  return mode
}

/** Options of a sandbox under a mode. What a test asks for wins over the mode. */
export function withMode<T extends SandboxOptions>(options: T, mode = modeOfRun()): T {
  const { botpress, livechat } = mode
  return {
    ...options,
    ...(botpress && { botpress: merged(botpress, options.botpress) }),
    ...(livechat && { livechat: merged(livechat, options.livechat) }),
  }
}

/** Group by group (`plugin`, `webhooks` …); within a group key by key. */
function merged<T extends object>(mode: T, wanted: T = {} as T): T {
  const groups = Object.entries(wanted).map(([key, value]) => {
    const below: unknown = mode[key as keyof T]
    return [key, isGroup(below) && isGroup(value) ? { ...below, ...value } : value] as const
  })
  return { ...mode, ...Object.fromEntries(groups) }
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
