import type { Payload, User } from '../objects'
import { getUser } from '../runtime-api/users'
import { isNewest, tagOf, tagUser, type Plugin } from './plugin'

/** Id of the downstream user of an upstream one; asks the integration's `createUser` when there is no valid link.
 *  Callers run side by side: an unlinked author of N messages makes N calls. */
export async function downstreamUser(plugin: Plugin, upstreamUserId: string, userEmail?: string): Promise<string> {
  const { platform, bot, installed } = plugin
  const upstream = getUser(platform, bot, upstreamUserId)
  const linked = validLink(plugin, upstream)
  if (linked) return linked
  const { userId } = await platform.callAction(installed, 'createUser', createUserInput(plugin, upstream, userEmail))
  const downstream = getUser(platform, bot, String(userId))
  const names = { integrationName: installed.name, ...(isNewest(plugin) ? { integrationAlias: installed.alias } : {}) }
  tagUser(plugin, upstream.id, { downstream: downstream.id, ...names })
  tagUser(plugin, downstream.id, { upstream: upstream.id, ...names })
  return downstream.id
}

function validLink(plugin: Plugin, upstream: User): string | undefined {
  const { platform, bot, installed } = plugin
  const linked = tagOf(upstream, 'downstream')
  if (!linked) return undefined
  const alias = isNewest(plugin) ? tagOf(upstream, 'integrationAlias') : undefined
  const same = alias === undefined ? tagOf(upstream, 'integrationName') === installed.name : alias === installed.alias
  if (!same) return undefined
  try {
    return getUser(platform, bot, linked).id
  } catch {
    return undefined // the linked user was deleted
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
