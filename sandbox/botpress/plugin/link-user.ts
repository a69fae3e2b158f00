import type { Payload, User } from '../objects'
import { isNewest, tagOf, type Plugin } from './plugin'

/** Links upstream users with users of the integration, for one start of a handoff. */
export class UserLinks {
  /** Upstream users as they were read or linked in this start. */
  private readonly known = new Map<string, User>()

  constructor(private readonly plugin: Plugin) {}

  /** Id of the downstream user of an upstream one; asks the integration's `createUser` when there is no valid link.
   *  Callers run side by side: an unlinked author of N messages makes N calls. */
  async downstreamIdOf(upstreamUserId: string, userEmail?: string): Promise<string> {
    const upstream = this.known.get(upstreamUserId) ?? (await this.plugin.client.getUser(upstreamUserId))
    this.known.set(upstreamUserId, upstream)
    return (await this.validLink(upstream)) ?? this.link(upstream, userEmail)
  }

  private async link(upstream: User, userEmail: string | undefined): Promise<string> {
    const { client, installed } = this.plugin
    const { userId } = await client.callAction('createUser', createUserInput(this.plugin, upstream, userEmail))
    const downstream = await client.getUser(String(userId))
    const names = {
      integrationName: installed.name,
      ...(isNewest(this.plugin) ? { integrationAlias: installed.alias } : {}),
    }
    const [linked] = await Promise.all([
      client.tagUser(upstream.id, { downstream: downstream.id, ...names }),
      client.tagUser(downstream.id, { upstream: upstream.id, ...names }),
    ])
    this.known.set(upstream.id, linked)
    return downstream.id
  }

  private async validLink(upstream: User): Promise<string | undefined> {
    const linked = tagOf(upstream, 'downstream')
    if (!linked || !this.isOfOurs(upstream)) return undefined
    try {
      return (await this.plugin.client.getUser(linked)).id
    } catch {
      return undefined // the linked user was deleted
    }
  }

  private isOfOurs(upstream: User): boolean {
    const { installed } = this.plugin
    const alias = isNewest(this.plugin) ? tagOf(upstream, 'integrationAlias') : undefined
    return alias === undefined ? tagOf(upstream, 'integrationName') === installed.name : alias === installed.alias
  }
}

/** Without the card's address the plugin makes one up; tags of the upstream user are not used. */
function createUserInput({ installed }: Plugin, upstream: User, userEmail: string | undefined): Payload {
  const generated = `${upstream.id}@no-reply.${installed.botId.replaceAll('_', '-')}.botpress.com`
  return {
    name: tagOf(upstream, 'name') ?? upstream.name ?? 'Unknown User',
    ...(upstream.pictureUrl === undefined ? {} : { pictureUrl: upstream.pictureUrl }),
    email: userEmail ?? generated,
  }
}
