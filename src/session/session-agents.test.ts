import { expect, test } from 'vitest'
import { agentsTag, readAgents, type AgentEntry } from './session-agents'

const MARIA = 'maria@acme.test'
const OMAR = 'omar@acme.test'

test.each<{ name: string; agents: AgentEntry[]; text: string }>([
  { name: 'nobody', agents: [], text: '' },
  {
    name: 'an agent with user and time',
    agents: [{ agentId: MARIA, userId: 'user_1', announcedAt: 36, hasLeft: false }],
    text: `${MARIA},user_1,10`,
  },
  {
    name: 'an agent who has left',
    agents: [{ agentId: MARIA, userId: 'user_1', hasLeft: true }],
    text: `-${MARIA},user_1`,
  },
  {
    name: 'an agent without a user',
    agents: [{ agentId: MARIA, announcedAt: 36, hasLeft: false }],
    text: `${MARIA},,10`,
  },
  {
    name: 'two agents, the last announced at the end',
    agents: [
      { agentId: OMAR, hasLeft: true },
      { agentId: MARIA, hasLeft: false },
    ],
    text: `-${OMAR} ${MARIA}`,
  },
])('$name: written and read back', ({ agents, text }) => {
  const tags = agentsTag(agents)
  expect(tags).toEqual({ agentId: agents.at(-1)?.agentId ?? '', agentsSeen: text })
  expect(readAgents(tags)).toEqual(agents)
})

test.each([
  {
    name: 'the agent last announced stands in no list',
    tags: { agentId: MARIA, agentUserId: 'user_1' },
    agents: [{ agentId: MARIA, userId: 'user_1', hasLeft: false }],
  },
  {
    name: 'the list has no users yet',
    tags: { agentsSeen: `${OMAR} ${MARIA}`, agentId: MARIA, agentUserId: 'user_1' },
    agents: [
      { agentId: OMAR, hasLeft: false },
      { agentId: MARIA, userId: 'user_1', hasLeft: false },
    ],
  },
  {
    name: 'a time that is none',
    tags: { agentsSeen: `${MARIA},user_1,?` },
    agents: [{ agentId: MARIA, userId: 'user_1', hasLeft: false }],
  },
])('tags of version 1.0.0, $name: read', ({ tags, agents }) => {
  expect(readAgents(tags)).toEqual(agents)
})

test('of more agents than a tag holds the newest are kept', () => {
  const agents = Array.from({ length: 30 }, (_, index) => ({
    agentId: `agent-${String(index).padStart(2, '0')}@acme.test`,
    userId: 'user_1',
    hasLeft: false,
  }))
  const { agentsSeen } = agentsTag(agents)
  expect(agentsSeen.length).toBeLessThanOrEqual(500)
  const kept = readAgents({ agentsSeen })
  expect(kept).toEqual(agents.slice(-kept.length))
  expect(kept.length).toBeGreaterThan(10)
})

test('one agent whose entry alone is too long is kept all the same', () => {
  const agentId = `${'a'.repeat(600)}@acme.test`
  expect(agentsTag([{ agentId, hasLeft: false }]).agentsSeen).toBe(agentId)
})
