import { endedHandoff, noHandoff, dropDeliveries } from '../before'
import type { Play } from '../play'
import { times, type Effect, type Scene } from '../scene'

/** A handoff is there for both sides, or for neither. */
export function started(play: Play): Effect {
  const isActive = play.session?.phase === 'active'
  if (isActive && play.openThreads === 1) return 'whole'
  if (!isActive && play.openThreads === 0) return 'nothing'
  return { half: `the bot's side is ${play.session?.phase ?? 'not begun'}, open threads: ${play.openThreads}` }
}

const newName = (number: number) => `Renamed ${number}`

function usersWithNewName({ sandbox, number }: Play): number {
  const users = [...sandbox.botpress.store.users.values()]
  return users.filter(({ object }) => object.name === newName(number)).length
}

/** A handoff begins, and users are made for it. */
export const STARTING: Scene[] = [
  {
    name: 'a new customer is handed over',
    prepare: noHandoff,
    act: (play) => play.handOver(),
    effect: started,
  },
  {
    name: 'a customer is handed over again',
    prepare: endedHandoff,
    act: (play) => play.handOver(),
    effect: started,
  },
  {
    name: 'a handoff with wishes',
    // The agent's coming is another scene; told here, it would come at any time.
    prepare: (play) => dropDeliveries(play),
    act: (play) =>
      play.handOver({ hitlSession: { agentId: play.agent.id, tags: ['bot'], sessionFields: { plan: 'gold' } } }),
    effect: started,
  },
  {
    name: 'a user without an e-mail address is made',
    prepare: noHandoff,
    act: ({ number, sandbox }) => sandbox.installation.callAction('createUser', { name: newName(number) }),
    // Nothing tells two such requests apart: a lost answer leaves a user behind whom nobody uses.
    effect: (play, told) => (told === undefined ? times(Math.min(1, usersWithNewName(play)), 'the user') : 'nothing'),
  },
  {
    name: 'a customer has a new name',
    prepare: endedHandoff,
    act: ({ customer: { email }, number, sandbox }) =>
      sandbox.installation.callAction('createUser', { name: newName(number), email }),
    // A name at an address that nobody has verified makes a user of its own: the same as above.
    effect: (play, told) => (told === undefined ? times(Math.min(1, usersWithNewName(play)), 'the user') : 'nothing'),
  },
]
