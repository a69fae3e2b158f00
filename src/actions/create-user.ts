import type { ActionProps } from '../bp'
import type { Shown } from '../session/end-users'
import { realName } from '../translate/profile'
import { refusal } from '../problems'
import { wire, type Deps } from '../wiring'

const TIME_FOR_USER_MS = 48_000
const MAX_NAME_CHARACTERS = 200
const MAX_EMAIL_CHARACTERS = 500

type Input = ActionProps['createUser']['input']

/**
 * The Botpress user that stands for a customer in handoffs. Equal input gives the same user: the plugin calls this once
 * for each message of a history, all at once.
 */
export async function createUser(props: ActionProps['createUser']): Promise<{ userId: string }> {
  const deps = wire(props, TIME_FOR_USER_MS, { endsThen: true })
  try {
    return { userId: await userFor(props.input, deps) }
  } catch (error) {
    deps.log.failed('No user for the customer', error)
    throw refusal('userNotMade')
  }
}

async function userFor(input: Input, { endUsers, memory: { usersInCreation } }: Deps): Promise<string> {
  const email = emailOf(input)
  if (!email) return endUsers.create(shownOf(input))
  const key = JSON.stringify([email, input.name, input.pictureUrl])
  const running = usersInCreation.get(key)
  if (running) return running
  const creation = endUsers.getOrCreate(email, shownOf(input)).finally(() => usersInCreation.delete(key))
  usersInCreation.set(key, creation)
  return creation
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
