import type { Client } from '../bp'
import type { AgentUser } from './identities'
import type { Cache } from './cache'

/** What LiveChat shows of an agent. Absent is unknown: a placeholder would overwrite a real name. */
export type AgentFace = { name?: string; avatar?: string }

/** Stands in the tag `agentId` of the neutral author; agents' ids are addresses. */
const NEUTRAL = 'livechat'

/** Longest name of a Botpress user, in characters. */
const MAX_NAME_CHARACTERS = 200

export type AgentsMemory = {
  /** Copies by LiveChat agent: name and picture are what was read last. */
  agents: Cache<AgentUser>
}

/** Agent users, found by their tag `agentId`. */
export class Agents {
  constructor(
    private readonly client: Client,
    private readonly memory: AgentsMemory,
  ) {}

  remembered(agentId: string): AgentUser | undefined {
    return this.memory.agents.get(agentId)
  }

  /** Botpress does not know the user any more, so that one is made the next time. */
  forget(agentId: string): void {
    this.memory.agents.delete(agentId)
  }

  /** Who says to a customer what no agent says: the user of nobody in particular. */
  async neutralAuthor(name: string): Promise<string> {
    return (await this.userOf(NEUTRAL, { name })).userId
  }

  /** The user of an agent, created when there is none, with the name and picture that LiveChat shows. */
  async userOf(agentId: string, face: AgentFace): Promise<AgentUser> {
    const shown = { ...(face.name && { name: clip(face.name) }), ...(face.avatar && { pictureUrl: face.avatar }) }
    const known = this.memory.agents.get(agentId)
    if (known && !differs(known, shown)) return known
    const { user } = await this.client.getOrCreateUser({ tags: { agentId }, discriminateByTags: ['agentId'], ...shown })
    // Whether get-or-create updates what it finds depends on the server's version: compare, then update.
    if (differs(user, shown)) await this.client.updateUser({ id: user.id, ...shown })
    const agent = { userId: user.id, name: user.name, pictureUrl: user.pictureUrl, ...shown }
    this.memory.agents.set(agentId, agent)
    return agent
  }
}

function differs(user: { name?: string; pictureUrl?: string }, shown: { name?: string; pictureUrl?: string }): boolean {
  const nameDiffers = shown.name !== undefined && shown.name !== user.name
  return nameDiffers || (shown.pictureUrl !== undefined && shown.pictureUrl !== user.pictureUrl)
}

const clip = (name: string) => name.slice(0, MAX_NAME_CHARACTERS)
