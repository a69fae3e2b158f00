import { describe, expect, test } from 'vitest'
import { defaultSettings, restore, type Settings, type SettingsPatch } from '../../sandbox/livechat'
import { LIVECHAT_MODES } from '../livechat-modes'

/** Switches that answer no open question: what an administrator sets, how fast time goes, what chance does. */
const NO_UNKNOWN = [
  'accounts.maxLiveTokens',
  'accounts.oldSecretsDie',
  'routing.autoAssign',
  'routing.welcomeMessage',
  'routing.queueEnabled',
  'chats.summaryDelayMs',
  'webhooks.timeoutMs',
  'webhooks.retryDelaysMs',
  'webhooks.timeScale',
  'webhooks.propagationDelayMs',
  'webhooks.seed',
  'webhooks.drawnBy',
  'latency.minMs',
  'latency.maxMs',
  'latency.random',
]

const switchesOf = (settings: SettingsPatch) =>
  Object.entries(settings).flatMap(([section, fields]) => Object.keys(fields).map((name) => `${section}.${name}`))

function withMode(patch: SettingsPatch): Settings {
  const settings = defaultSettings()
  restore(settings, patch)
  return settings
}

describe('the modes of LiveChat', () => {
  test('have names of their own', () => {
    expect(new Set(LIVECHAT_MODES.map(({ name }) => name)).size).toBe(LIVECHAT_MODES.length)
  })

  test.each(LIVECHAT_MODES)('$name: differs from the default in a switch that exists', ({ settings }) => {
    expect(withMode(settings)).not.toEqual(defaultSettings())
    const known = switchesOf({
      ...defaultSettings(),
      webhooks: { ...defaultSettings().webhooks, payloadVersion: '3.6' },
    })
    expect(switchesOf(settings).filter((name) => !known.includes(name))).toEqual([])
  })

  test('play every open question: each switch stands in a mode, or is none', () => {
    const played = new Set(LIVECHAT_MODES.flatMap(({ settings }) => switchesOf(settings)))
    const open = switchesOf(defaultSettings()).filter((name) => !NO_UNKNOWN.includes(name))
    expect(open.filter((name) => !played.has(name))).toEqual([])
    expect(NO_UNKNOWN.filter((name) => played.has(name))).toEqual([])
  })

  test('a reset forgets the mode', () => {
    const settings = withMode(LIVECHAT_MODES[0]?.settings ?? {})
    restore(settings)
    const { latency, ...others } = defaultSettings()
    expect(settings).toMatchObject({ ...others, latency: { minMs: latency.minMs, maxMs: latency.maxMs } })
  })
})
