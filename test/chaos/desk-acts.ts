import { setTimeout as sleep } from 'node:timers/promises'
import { defaults } from '../../sandbox/livechat'
import { CHOICES, PICTURE } from './customer-acts'
import { LeftOut, type Open, type Session } from './session'
import type { Act, Agent, Closing } from './story'
import { LOGINS } from './world'

/** How long somebody at the desk waits for a chat that is about to open, in milliseconds. */
const CHAT_COMES_WITHIN_MS = 15_000
const LOOK_MS = 50

type DeskAct = Exclude<Act, { window: unknown }>

/** Somebody at LiveChat does something. Throws `LeftOut` where there is no chat for it, and what the desk refuses. */
export async function atTheDesk(session: Session, act: DeskAct): Promise<void> {
  if (act.act === 'reopen') return reopen(session, act.agent)
  const open = await openChat(session)
  if (act.act === 'router closes') return routerCloses(session, open, act.why)
  const agent = session.world.sandbox.livechat.agent(LOGINS[act.agent])
  const chatId = open.chat.id
  switch (act.act) {
    case 'pick up':
      return void agent.joins(chatId, { announce: act.announce })
    case 'agent says':
      return agentSays(session, chatId, act.agent, act.what)
    case 'offer':
      return offer(session, chatId, act.agent)
    case 'note':
      return says(session, act.agent, (word) => agent.notes(chatId, word), true)
    case 'transfer':
      return void agent.transfersTo(chatId, act.to === 'group' ? { groupId: GROUP } : { agentId: LOGINS[act.to] })
    case 'leave':
      return void agent.leaves(chatId)
    case 'close':
      return close(session, open, act.agent)
  }
}

const GROUP = defaults.SUPPORT_GROUP

/** Closes a chat as its agent, or as LiveChat where nobody is there. */
export function closeForAnybody(session: Session, open: Open): void {
  const [agent] = session.agentsIn(open.chat)
  if (agent === undefined) routerCloses(session, open, 'idle')
  else close(session, open, agent)
}

/** The newest thread of the customer's that is open. One that is about to open is waited for. */
async function openChat(session: Session): Promise<Open> {
  for (let waitedMs = 0; waitedMs < CHAT_COMES_WITHIN_MS; waitedMs += LOOK_MS) {
    const newest = session.open.at(-1)
    if (newest) return newest
    if (!session.ledger.asked.some(({ endedAt }) => endedAt === undefined)) break
    await sleep(LOOK_MS)
  }
  throw new LeftOut('no chat is open')
}

type Speaking = (word: string) => { threadId: string; eventId: string }

function says(session: Session, agent: Agent, speak: Speaking, isNote = false): void {
  const word = session.newWord()
  const at = Date.now()
  const { threadId, eventId } = speak(word)
  session.ledger.agentsSaid.push({ word, agent, threadId, eventId, at, isNote })
  session.ledger.note(`      ${word}`)
}

function agentSays(session: Session, chatId: string, agent: Agent, what: 'words' | 'a file'): void {
  const person = session.world.sandbox.livechat.agent(LOGINS[agent])
  says(session, agent, (word) =>
    what === 'words' ? person.says(chatId, word) : person.sendsFile(chatId, { ...PICTURE, name: `${word}.png` }),
  )
}

function offer(session: Session, chatId: string, agent: Agent): void {
  const person = session.world.sandbox.livechat.agent(LOGINS[agent])
  says(session, agent, (word) => {
    const buttons = CHOICES.map((text) => ({ type: 'message', text, value: text, postback_id: `choose-${text}` }))
    return person.sendsRichMessage(chatId, { elements: [{ title: word, buttons }] })
  })
}

function reopen(session: Session, agent: Agent): void {
  const chat = session.chats.at(-1)
  if (!chat) throw new LeftOut('there is no chat yet')
  const person = session.world.sandbox.livechat.agent(LOGINS[agent])
  says(session, agent, (word) => {
    const { threadId } = person.reopens(chat.id, word)
    session.ledger.reopened.push(threadId)
    const said = chat.threads.at(-1)?.events.find(({ text }) => text === word)
    return { threadId, eventId: said?.id ?? '' }
  })
}

function close(session: Session, { chat, thread }: Open, agent: Agent): void {
  session.world.sandbox.livechat.agent(LOGINS[agent]).closes(chat.id)
  noteClosed(session, thread.id)
}

function routerCloses(session: Session, { chat, thread }: Open, why: Closing): void {
  const { router } = session.world.sandbox.livechat
  if (why === 'idle') router.closesIdle(chat.id)
  if (why === 'nobody') router.closesNobody(chat.id)
  if (why === 'disconnected') router.closesOther(chat.id)
  noteClosed(session, thread.id)
}

function noteClosed({ ledger }: Session, threadId: string): void {
  ledger.closed.push({ threadId, at: Date.now() })
  ledger.present(threadId, [])
}
