import type { Client } from '../bp'
import { personName, pictureAddress } from '../translate/profile'
import type { AgentUser } from './identities'
import type { Cache } from './cache'

/** What LiveChat shows of an agent. Absent is unknown: a placeholder would overwrite a real name. */
export type AgentFace = { name?: string; avatar?: string }

/** Begins the tag `agentId` of a neutral author; agents' ids are addresses. */
const NEUTRAL = 'livechat'

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

  /** Who says to a customer what no agent says: the user of nobody in particular, one for each name. */
  async neutralAuthor(name: string): Promise<string> {
    return (await this.userOf(`${NEUTRAL} ${name}`, { name })).userId
  }

  /** The user of an agent, created when there is none, with the name and picture that LiveChat shows. */
  async userOf(agentId: string, face: AgentFace): Promise<AgentUser> {
    const shown = shownOf(face)
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

/** Only what Botpress takes: a refused picture or name would cost the customer the agent's words. */
function shownOf({ name, avatar }: AgentFace): { name?: string; pictureUrl?: string } {
  const clean = personName(name)
  const pictureUrl = pictureAddress(avatar)
  return { ...(clean && { name: clean }), ...(pictureUrl && { pictureUrl }) }
}
