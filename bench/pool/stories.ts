import { setTimeout as pause } from 'node:timers/promises'
import type { HandOver } from '../../sandbox/sandbox'
import type { Desk } from './desk'

/** Something that goes wrong for people when two processes do not know of each other. */
type Harm = {
  name: string
  /** How often it could have happened in one play of the story. */
  chances: number
  /** How often it did, looked at when all is quiet. */
  count(desk: Desk, talk: HandOver): number
}

/** One handoff as people play it, and the harm that is looked for in it. */
export type Story = { plays: number; harms: Harm[]; play(desk: Desk): Promise<HandOver> }

/** Of each handoff so many words are said within three seconds before it is closed. */
const LAST_WORDS = ['I have sent it off.', 'You will get it tomorrow.']
const SHORT_STORIES = 10

const moreThanOnce = (times: number) => (times > 1 ? 1 : 0)
const announcedTwice = (name: string): Harm => ({
  name,
  chances: 1,
  count: (desk, talk) => moreThanOnce(desk.announcements(talk)),
})
const endedTwice = (name: string): Harm => ({ name, chances: 1, count: (desk, talk) => moreThanOnce(desk.ends(talk)) })
const lost = (name: string, words: readonly string[]): Harm => ({
  name,
  chances: words.length,
  count: (desk, talk) => words.filter((text) => !desk.wasRead(talk, text)).length,
})

export function stories(handoffs: number): Story[] {
  return [whole(handoffs), pickUp, firstWords, bye, writesAfterwards(0), writesAfterwards(150)]
}

/** A handoff from the customer's first words to its end by the agent. Half of the customers say thanks just after it. */
const whole = (plays: number): Story => ({
  plays,
  harms: [
    announcedTwice('an agent announced twice in a row'),
    lost("an agent's last words, said within 3 s before closing, lost", LAST_WORDS),
    endedTwice('`chatEnded` twice'),
  ],
  async play(desk) {
    const talk = await desk.waiting()
    desk.maria.joins(talk.chatId)
    await desk.agentSays(talk, 'How can I help?')
    await desk.customerSays(talk, 'My lamp is broken.')
    await desk.quiet()
    for (const text of LAST_WORDS) {
      desk.maria.says(talk.chatId, text)
      await desk.quiet(1_500)
    }
    desk.maria.closes(talk.chatId)
    if (desk.coin()) await desk.quiet(500).then(() => talk.customer.says('Thank you!'))
    return talk
  },
})

const pickUp: Story = {
  plays: SHORT_STORIES,
  harms: [announcedTwice('pick-up announced twice')],
  async play(desk) {
    const talk = await desk.waiting()
    desk.maria.joins(talk.chatId)
    return talk
  },
}

const firstWords: Story = {
  plays: SHORT_STORIES,
  harms: [announcedTwice('pick-up by writing: "joined" twice')],
  async play(desk) {
    const talk = await desk.waiting()
    desk.maria.says(talk.chatId, 'Maria here.')
    return talk
  },
}

const bye: Story = {
  plays: SHORT_STORIES,
  harms: [lost('"Bye", closed 0 ms later, lost', ['Bye'])],
  async play(desk) {
    const talk = await desk.talking()
    desk.maria.says(talk.chatId, 'Bye')
    desk.maria.closes(talk.chatId)
    return talk
  },
}

const writesAfterwards = (afterMs: number): Story => ({
  plays: SHORT_STORIES,
  harms: [endedTwice(`customer writes ${afterMs} ms after the close: \`chatEnded\` twice`)],
  async play(desk) {
    const talk = await desk.talking()
    desk.maria.closes(talk.chatId)
    if (afterMs > 0) await pause(afterMs)
    await talk.customer.says('One more thing')
    return talk
  },
})
