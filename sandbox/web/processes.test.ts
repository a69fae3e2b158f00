import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSandbox, type Sandbox } from '../sandbox'
import { act } from './act'
import { Stage } from './stage'
import type { PageView } from './view'

let sandbox: Sandbox
let stage: Stage

beforeAll(async () => {
  // Retries after milliseconds instead of seconds.
  sandbox = await startSandbox({ processes: 'pool', livechat: { webhooks: { timeScale: 0.05 } } })
  stage = new Stage(sandbox)
})
beforeEach(async () => {
  await stage.reset()
  await sandbox.pool?.ready()
})
afterAll(() => sandbox.close())

const told = ({ story }: PageView) => story.map(({ text }) => text)
const numbers = ({ host }: PageView) => host.processes.map(({ number }) => number)

async function handOver(): Promise<void> {
  await stage.customer.says('agent')
  await sandbox.settled()
}

test('each call names the process that made it, and each request the one that served it', async () => {
  await handOver()
  const rows = stage.rows()
  expect(rows.filter(({ process }) => process === undefined)).toEqual([])
  expect(new Set(rows.map(({ process }) => process)).size).toBeGreaterThan(1)
  const { story } = stage.view()
  const start = story.find(({ text }) => text.includes('startHitl'))
  const its = rows.filter(({ id }) => start?.calls.includes(id))
  expect(its.length).toBeGreaterThan(3)
  expect(new Set(its.map(({ process }) => process)).size).toBe(1)
})

test('a killed process is shown, its request ends, and another takes its place', async () => {
  await handOver()
  await act(stage, { do: 'fault', id: 'killed', on: true })
  await stage.customer.says('Is anybody there?')
  await sandbox.settled()
  await sandbox.pool?.ready()
  const view = stage.view()
  expect(told(view)).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^Process \d+ is killed in the middle of message\/text\.$/),
      expect.stringMatching(/^Process \d+ starts\. It remembers nothing\.$/),
    ]),
  )
  expect(view.faults.filter(({ on }) => on)).toEqual([])
  expect(stage.rows().filter(({ done }) => !done)).toEqual([])
  expect(view.customer.lines.find(({ delivery }) => delivery)?.delivery).toEqual({
    state: 'uncertain',
    reason: 'The integration gave no answer.',
  })
  expect(view.host.processes).toHaveLength(3)
  expect(view.host.events.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['thawed', 'killed', 'started']))
})

test('one is killed by hand; one that is gone cannot be', async () => {
  const [first = 0] = numbers(stage.view())
  await act(stage, { do: 'process.dies', number: first })
  await sandbox.pool?.ready()
  expect(numbers(stage.view())).not.toContain(first)
  await expect(act(stage, { do: 'process.dies', number: first })).rejects.toThrow(`Process ${first} is gone already.`)
  await handOver()
  expect(stage.view().session.phase).toBe('waiting')
})

test('one process or three', async () => {
  await act(stage, { do: 'processes', count: 1 })
  expect(numbers(stage.view())).toHaveLength(1)
  await handOver()
  expect(new Set(stage.rows().map(({ process }) => process)).size).toBe(1)
  await act(stage, { do: 'processes', count: 3 })
  expect(stage.view().host).toMatchObject({ kind: 'pool', size: 3 })
  expect(numbers(stage.view())).toHaveLength(3)
})

test('with no process left everything can still be started over', async () => {
  await handOver()
  for (const number of numbers(stage.view())) await act(stage, { do: 'process.dies', number })
  await stage.reset()
  const view = stage.view()
  expect([view.session.phase, view.story, view.customer.lines]).toEqual(['bot', [], []])
})
