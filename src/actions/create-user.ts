import type { ActionProps } from '../bp'
import type { Shown } from '../session/end-users'
import { refusal } from '../problems'
import { ACTION_MS } from '../timing'
import { pictureAddress, realName } from '../translate/profile'
import { wire, type Deps } from '../wiring'

const MAX_EMAIL_CHARACTERS = 500

type Input = ActionProps['createUser']['input']

/**
 * The Botpress user that stands for a customer in handoffs. Equal input gives the same user: the plugin calls this once
 * for each message of a history, all at once.
 */
export async function createUser(props: ActionProps['createUser']): Promise<{ userId: string }> {
  const deps = wire(props, ACTION_MS)
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

/** As given: it distinguishes people, even where the plugin made it up. */
function emailOf({ email }: Input): string | undefined {
  const trimmed = email?.trim()
  return trimmed && trimmed.length <= MAX_EMAIL_CHARACTERS ? trimmed : undefined
}

/** Only what may be written over what is there, and what Botpress takes: a placeholder name would replace a real one. */
function shownOf(input: Input): Shown {
  const name = realName(input.name)
  const pictureUrl = pictureAddress(input.pictureUrl)
  return { ...(name && { name }), ...(pictureUrl && { pictureUrl }) }
}
