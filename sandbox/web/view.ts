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
  /** How far a message of the customer has come on its way to the agent; absent: nothing to say. */
  delivery?: Delivery
  /** Why the customer does not see it. */
  unseen?: string
}

export type Delivery = { state: 'sending' } | { state: 'failed' | 'uncertain'; reason: string }

export type CustomerView = {
  name: string
  email: string
  /** A customer who has spoken keeps name and e-mail until the reset. */
  started: boolean
  lines: ChatLine[]
  /** Labels of the choice that an agent has offered and the customer may still answer. */
  choices: string[]
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
  /** The agent who has the chat; nobody when it is empty. */
  agentIds: string[]
  tags: string[]
  customer: { name: string; email: string; fields: { key: string; value: string }[] }
  rating?: 'good' | 'bad'
  /** LiveChat's own summary of the newest thread. */
  summary?: string
  lines: ChatLine[]
}

/** How an agent of the desk gives a customer back to the bot, as the settings have it. */
export type HandBack = { command: string; tag: string }

export type DeskView = {
  agents: AgentView[]
  groups: GroupView[]
  chats: DeskChat[]
  /** Whether agents have a field for private notes. */
  takesNotes: boolean
  handBack?: HandBack
}

export type Phase = 'bot' | 'starting' | 'waiting' | 'agent' | 'ended'

export type Ids = { conversationId?: string; chatId?: string; threadId?: string }

export type SessionView = Ids & {
  phase: Phase
  agent?: string
  group?: GroupView
  /** Ids of each handoff so far, the first one first. */
  handoffs: Ids[]
}

export type StoryLine = {
  id: string
  /** Milliseconds since the first line of the story. */
  atMs: number
  who: 'customer' | 'bot' | 'agent' | 'livechat' | 'process' | 'trouble'
  text: string
  /** Words that somebody wrote, shortened. */
  quote?: string
  /** Ids of the rows of the wire behind it, the request first. */
  calls: string[]
  /** Number of the handoff that it belongs to; 0 before the first. */
  handoff: number
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
  /** Number of the process of the integration. */
  process?: number
  requestHeaders: Record<string, string>
  requestBody: unknown
  responseBody: unknown
}

export type FaultSwitch = {
  id: string
  /** `open`: no fault, but an answer that LiveChat does not promise. */
  kind: 'fault' | 'open'
  label: string
  /** What goes wrong, and for how long. */
  hint: string
  /** What the customer or the agent notices. */
  sees: string
  on: boolean
}

/** A process of the integration. `running`: it always runs; `frozen` and `busy`: it runs only while it has a request. */
type ProcessView = {
  number: number
  pid: number
  state: 'running' | 'frozen' | 'busy'
  /** Requests that it has answered. */
  served: number
  /** The request it has now. */
  now?: string
}

/** The processes that serve the integration, and what has happened to them. */
export type HostView = {
  /** `pool`: as Botpress runs them, frozen between two requests. */
  kind: 'pool' | 'always'
  /** How many are kept ready. */
  size: number
  processes: ProcessView[]
  /** Newest last. */
  events: ProcessEvent[]
}

export type ProcessEvent = {
  id: string
  process: number
  kind: 'started' | 'thawed' | 'frozen' | 'recycled' | 'killed'
  /** The request it was thawed for. */
  operation?: string
  /** Milliseconds since the sandbox started. */
  atMs: number
}

/** A set-up that can be tried: the right one, and mistakes. */
export type Situation = { id: string; label: string; hint: string }

export type SetupView = {
  situations: Situation[]
  /** Id of the situation that was saved last. */
  chosen: string
  /** The settings as Studio shows them; secrets are masked. */
  settings: { title: string; value: string; isChanged: boolean }[]
  isSaving: boolean
  /** What Studio shows after the save; `problem` is the sentence of the integration. */
  saved?: { ok: true } | { ok: false; problem: string }
}

/** Everything the page shows, except the wire, which is sent row by row. */
export type PageView = {
  customer: CustomerView
  desk: DeskView
  session: SessionView
  story: StoryLine[]
  faults: FaultSwitch[]
  host: HostView
  setup: SetupView
  /** Counts the resets: another number than before means that everything was started over. */
  round: number
  isResetting: boolean
}

/** What the server pushes: the whole view, rows of the wire (new or grown), or the end of all rows. */
export type PushedEvent = { type: 'view'; view: PageView } | { type: 'wire'; rows: WireRow[] } | { type: 'cleared' }
