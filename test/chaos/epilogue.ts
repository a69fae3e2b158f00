import { age } from './age'
import { askNow, customerSays } from './customer-acts'
import { atTheDesk, closeForAnybody } from './desk-acts'
import { violation, type Violation } from './oracle/violation'
import { QUIET_WITHIN_MS } from './play'
import type { Open, Session } from './session'
import type { Window } from './story'

/** How often what was left open is looked after before it counts as left for ever. */
const ROUNDS = 3

/**
 * Ends what a story has left, and finds out what stays for ever. Where calls fail, the next occasion may put right what
 * one of them has left: the customer writes once more, or comes back later.
 */
export async function endAll(session: Session): Promise<Violation[]> {
  const isQuiet = await session.quiet(QUIET_WITHIN_MS)
  const found = isQuiet ? [] : [violation('neverQuiet', `${session.atWork} after ${QUIET_WITHIN_MS / 1_000} s`)]
  const { faults, kills } = session.world.options
  const isSmooth = faults === 0 && kills === 0
  if (isSmooth) found.push(...leftOpen(session).map(({ thread }) => violation('chatLeftOpen', `thread ${thread.id}`)))
  else found.push(...(await comeBack(session)))
  await closeAll(session)
  found.push(...(await wakeUp(session, isSmooth)))
  return found
}

/** Threads of handoffs that the bot's side has ended, or has never begun. What an agent opened is the agent's to close. */
function leftOpen(session: Session): Open[] {
  const { botpress } = session.world.sandbox
  return session.open.filter(({ thread }) => {
    const isAlive = session.handoffs.some(
      ({ downstreamId = '' }) => threadOf(session, downstreamId) === thread.id && botpress.isActive(downstreamId),
    )
    return !isAlive && !session.ledger.reopened.includes(thread.id)
  })
}

function threadOf({ world }: Session, conversationId: string): string | undefined {
  const tags = world.sandbox.botpress.store.conversations.get(conversationId)?.object.tags ?? {}
  return Object.entries(tags).find(([key]) => key.endsWith(':threadId'))?.[1]
}

/** The customer asks once more, minutes later and without any fault: that must work, and close what was left open. */
async function comeBack(session: Session): Promise<Violation[]> {
  await closeAll(session)
  session.world.trouble.spare(session.number)
  await wakeUp(session, false)
  const left = leftOpen(session)
  age(session)
  session.ledger.note('The run itself: the customer asks once more.')
  const { refusal } = await askNow(session, 0)
  if (refusal !== undefined) return [violation('lockedOut', refusal)]
  session.ledger.note('The run itself: both people write.')
  customerSays(session, 0, 'words')
  await atTheDesk(session, { act: 'agent says', agent: 0, what: 'words' }).catch((thrown: unknown) =>
    session.ledger.note(`      (left out: ${String(thrown)})`),
  )
  session.notePresence()
  await session.quiet(QUIET_WITHIN_MS)
  const still = left.filter(({ chat, thread }) => session.world.sandbox.livechat.store.activeThread(chat) === thread)
  return still.map(({ thread }) => violation('chatLeftOpen', `thread ${thread.id}`))
}

/** Threads of live handoffs, and those that an agent opened, are closed at the desk. */
async function closeAll(session: Session): Promise<void> {
  const left = leftOpen(session)
  const open = session.open.filter(({ thread }) => !left.some((each) => each.thread === thread))
  for (const each of open) {
    session.ledger.note('The run itself: the chat is closed at the desk.')
    closeForAnybody(session, each)
  }
  if (open.length > 0) await session.quiet(QUIET_WITHIN_MS)
}

/** A customer whom the plugin still holds for an agent's writes once more: at the latest then it must be over. */
async function wakeUp(session: Session, isSmooth: boolean): Promise<Violation[]> {
  const isHeld = (window: Window) => session.isActive(window)
  const held = ([0, 1] as const).filter(isHeld)
  for (let round = 0; round < ROUNDS && held.some(isHeld); round += 1) {
    session.ledger.note('The run itself: the customer writes once more to a chat that is over.')
    for (const window of held.filter(isHeld)) customerSays(session, window, 'words')
    await session.quiet(QUIET_WITHIN_MS)
  }
  const forEver = held.filter((window) => isSmooth || isHeld(window))
  return forEver.map((window) => violation('leftActive', `window ${window}`))
}
