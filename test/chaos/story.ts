/** Agents of the team, by their place in `TEAM`. */
export type Agent = 0 | 1 | 2
/** The customer's windows: 0 the first, 1 another one of the same person. */
export type Window = 0 | 1
export type Announcement = 'both' | 'user_added_to_chat' | 'chat_transferred'

/** What one person or bot does. What cannot be done at that moment, as a real person could not, is left out. */
export type Act =
  | { act: 'ask'; window: Window; inOtherWords?: boolean; timeoutSeconds?: number }
  | { act: 'customer says'; window: Window; what: 'words' | 'a file' }
  | { act: 'answer'; window: Window; by: 'label' | 'number' }
  | { act: 'end command'; window: Window }
  | { act: 'bot stops'; window: Window }
  | { act: 'pick up'; agent: Agent; announce: Announcement }
  | { act: 'agent says'; agent: Agent; what: 'words' | 'a file' }
  | { act: 'offer'; agent: Agent }
  | { act: 'note'; agent: Agent }
  | { act: 'transfer'; agent: Agent; to: Agent | 'group' }
  | { act: 'leave'; agent: Agent }
  | { act: 'close'; agent: Agent }
  | { act: 'router closes'; why: Closing }
  | { act: 'reopen'; agent: Agent }

export type Closing = 'idle' | 'nobody' | 'disconnected'

/** `pause` comes before the act: milliseconds, or until nothing about this customer is under way. */
export type Step = Act & { pause: number | 'quiet' }

export type Story = {
  seed: number
  /** Which story of its seed. */
  index: number
  /** Whether the bot knows the customer's address. Without one there is no second window of the same person. */
  hasEmail: boolean
  /** Whether the bot passes on the customer's own conversation and user in `hitlSession`. */
  isNamed: boolean
  steps: Step[]
}

export const TEAM = ['Maria', 'Omar', 'Nina'] as const

const CLOSINGS: Record<Closing, string> = {
  idle: 'LiveChat closes the chat: nobody wrote for a while.',
  nobody: 'LiveChat closes the chat: no agent was available.',
  disconnected: "LiveChat closes the chat: the agent's connection was lost.",
}

/** A step in plain English, with what happens before it. */
export function tell({ pause, ...act }: Step): string {
  return `${pauseText(pause)}${sentence(act)}`
}

function pauseText(pause: Step['pause']): string {
  if (pause === 'quiet') return 'When all is quiet: '
  return `${String(pause).padStart(4)} ms later: `
}

function sentence(act: Act): string {
  switch (act.act) {
    case 'ask':
      return `${customer(act.window)} asks the bot for a human${act.inOtherWords ? ' in other words' : ''}${limit(act.timeoutSeconds)}.`
    case 'customer says':
      return `${customer(act.window)} ${act.what === 'words' ? 'writes' : 'sends a file'}.`
    case 'answer':
      return `${customer(act.window)} answers the choice by its ${act.by}.`
    case 'end command':
      return `${customer(act.window)} types /end.`
    case 'bot stops':
      return `The bot takes the conversation of ${customer(act.window).toLowerCase()} back.`
    case 'pick up':
      return `${TEAM[act.agent]} picks the chat up${act.announce === 'both' ? '' : ` (LiveChat reports only ${act.announce})`}.`
    case 'agent says':
      return `${TEAM[act.agent]} ${act.what === 'words' ? 'writes' : 'sends a file'}.`
    case 'offer':
      return `${TEAM[act.agent]} offers a choice.`
    case 'note':
      return `${TEAM[act.agent]} writes a private note.`
    case 'transfer':
      return `${TEAM[act.agent]} transfers the chat to ${act.to === 'group' ? 'the group, where it waits in the queue' : TEAM[act.to]}.`
    case 'leave':
      return `${TEAM[act.agent]} leaves the chat.`
    case 'close':
      return `${TEAM[act.agent]} closes the chat.`
    case 'router closes':
      return CLOSINGS[act.why]
    case 'reopen':
      return `${TEAM[act.agent]} opens the chat again and writes.`
  }
}

const customer = (window: Window) => (window === 0 ? 'The customer' : "The customer's second window")
const limit = (seconds: number | undefined) =>
  seconds === undefined ? '' : ` (the plugin gives up after ${seconds} s without an agent)`
