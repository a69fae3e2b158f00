import { expect, test } from 'vitest'
import { loadDefinition } from '../../sandbox/botpress'

test("the project's definition is read as the platform would keep it", async () => {
  const declared = await loadDefinition()
  expect(declared.tags.conversation).toContain('threadId')
  expect(declared.states).toMatchObject({ customer: { type: 'user' }, setup: { type: 'integration' } })
  expect(Object.keys(declared.actions)).toEqual(expect.arrayContaining(['createUser', 'startHitl', 'stopHitl']))
  expect(Object.keys(declared.events)).toEqual(expect.arrayContaining(['hitlAssigned', 'hitlStopped']))
  expect(Object.keys(declared.channels.hitl?.messages ?? {}).sort()).toEqual([
    'audio',
    'bloc',
    'file',
    'image',
    'text',
    'video',
  ])
})

test('a project without a definition is an error', async () => {
  await expect(loadDefinition('/nowhere')).rejects.toThrow('integration.definition.ts')
})
