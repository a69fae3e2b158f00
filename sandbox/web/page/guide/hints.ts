import type { PageView } from '../../view'

/** What to do next for somebody who plays both people alone. */
export type Hint = {
  /** 1 to 3; 4 when the handoff has been played to its end. */
  step: 1 | 2 | 3 | 4
  text: string
  /** CSS selector of what to press. */
  target?: string
}

/** The three hints as the fresh page lists them. */
export const HINTS = [
  'As the customer, press “Talk to an agent”.',
  'As the agent, press “Join”, and write an answer.',
  'Talk as long as you like. Then press “Close”, or write “/bot refund”: the bot takes over again.',
] as const

type Seen = Pick<PageView, 'session' | 'desk'>

/** The hint that fits now. */
export function hintFor({ session, desk }: Seen): Hint {
  const { phase, chatId } = session
  switch (phase) {
    case 'bot':
      return { step: 1, text: HINTS[0], target: '#quick .chip[data-key="Talk to an agent"]' }
    case 'starting':
    case 'waiting':
      return { step: 2, text: HINTS[1], target: '#thread-tools [data-tool="Join"]' }
    case 'agent': {
      const lines = desk.chats.find((chat) => chat.chatId === chatId)?.lines ?? []
      const hasAnswered = lines.some(({ from, note }) => from === 'agent' && !note)
      if (hasAnswered) return { step: 3, text: HINTS[2], target: '#thread-tools [data-tool="Close"]' }
      return { step: 2, text: 'As the agent, write an answer.', target: '#desk-text' }
    }
    case 'ended':
      return { step: 4, text: 'That was a whole handoff. Now see what happens when things go wrong.' }
  }
}
