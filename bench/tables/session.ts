import { Stage, MARIA } from '../flows/stage'
import { left, right, within, type Table } from '../print/table'

/** Messages of either side in the session that is priced. */
const EACH_WAY = 10
/** What LiveChat charges private apps for 1000 requests, in US dollars, up to a million a month. */
const USD_PER_1000 = 0.27
/** What this session can cost at least: a token, the details, the start, and each text of the customer. */
const LEAST = 3 + EACH_WAY

/** What one usual handoff costs in requests that LiveChat bills. */
export async function sessionTable(): Promise<Table> {
  const stage = await Stage.open()
  try {
    const counts = await requestsOfSession(stage)
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0)
    const limit = LEAST + 2 // the end costs one (why it ended), a first word without a name another
    const price = (total / 1000) * USD_PER_1000
    const rows = Object.entries(counts).map(([name, count]) => ({ cells: [name, String(count), ''] }))
    return {
      key: 'session',
      title: `2  LiveChat requests of one session: a new customer, ${EACH_WAY} messages each way, closed by the agent`,
      says: `LiveChat bills private apps USD ${USD_PER_1000} for 1000 requests. Judged by what such a session needs at least (${LEAST}) and two for looking at the chat.`,
      columns: [left('request'), right('count'), right('most')],
      rows: [
        ...rows,
        { cells: ['together', String(total), String(limit)], verdict: within(total, limit) },
        { cells: ['price of 1000 such sessions', `USD ${(price * 1000).toFixed(2)}`, ''] },
      ],
      data: { counts, total, usdPerSession: price },
    }
  } finally {
    await stage.close()
  }
}

async function requestsOfSession(stage: Stage): Promise<Record<string, number>> {
  await stage.waiting() // the process has served somebody before
  stage.takeExchanges()
  const { customer, chatId } = await stage.sandbox.handOver({ customer: stage.somebody() })
  const maria = stage.livechat.agent(MARIA)
  for (let message = 1; message <= EACH_WAY; message += 1) {
    await customer.says(`Question ${message}`)
    maria.says(chatId, `Answer ${message}`)
    await stage.sandbox.settled()
  }
  maria.closes(chatId)
  await stage.sandbox.settled()
  const counts: Record<string, number> = {}
  for (const { to, operation } of stage.takeExchanges()) {
    if (to === 'livechat') counts[operation] = (counts[operation] ?? 0) + 1
  }
  return counts
}
