import type { ChatLine, PageView } from '../../view'
import type { Hands } from './hands'
import { brokenLamp } from './lamp'
import type { Beat } from './player'

const says = (lines: readonly ChatLine[] = [], part: string) =>
  lines.some(({ content }) => content.kind === 'text' && content.text.includes(part))
const customerReads = (part: string) => (view: PageView) => says(view.customer.lines, part)
const agentReads = (part: string) => (view: PageView) => says(view.desk.chats[0]?.lines, part)
const agentSees = (kind: ChatLine['content']['kind']) => (view: PageView) =>
  view.desk.chats[0]?.lines.some(({ content }) => content.kind === kind) === true
const isTold = (part: string) => (view: PageView) => view.story.some(({ text }) => text.includes(part))

type Told = Beat<Hands>

/** Somebody types, and the words arrive on the other side. */
function writes(who: 'customer' | 'desk', text: string, { caption, until }: Pick<Told, 'caption' | 'until'>): Told[] {
  return [
    { caption, spot: who, act: (hands) => hands.types(who, text), holdMs: 350 },
    { caption, spot: who, act: (hands) => hands.sends(who), until },
  ]
}

/** A whole handoff of the lamp shop, as the page plays it. */
export const STORY: readonly Told[] = [
  ...writes('customer', 'Hello! My new lamp arrived broken.', {
    caption: 'Ada writes to the bot of a lamp shop. The bot cannot help with this.',
    until: customerReads('ask for an agent'),
  }),
  {
    caption: 'Ada asks for a person. The bot calls startHitl, and the integration opens a chat in LiveChat.',
    spot: 'customer',
    act: (hands) => hands.presses('#quick [data-key="Talk to an agent"]'),
    until: (view) => view.session.phase === 'waiting',
  },
  {
    caption: 'The chat rings at the agents’ desk. It begins with what Ada and the bot have said so far.',
    spot: 'desk',
    until: agentReads('broken'),
  },
  {
    caption: 'Maria joins. Ada learns who is there.',
    spot: 'desk',
    act: (hands) => {
      hands.actsAs('Maria')
      hands.presses('#thread-tools [data-tool="Join"]')
    },
    until: isTold('hitlAssigned'),
  },
  ...writes('desk', 'Hello Ada, this is Maria. Could you send me a picture?', {
    caption: 'Maria answers. Her words reach Ada in the window where the bot was.',
    until: customerReads('send me a picture'),
  }),
  {
    caption: 'Ada sends a picture. Files go both ways.',
    spot: 'customer',
    act: (hands) => hands.attaches(brokenLamp()),
    until: agentSees('image'),
  },
  {
    caption: 'A private note stays at the desk.',
    spot: 'desk',
    act: async (hands) => {
      hands.presses('input[name="note"][value="yes"]')
      await hands.types('desk', 'Third broken Luma this week.')
    },
    holdMs: 350,
  },
  {
    caption: 'A private note stays at the desk.',
    spot: 'desk',
    act: (hands) => hands.sends('desk'),
    until: agentReads('Third broken Luma'),
  },
  {
    caption: 'Maria offers a choice. Ada picks with one press, or answers in words in any channel.',
    spot: 'desk',
    act: (hands) => {
      hands.presses('input[name="note"][value="no"]')
      hands.presses('[data-rich="quick replies"]')
    },
    until: (view) => view.customer.choices.length > 0,
  },
  {
    caption: 'Maria offers a choice. Ada picks with one press, or answers in words in any channel.',
    spot: 'customer',
    act: (hands) => hands.presses('#quick [data-key="Tomorrow"]'),
    until: agentReads('Tomorrow'),
  },
  {
    caption: 'Maria closes the chat. The bot learns why it ended, and takes over again.',
    spot: 'desk',
    act: (hands) => hands.presses('#thread-tools [data-tool="Close"]'),
    until: customerReads('I am back'),
  },
  {
    caption: 'Ada rates the chat. The rating stands in LiveChat’s own reports.',
    spot: 'customer',
    act: (hands) => hands.presses('#rating [data-score="good"]'),
    until: (view) => view.desk.chats[0]?.rating === 'good',
  },
]
