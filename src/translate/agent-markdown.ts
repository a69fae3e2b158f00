import type { IncomingEvent } from '../livechat/types'
import type { MarkdownRule } from '../settings-form'
import { markdownToText } from './markdown'
import { safeLink } from './sanitize'

/** An event with its text as the owner wants it for customers. A text that LiveChat does not mark as Markdown stays. */
export function asWanted(event: IncomingEvent, { agentMarkdown }: { agentMarkdown: MarkdownRule }): IncomingEvent {
  if (agentMarkdown === 'keep' || !event.isMarkdown || event.text === undefined) return event
  return { ...event, text: markdownToText(event.text, safeLink) }
}
