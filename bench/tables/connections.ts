import { MARIA, Stage } from '../flows/stage'
import { fixed, left, right, within, type Table } from '../print/table'

const MESSAGES = 100
/** Each message is a call or two, one after the other: one connection to each side can carry them all. */
const MOST = 2

/** How many connections a talk opens: each one is a handshake that somebody waits for. */
export async function connectionsTable(): Promise<Table> {
  const stage = await Stage.open()
  try {
    const talk = await stage.talking()
    stage.age(talk)
    await stage.sandbox.integration.metrics()
    await stage.forget() // with no connection open
    stage.takeExchanges()
    for (let message = 0; message < MESSAGES; message += 1) {
      await talk.customer.says(`Question ${message}`)
      stage.livechat.agent(MARIA).says(talk.chatId, `Answer ${message}`)
      await stage.sandbox.settled()
    }
    return tableOf(await counts(stage))
  } finally {
    await stage.close()
  }
}

type Counts = { side: string; requests: number; connections: number }[]

async function counts(stage: Stage): Promise<Counts> {
  const exchanges = stage.takeExchanges()
  const { connections } = await stage.sandbox.integration.metrics()
  return (['livechat', 'botpress'] as const).map((side) => ({
    side: side === 'livechat' ? 'LiveChat' : 'Botpress',
    requests: exchanges.filter(({ to }) => to === side).length,
    connections: connections[new URL(stage[side].url).port] ?? 0,
  }))
}

function tableOf(sides: Counts): Table {
  return {
    key: 'connections',
    title: '7  Connections',
    says: `A process that has just started, ${MESSAGES} messages each way in one session. Judged by the connections it opened.`,
    columns: [left('to'), right('requests'), right('connections'), right('most'), right('requests on each')],
    rows: sides.map(({ side, requests, connections }) => ({
      cells: [side, String(requests), String(connections), String(MOST), fixed(requests / Math.max(1, connections), 0)],
      verdict: within(connections, MOST),
    })),
    data: sides,
  }
}
