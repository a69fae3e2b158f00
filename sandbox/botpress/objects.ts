/** The platform's objects as the Runtime API shows them. Dates are ISO 8601 in UTC. */
export type Tags = Record<string, string>
export type Payload = Record<string, unknown>

export type User = {
  id: string
  createdAt: string
  updatedAt: string
  tags: Tags
  name?: string
  pictureUrl?: string
}

export type Conversation = {
  id: string
  createdAt: string
  updatedAt: string
  channel: string
  /** Alias of the integration that the conversation belongs to. */
  integration: string
  tags: Tags
  currentTaskId?: string
}

export type Message = {
  id: string
  createdAt: string
  updatedAt: string
  type: string
  payload: Payload
  /** `incoming` was created by an integration and goes to the bot, `outgoing` by the bot and goes to the integration. */
  direction: 'incoming' | 'outgoing'
  userId: string
  conversationId: string
  tags: Tags
  origin?: 'synthetic'
}

type EventStatus = 'pending' | 'processed' | 'ignored' | 'failed' | 'scheduled'

export type Event = {
  id: string
  createdAt: string
  type: string
  payload: Payload
  status: EventStatus
  failureReason: string | null
  conversationId?: string
  userId?: string
  messageId?: string
  workflowId?: string
}

export type StateType = 'conversation' | 'user' | 'integration' | 'bot' | 'workflow'

export type State = {
  id: string
  createdAt: string
  updatedAt: string
  botId: string
  name: string
  type: StateType
  payload: Payload
  conversationId?: string
  userId?: string
}

export type File = {
  id: string
  botId: string
  key: string
  url: string
  size: number | null
  contentType: string
  tags: Tags
  metadata: Payload
  createdAt: string
  updatedAt: string
  accessPolicies: string[]
  index: boolean
  status: string
  owner: { type: string; id?: string }
  expiresAt?: string
}
