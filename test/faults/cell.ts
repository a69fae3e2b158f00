import { sentenceOf } from '../../src/problems'
import { fixedWordsIn } from '../../src/problems.testing'
import type { Kind } from './kinds'
import type { Play } from './play'
import { prepared } from './prepared'
import type { Effect, Scene } from './scene'
import { WEBHOOKS_OF_OURS } from './scenes/setup'
import type { RemoteCall, Stage } from './stage'

/** One fault at one remote call of one scene; `alone`: what comes afterwards is not played. */
export type Cell = { scene: Scene; call: RemoteCall; kind: Kind; alone?: boolean }

/** `unmet`: the scene did without the call this time, as it may with those that only wait for something. */
export type Outcome = 'done' | 'retried' | 'refused' | 'unmet' | 'broken'
export type Verdict = { outcome: Outcome; detail: string }

const broken = (detail: string): Verdict => ({ outcome: 'broken', detail })

/** Plays the scene with the fault in it, and what comes after it without. */
export async function playCell(stage: Stage, cell: Cell): Promise<Verdict> {
  const { scene, call, kind } = cell
  const play = await prepared(stage, scene)
  stage.startOver()
  stage.serveBy('second')
  stage.sandbox[call.to].faults.add({ operation: call.operation, ...kind.fault })
  const before = stage.written
  const told = await act(scene, play)
  const met = stage.calls.filter(({ operation }) => operation === call.operation)
  if (!met.some(({ fault }) => fault !== undefined)) return { outcome: 'unmet', detail: 'the call was not needed' }
  if (isDoubledByBotpress(cell, stage)) return { outcome: 'retried', detail: 'told twice' }
  const hasLogged = stage.written > before
  const verdict = judge(scene.effect(play, told), told, stage, {
    again: met.length > 1 || stage.wasSentAgain,
    hasLogged,
  })
  stage.startOver()
  const isClean = verdict.outcome !== 'refused' && !kind.isTelling
  if (verdict.outcome === 'broken' || isClean || (cell.alone && !scene.isSetUp)) return verdict
  stage.sandbox.livechat.webhooks.undisturb()
  const after = await goOn(play, scene)
  return after === undefined ? verdict : broken(`${verdict.outcome}, but afterwards ${after}`)
}

/** Botpress' own client sends an event again whose answer was lost, and nothing in Botpress recognises the second. */
function isDoubledByBotpress({ call, kind }: Cell, { calls }: Stage): boolean {
  if (call.operation !== 'createEvent' || kind.name !== 'cut after the work') return false
  const sent = calls
    .filter(({ operation }) => operation === 'createEvent')
    .map((event) => JSON.stringify(event.requestBody))
  return new Set(sent).size < sent.length
}

/** What the caller got, if the scene was refused. */
async function act(scene: Scene, play: Play): Promise<string | undefined> {
  try {
    await scene.act(play)
    return undefined
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  } finally {
    await play.settled()
  }
}

type Signs = { again: boolean; hasLogged: boolean }

function judge(effect: Effect, told: string | undefined, stage: Stage, { again, hasLogged }: Signs): Verdict {
  const { failures } = stage.sandbox.installation
  const sentence = told ?? failures.map((line) => line.replace(/^message \S+ Runtime: /, ''))[0]
  if (typeof effect === 'object') return broken(effect.half)
  if (sentence === undefined && effect === 'whole') return { outcome: again ? 'retried' : 'done', detail: '' }
  if (sentence === undefined && !hasLogged) return broken('nothing was done, and nobody was notified')
  if (sentence === undefined) return { outcome: 'refused', detail: 'a line in the log of the integration' }
  if (effect === 'whole' && !sentence.includes(sentenceOf('messageUncertain')))
    return broken(`done, but told: ${sentence}`)
  const known = fixedWordsIn(sentence)
  return known ? { outcome: 'refused', detail: known } : broken(`no clear sentence: ${sentence}`)
}

/** LiveChat could not tell that the chat is over: the customer's next words find out. */
const isClosedUnheard = (play: Play) => play.session?.phase === 'active' && play.openThreads === 0

/** The bot could not have the chat closed: the agent closes it. */
const isLeftOpen = (play: Play) => play.session?.phase === 'ended' && play.openThreads > 0

/** What comes next has to work as if nothing had happened. Returns what does not. */
async function goOn(play: Play, { isSetUp }: Scene): Promise<string | undefined> {
  try {
    if (isSetUp) await play.sandbox.installation.register()
    const { length } = play.sandbox.livechat.webhooks.registrations()
    if (length !== WEBHOOKS_OF_OURS) return `there are ${length} webhooks`
    if (isClosedUnheard(play)) await play.customer.says('Is anybody there?')
    if (isLeftOpen(play)) play.agent.closes(play.ids.chatId)
    await play.settled()
    if (play.session?.phase !== 'active') await play.handOver()
    await play.customer.says('Still here')
    await play.settled()
    play.agent.says(play.ids.chatId, 'So am I')
    await play.settled()
    const counts = { 'Still here': play.timesInLiveChat('Still here'), 'So am I': play.timesVisible('So am I') }
    const wrong = Object.entries(counts).find(([, count]) => count !== 1)
    if (wrong) return `"${wrong[0]}" arrived ${wrong[1]} times`
    play.agent.closes(play.ids.chatId)
    await play.settled()
    return play.session?.phase === 'ended' ? undefined : 'the end was not told'
  } catch (thrown) {
    return thrown instanceof Error ? thrown.message : String(thrown)
  }
}
