import type { ActionProps, Client } from '../bp'
import { realName } from '../translate/profile'
import { wire, type Deps } from '../wiring'

const TIME_FOR_USER_MS = 50_000
const MAX_NAME_CHARACTERS = 200
const MAX_EMAIL_CHARACTERS = 500

type Input = ActionProps['createUser']['input']
type Shown = { name?: string; pictureUrl?: string }

/**
 * The Botpress user that stands for a customer in handoffs. Equal input gives the same user: the plugin calls this once
 * for each message of a history, all at once.
 */
export async function createUser(props: ActionProps['createUser']): Promise<{ userId: string }> {
  const deps = wire(props, TIME_FOR_USER_MS)
  const email = emailOf(props.input)
  if (!email) return { userId: await create(shownOf(props.input), deps.client) }
  const { usersInCreation } = deps.memory
  const key = JSON.stringify([email, props.input.name, props.input.pictureUrl])
  const running = usersInCreation.get(key)
  if (running) return { userId: await running }
  const creation = getOrCreate(email, shownOf(props.input), deps).finally(() => usersInCreation.delete(key))
  usersInCreation.set(key, creation)
  return { userId: await creation }
}

async function create(shown: Shown, client: Client): Promise<string> {
  return (await client.createUser({ ...shown, tags: {} })).user.id
}

async function getOrCreate(email: string, shown: Shown, { client }: Deps): Promise<string> {
  const { user } = await client.getOrCreateUser({ tags: { email }, discriminateByTags: ['email'], ...shown })
  // Whether get-or-create updates what it finds depends on the server's version: compare, then update.
  const differs = (shown.name ?? user.name) !== user.name || (shown.pictureUrl ?? user.pictureUrl) !== user.pictureUrl
  if (differs) await client.updateUser({ id: user.id, ...shown })
  return user.id
}

/** As given: it tells people apart, even where the plugin made it up. */
function emailOf({ email }: Input): string | undefined {
  const trimmed = email?.trim()
  return trimmed && trimmed.length <= MAX_EMAIL_CHARACTERS ? trimmed : undefined
}

/** Only what may be written over what is there: a placeholder name would replace a real one. */
function shownOf({ name, pictureUrl }: Input): Shown {
  const real = realName(name)?.slice(0, MAX_NAME_CHARACTERS)
  return { ...(real && { name: real }), ...(pictureUrl?.trim() && { pictureUrl: pictureUrl.trim() }) }
}
