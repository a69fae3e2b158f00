import { expect, test } from 'vitest'
import { applySettings, defaultSettings } from '../sandbox/botpress/settings'
import { DEFAULT_MODE, MODES, modeOfRun, withMode } from './modes'

test('each mode has a name of its own, and all but the default change something', () => {
  expect(new Set(MODES.map(({ name }) => name)).size).toBe(MODES.length)
  for (const mode of MODES.filter((each) => each !== DEFAULT_MODE && each.botpress)) {
    const settings = defaultSettings()
    applySettings(settings, mode.botpress ?? {})
    expect(settings, mode.name).not.toEqual(defaultSettings())
  }
})

test('a run is under the default mode unless another is named', () => {
  expect(modeOfRun('')).toBe(DEFAULT_MODE)
  expect(modeOfRun('hooks overlap').botpress).toMatchObject({ processing: { concurrent: true } })
  expect(() => modeOfRun('hooks')).toThrow('There is no mode "hooks"')
})

test('what a test asks for wins over the mode, key by key', () => {
  const mode = { name: 'x', botpress: { pageSize: 5, plugin: { callMs: 10, linkDelayMs: 7 } } }
  const options = { token: 'minimal', botpress: { plugin: { linkDelayMs: 500 }, seed: 3 } } as const
  expect(withMode(options, mode)).toEqual({
    token: 'minimal',
    botpress: { pageSize: 5, seed: 3, plugin: { callMs: 10, linkDelayMs: 500 } },
  })
  expect(withMode(options, DEFAULT_MODE)).toEqual(options)
})
