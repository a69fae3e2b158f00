import type { HandOver } from '../../sandbox/sandbox'
import { Arrivals } from '../flows/arrivals'
import { Lanes } from '../flows/lanes'
import { MARIA, Stage } from '../flows/stage'
import { fixed, left, right, within, type Table } from '../print/table'

const SESSIONS = 500
const EACH_WAY = 20
const DELAY_MS = 20
/** Of the crowd so many act in the same moment; with more of them the emulators would be measured. */
const STARTS_AT_ONCE = 8
const MESSAGES_AT_ONCE = 48
const MOST = { loopDelayMs: 50, lost: 0, doubled: 0 }
const PATIENCE_MS = 60_000

/** Many people at once: nothing lost, nothing doubled, and the process stays at ease. */
export async function loadTable(): Promise<Table> {
  const stage = await Stage.open()
  try {
    const arrivals = new Arrivals(stage)
    await crowd(stage, arrivals, 20) // the process has served people before
    stage.delayCalls(DELAY_MS)
    await stage.sandbox.integration.metrics()
    const startedAt = performance.now()
    const talks = await crowd(stage, arrivals, SESSIONS)
    const seconds = (performance.now() - startedAt) / 1000
    const used = await stage.sandbox.integration.metrics()
    return tableOf({ ...countAll(stage, talks), ...used, seconds })
  } finally {
    await stage.close()
  }
}

type Result = ReturnType<typeof countAll> & {
  seconds: number
  cpuMs: number
  heapBytes: number
  loopDelayMs: { p50: number; p99: number; max: number }
}

function tableOf(result: Result): Table {
  const { seconds, lost, doubled, heapBytes, loopDelayMs, cpuMs } = result
  const messages = SESSIONS * EACH_WAY * 2
  const judged = (name: string, value: string, number: number, most: number) => ({
    cells: [name, value, String(most)],
    verdict: within(number, most),
  })
  return {
    key: 'load',
    title: `6  Load: ${SESSIONS} sessions at once, ${EACH_WAY} messages each way`,
    says: `Both emulators answer each call after ${DELAY_MS} ms; all handoffs are open before anybody talks, then in each the two talk in turn, ${MESSAGES_AT_ONCE} messages on their way at a time. Measured in the integration's own process. Delay of the event loop in ms.`,
    columns: [left(''), right('value'), right('most')],
    rows: [
      { cells: ['messages', `${messages} in ${fixed(seconds, 0)} s`, ''] },
      judged('lost', String(lost), lost, MOST.lost),
      judged('doubled', String(doubled), doubled, MOST.doubled),
      judged('event loop delay, p99', fixed(loopDelayMs.p99), loopDelayMs.p99, MOST.loopDelayMs),
      { cells: ['event loop delay, p50 / max', `${fixed(loopDelayMs.p50)} / ${fixed(loopDelayMs.max)}`, ''] },
      { cells: ['heap after a collection, MB', fixed(heapBytes / 1e6), ''] },
      { cells: ['CPU per message, ms', fixed(cpuMs / messages, 2), ''] },
    ],
    data: { sessions: SESSIONS, messages, ...result },
  }
}

/** Everybody is handed over before anybody talks, so that all sessions are open for the whole time. */
async function crowd(stage: Stage, arrivals: Arrivals, size: number): Promise<HandOver[]> {
  const { sandbox, installation } = stage
  const [starts, messages] = [new Lanes(STARTS_AT_ONCE), new Lanes(MESSAGES_AT_ONCE)]
  const everybody = Array.from({ length: size }, () => installation.customer({ name: 'Ada' }))
  const talks = await Promise.all(everybody.map((customer) => starts.run(() => sandbox.handOver({ customer }))))
  await Promise.all(talks.map((handOver) => talk(handOver, stage, { arrivals, messages })))
  return talks
}

const question = (number: number) => `Question ${number}`
const answer = (number: number) => `Answer ${number}`

/** In turn: each hears the other before answering. */
async function talk(
  handOver: HandOver,
  { livechat }: Stage,
  way: { arrivals: Arrivals; messages: Lanes },
): Promise<void> {
  const { chatId, conversationId, customer } = handOver
  const { arrivals, messages } = way
  const maria = livechat.agent(MARIA)
  for (let number = 1; number <= EACH_WAY; number += 1) {
    await messages.run(() => {
      const heard = arrivals.of(`${conversationId} ${question(number)}`, PATIENCE_MS)
      return Promise.all([customer.says(question(number)), heard])
    })
    await messages.run(() => arrivals.of(maria.says(chatId, answer(number)).eventId, PATIENCE_MS))
  }
}

/** Every message has to stand once on the other side. */
function countAll({ livechat }: Stage, talks: HandOver[]): { lost: number; doubled: number } {
  const counts = talks.flatMap(({ chatId, customer }) => {
    const atDesk = livechat.store.eventsIn(chatId).map(({ text }) => text)
    const atCustomer = customer.sees().map(({ text }) => text)
    const times = (texts: unknown[], text: string) => texts.filter((each) => each === text).length
    const numbers = Array.from({ length: EACH_WAY }, (_, at) => at + 1)
    return numbers.flatMap((number) => [times(atDesk, question(number)), times(atCustomer, answer(number))])
  })
  return { lost: counts.filter((count) => count === 0).length, doubled: counts.filter((count) => count > 1).length }
}
