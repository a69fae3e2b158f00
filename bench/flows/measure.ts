import type { Exchange } from '../../sandbox/http/wire'
import type { Flow } from './flow'
import type { Stage } from './stage'

/** What one run of a flow took. */
export type Run = {
  botpress: number
  livechat: number
  /** The longest chain of calls one after the other. */
  depth: number
  /** After how many calls, one after the other, the words were where they belong. */
  reachedAfter?: number
  ms: number
  /** The calls in their order, as the wire names them. */
  calls: string[]
}

/** Plays a flow once with both platforms answering after `delayMs`. */
export async function play(flow: Flow, stage: Stage, delayMs: number): Promise<Run> {
  const go = await flow.prepare(stage)
  if (flow.temper === 'cold') await stage.forget()
  stage.takeExchanges()
  stage.delayCalls(delayMs)
  try {
    await go()
    await stage.sandbox.settled()
  } finally {
    stage.delayCalls(0)
    stage.livechat.webhooks.undisturb()
  }
  const run = read(flow, stage.takeExchanges())
  stage.livechat.webhooks.release()
  await stage.sandbox.settled()
  return run
}

function read(flow: Flow, exchanges: Exchange[]): Run {
  // The Botpress side sees what reaches the integration last: nothing of the way there counts.
  const asked = exchanges.findLast(({ to, operation }) => to === 'integration' && operation === flow.asked)
  if (asked?.endedAt === undefined) throw new Error(`${flow.name}: nobody asked ${flow.asked}, or it never answered`)
  const { startedAt, endedAt } = asked
  const calls = exchanges.filter((each) => each.to !== 'integration' && within(each, startedAt, endedAt))
  const depths = depthsOf(calls)
  const reaching = calls.findIndex(({ operation }) => operation === flow.reaches)
  return {
    botpress: calls.filter(({ to }) => to === 'botpress').length,
    livechat: calls.filter(({ to }) => to === 'livechat').length,
    depth: Math.max(0, ...depths),
    ...(reaching >= 0 && { reachedAfter: depths[reaching] }),
    ms: endedAt - startedAt,
    calls: calls.map(({ to, operation }) => (to === 'livechat' ? operation : `botpress/${operation}`)),
  }
}

function within({ startedAt }: Exchange, from: number, to: number): boolean {
  return startedAt >= from && startedAt <= to
}

/** For each call, in order of beginning: how many had to end one after the other before it could, itself included. */
function depthsOf(calls: readonly Exchange[]): number[] {
  const depths: number[] = []
  for (const [index, { startedAt }] of calls.entries()) {
    const before = calls
      .slice(0, index)
      .map(({ endedAt = Infinity }, at) => (endedAt <= startedAt ? (depths[at] ?? 0) : 0))
    depths.push(1 + Math.max(0, ...before))
  }
  return depths
}
