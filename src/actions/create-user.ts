import type { ActionProps } from '../bp'
import type { Address, Shown } from '../session/end-users'
import { refusal } from '../problems'
import { ACTION_MS } from '../timing'
import { identifyingAddress, realAddress, upstreamUserIn } from '../translate/address'
import { pictureAddress, realName } from '../translate/profile'
import type { Deps } from '../wiring'
import { action } from './action'

type Input = ActionProps['createUser']['input']

/**
 * The Botpress user that stands for a customer in handoffs. Equal input gives the same user: the plugin calls this once
 * for each message of a history, all at once.
 */
export const createUser = action<'createUser'>({
  ms: ACTION_MS,
  failed: 'No user for the customer',
  act: async (input, deps) => ({ userId: await userFor(input, deps) }),
  answerTo: () => {
    throw refusal('userNotMade')
  },
})

/** The wire is looser than the schema, and a fact of another kind is no reason to have no customer. */
function readable({ name, email, pictureUrl }: Input): Input {
  return { name: text(name) ?? '', email: text(email), pictureUrl: text(pictureUrl) }
}

const text = (given: unknown) => (typeof given === 'string' ? given : undefined)

async function userFor(given: Input, deps: Deps): Promise<string> {
  const input = readable(given)
  const shown = shownOf(input)
  const address = addressOf(input)
  if (!address) return deps.endUsers.create(shown)
  if (!address.isProof && !deps.settings.recognizeByEmail) {
    return deps.endUsers.create(shown, realAddress(input.email))
  }
  return once(address.spelling, shown, () => deps.endUsers.ofAddress(address, shown), deps)
}

/** Equal requests that come together are one; of each address only the last counts, as another name may have come since. */
function once(
  spelling: string,
  shown: Shown,
  find: () => Promise<string>,
  { memory: { usersFoundLately } }: Deps,
): Promise<string> {
  const face = JSON.stringify(shown)
  const last = usersFoundLately.get(spelling)
  if (last?.face === face) return last.userId
  const userId = find()
  usersFoundLately.set(spelling, { face, userId })
  userId.catch(() => usersFoundLately.delete(spelling))
  return userId
}

function addressOf({ email }: Input): Address | undefined {
  const identifying = identifyingAddress(email)
  if (identifying === undefined) return undefined
  return { email: identifying, spelling: email?.trim() ?? '', isProof: upstreamUserIn(email) !== undefined }
}

/** Only what may be written over what is there, and what Botpress takes: a placeholder name would replace a real one. */
function shownOf(input: Input): Shown {
  const name = realName(input.name)
  const pictureUrl = pictureAddress(input.pictureUrl)
  return { ...(name && { name }), ...(pictureUrl && { pictureUrl }) }
}
