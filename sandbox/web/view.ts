/** What a bubble holds; one shape for both chats, so a picture looks the same on either side. */
export type Content =
  | { kind: 'text'; text: string }
  | { kind: 'image' | 'audio' | 'video' | 'file'; url: string; title: string }
  | { kind: 'choice'; text: string; options: { label: string }[] }
  | { kind: 'cards'; cards: Card[] }
  | { kind: 'location'; latitude: number; longitude: number; title: string }
  | { kind: 'form'; fields: { label: string; answer: string }[] }

export type Card = {
  title: string
  subtitle?: string
  imageUrl?: string
  buttons: { label: string; url?: string }[]
}

/** One line of a chat. `system` lines are the vendor's grey notices. */
export type ChatLine = {
  id: string
  from: 'customer' | 'bot' | 'agent' | 'system'
  author?: string
  /** ISO 8601. */
  at: string
  content: Content
  /** Seen by agents only. */
  note?: boolean
  edited?: boolean
  deleted?: boolean
  /** Agent id of the author, for the tools that only an author has. */
  agentId?: string
}

export type CustomerView = {
  name: string
  email: string
  /** A customer who has spoken keeps name and e-mail until the reset. */
  started: boolean
  lines: ChatLine[]
  /** A handoff that is over and not yet rated. */
  canRate: boolean
}

export type AgentView = {
  id: string
  name: string
  status: 'accepting chats' | 'not accepting chats' | 'offline'
  isBot: boolean
}

export type GroupView = { id: number; name: string; status: 'online' | 'offline' | 'online_for_queue' }

export type DeskChat = {
  chatId: string
  threadId: string
  active: boolean
  /** 1 is the next to be served; absent when nobody waits. */
  queuePosition?: number
  groupId: number
  agentIds: string[]
  tags: string[]
  customer: { name: string; email: string; fields: { key: string; value: string }[] }
  rating?: 'good' | 'bad'
  lines: ChatLine[]
}

export type DeskView = { agents: AgentView[]; groups: GroupView[]; chats: DeskChat[] }

export type Phase = 'bot' | 'starting' | 'waiting' | 'agent' | 'ended'

export type SessionView = {
  phase: Phase
  conversationId?: string
  chatId?: string
  threadId?: string
  agent?: string
  group?: GroupView
}

export type StoryLine = {
  id: string
  /** Milliseconds since the first line of the story. */
  atMs: number
  who: 'customer' | 'bot' | 'agent' | 'livechat' | 'trouble'
  text: string
}

/** One call or webhook, its secrets masked already. */
export type WireRow = {
  id: string
  to: 'livechat' | 'botpress' | 'integration'
  operation: string
  method: string
  path: string
  /** Milliseconds since the sandbox started. */
  atMs: number
  tookMs?: number
  /** Absent while the answer is pending, and when the connection was cut. */
  status?: number
  done: boolean
  fault?: string
  requestHeaders: Record<string, string>
  requestBody: unknown
  responseBody: unknown
}

export type FaultSwitch = {
  id: string
  label: string
  hint: string
  on: boolean
}

/** Everything the page shows, except the wire, which is sent row by row. */
export type PageView = {
  customer: CustomerView
  desk: DeskView
  session: SessionView
  story: StoryLine[]
  faults: FaultSwitch[]
}

/** What the server pushes: the whole view, rows of the wire (new or grown), or the end of all rows. */
export type PushedEvent = { type: 'view'; view: PageView } | { type: 'wire'; rows: WireRow[] } | { type: 'cleared' }
