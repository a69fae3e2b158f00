/** Whoever a message of the `hitl` channel is sent for: a downstream user id, or absent when the bot itself speaks. */
type Authored = { userId?: string }

type TextPayload = { text: string }
type ImagePayload = { imageUrl: string; title?: string }
type AudioPayload = { audioUrl: string; title?: string }
type VideoPayload = { videoUrl: string; title?: string }
type FilePayload = { fileUrl: string; title?: string }
type LocationPayload = { latitude: number; longitude: number; address?: string; title?: string }
type MarkdownPayload = { markdown: string }
type CardPayload = {
  title: string
  subtitle?: string
  imageUrl?: string
  actions: { action: 'postback' | 'url' | 'say'; label: string; value: string }[]
}
type ChoicePayload = { text: string; options: { label: string; value: string }[] }

export type BlocItem =
  | { type: 'text'; payload: TextPayload }
  | { type: 'image'; payload: ImagePayload }
  | { type: 'audio'; payload: AudioPayload }
  | { type: 'video'; payload: VideoPayload }
  | { type: 'file'; payload: FilePayload }
  | { type: 'location'; payload: LocationPayload }
  | { type: 'markdown'; payload: MarkdownPayload }

/**
 * A message of the `hitl` channel, as its schema says. On the wire payloads carry any further keys, which pass, and may
 * lack what the schema requires: whoever renders one reads it through `readContent`.
 */
export type HitlMessage =
  | { type: 'text'; payload: TextPayload & Authored }
  | { type: 'image'; payload: ImagePayload & Authored }
  | { type: 'audio'; payload: AudioPayload & Authored }
  | { type: 'video'; payload: VideoPayload & Authored }
  | { type: 'file'; payload: FilePayload & Authored }
  | { type: 'bloc'; payload: { items: BlocItem[] } & Authored }

export type HistorySource = { type: 'user'; userId: string } | { type: 'bot' }

/** Who spoke, as far as an item shows: the plugin passes an agent of an earlier handoff as `bot`. */
export type Speaker = HistorySource | { type: 'agent'; userId: string }

/** One message of the conversation before the handoff (`startHitl.messageHistory`); `userId` is a downstream user. */
export type HistoryItem<Source = HistorySource> = { source: Source } & (
  | BlocItem
  | { type: 'bloc'; payload: { items: BlocItem[] } }
  | { type: 'card'; payload: CardPayload }
  | { type: 'carousel'; payload: { items: CardPayload[] } }
  | { type: 'choice' | 'dropdown'; payload: ChoicePayload }
)
