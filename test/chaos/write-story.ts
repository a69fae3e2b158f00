import { Dice } from './dice'
import type { Act, Agent, Announcement, Closing, Step, Story } from './story'

const AGENTS: readonly Agent[] = [0, 1, 2]
const ANNOUNCEMENTS: readonly (readonly [number, Announcement])[] = [
  [8, 'both'],
  [1, 'user_added_to_chat'],
  [1, 'chat_transferred'],
]
const CLOSINGS: readonly Closing[] = ['idle', 'nobody', 'disconnected']
/** The plugin's limit in stories about it, in seconds, and how long these stories wait for it, in milliseconds. */
const TIMEOUT_SECONDS = 3
const TIMEOUT_MS = 6_000

/** Always the same story for the same seed and index. */
export function writeStory(seed: number, index: number): Story {
  return new Author(new Dice(`story ${seed}/${index}`)).write(seed, index)
}

/** Writes what people might do, as far as the author can know what is possible at that moment. */
class Author {
  private readonly steps: Step[] = []
  /** Agents in the chat. */
  private here: Agent[] = []
  private choiceIsOpen = false

  constructor(private readonly dice: Dice) {}

  write(seed: number, index: number): Story {
    const { dice, steps } = this
    const hasEmail = dice.chance(0.7)
    const isNamed = dice.chance(0.4)
    this.handoff(hasEmail)
    if (dice.chance(0.15)) this.reopened()
    if (dice.chance(0.4)) this.handoff(hasEmail)
    return { seed, index, hasEmail, isNamed, steps }
  }

  private handoff(hasEmail: boolean): void {
    const isFirst = this.steps.length === 0
    const { dice } = this
    this.here = []
    if (isFirst && dice.chance(0.06)) return this.nobodyComes()
    this.add({ act: 'ask', window: 0 }, isFirst ? 0 : undefined)
    const length = dice.between(1, 7)
    const secondWindowAt = hasEmail && dice.chance(0.2) ? dice.between(0, length) : -1
    for (let done = 0; done < length; done += 1) {
      if (done === secondWindowAt) this.secondWindow()
      this.something()
    }
    this.ending()
    if (secondWindowAt === length) this.secondWindow()
    if (dice.chance(0.25)) this.add({ act: 'customer says', window: 0, what: 'words' }, dice.pick([0, 150, 600]))
  }

  private nobodyComes(): void {
    this.add({ act: 'ask', window: 0, timeoutSeconds: TIMEOUT_SECONDS }, 0)
    if (this.dice.chance(0.7)) this.add({ act: 'customer says', window: 0, what: 'words' })
    this.add({ act: 'customer says', window: 0, what: 'words' }, TIMEOUT_MS)
  }

  private secondWindow(): void {
    const inOtherWords = this.dice.chance(0.5)
    this.add({ act: 'ask', window: 1, ...(inOtherWords && { inOtherWords }) })
    if (this.dice.chance(0.6)) this.add({ act: 'customer says', window: 1, what: 'words' })
  }

  private reopened(): void {
    const { dice } = this
    this.add({ act: 'reopen', agent: dice.pick(AGENTS) })
    this.here = []
    if (dice.chance(0.4)) this.add({ act: 'agent says', agent: dice.pick(AGENTS), what: 'words' })
  }

  private something(): void {
    const agent = this.here.length > 0 ? this.dice.pick(this.here) : undefined
    if (agent === undefined) this.withoutAgent()
    else this.withAgent(agent)
  }

  private withoutAgent(): void {
    const { dice } = this
    const agent = dice.pick(AGENTS)
    const act = dice.weigh<Act>([
      [4, { act: 'pick up', agent, announce: dice.weigh(ANNOUNCEMENTS) }],
      [3, { act: 'agent says', agent, what: this.what() }],
      [3, { act: 'customer says', window: 0, what: this.what() }],
    ])
    this.add(act)
    if (act.act !== 'customer says') this.here = [agent]
  }

  private withAgent(agent: Agent): void {
    const { dice } = this
    const other = dice.pick(AGENTS.filter((each) => each !== agent))
    const [act, here] = dice.weigh<readonly [Act, Agent[]]>([
      [8, [{ act: 'agent says', agent, what: this.what() }, this.here]],
      [6, [{ act: 'customer says', window: 0, what: this.what() }, this.here]],
      [3, [{ act: 'transfer', agent, to: other }, [other]]],
      [1.5, [{ act: 'transfer', agent, to: 'group' }, []]],
      [1.5, [{ act: 'leave', agent }, this.here.filter((each) => each !== agent)]],
      [this.here.length === 1 ? 2 : 0, [{ act: 'pick up', agent: other, announce: 'both' }, [...this.here, other]]],
      [1, [{ act: 'note', agent }, this.here]],
      [this.choiceIsOpen ? 0 : 1.5, [{ act: 'offer', agent }, this.here]],
      [this.choiceIsOpen ? 6 : 0, [{ act: 'answer', window: 0, by: dice.pick(['label', 'number']) }, this.here]],
    ])
    this.add(act)
    this.here = here
    if (act.act === 'offer') this.choiceIsOpen = true
    if (act.act === 'answer') this.choiceIsOpen = false
  }

  private ending(): void {
    const { dice } = this
    const agent = this.here[0] ?? dice.pick(AGENTS)
    const lastWords = () => this.add({ act: 'agent says', agent, what: 'words' })
    const endings: (readonly [number, () => void])[] = [
      [4, () => this.add({ act: 'close', agent }, (lastWords(), 0))],
      [2, () => this.add({ act: 'close', agent })],
      [1, () => this.add({ act: 'router closes', why: dice.pick(CLOSINGS) })],
      [2, () => this.add({ act: 'end command', window: 0 })],
      [1.5, () => this.add({ act: 'bot stops', window: 0 })],
      [0.5, () => undefined],
    ]
    dice.weigh(endings)()
    this.choiceIsOpen = false
  }

  private what(): 'words' | 'a file' {
    return this.dice.chance(0.1) ? 'a file' : 'words'
  }

  private add(act: Act, pause: Step['pause'] = this.pause()): void {
    this.steps.push({ ...act, pause })
  }

  private pause(): Step['pause'] {
    const { dice } = this
    return dice.weigh<Step['pause']>([
      [6, dice.between(0, 600)],
      [1, 0],
      [3, 'quiet'],
    ])
  }
}
