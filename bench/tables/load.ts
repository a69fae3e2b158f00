import { setTimeout as sleep } from 'node:timers/promises'
import type { HandOver } from '../../sandbox/sandbox'
import { Arrivals } from '../flows/arrivals'
import { MARIA, Stage } from '../flows/stage'
import { fixed, left, right, within, type Table } from '../print/table'

const SESSIONS = 500
const EACH_WAY = 20
const DELAY_MS = 20
/** Handoffs that begin in one second: all at once would measure the emulators. */
const STARTS_PER_SECOND = 50
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
    says: `Both emulators answer each call after ${DELAY_MS} ms; ${STARTS_PER_SECOND} handoffs begin in a second, and in each the two talk in turn. Measured in the integration's own process. Delay of the event loop in ms.`,
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

function crowd(stage: Stage, arrivals: Arrivals, size: number): Promise<HandOver[]> {
  return Promise.all(
    Array.from({ length: size }, async (_, at) => {
      await sleep((at / STARTS_PER_SECOND) * 1000)
      return talk(stage, arrivals)
    }),
  )
}

const question = (number: number) => `Question ${number}`
const answer = (number: number) => `Answer ${number}`

async function talk({ sandbox, livechat, installation }: Stage, arrivals: Arrivals): Promise<HandOver> {
  const handOver = await sandbox.handOver({ customer: installation.customer({ name: 'Ada' }) })
  const { chatId, conversationId, customer } = handOver
  const maria = livechat.agent(MARIA)
  for (let number = 1; number <= EACH_WAY; number += 1) {
    const heard = arrivals.of(`${conversationId} ${question(number)}`, PATIENCE_MS)
    await Promise.all([customer.says(question(number)), heard])
    await arrivals.of(maria.says(chatId, answer(number)).eventId, PATIENCE_MS)
  }
  return handOver
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
