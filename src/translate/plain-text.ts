import type { CardAction, Card, Content } from './content'
import { markdownToText } from './markdown'
import { shareableLink, withoutSecretLinks } from './shareable-link'
import { fill } from './words'

type Position = { latitude?: number; longitude?: number }
export type TextOnly = Exclude<Content, { url: string } | { type: 'bloc' }>

/** Whose words a message holds. What a person typed passes as it is; the addresses in all else are checked. */
export type Author = 'person' | 'bot'

/**
 * Everything but media and blocs as readable text, in no language: only what the sender wrote, links and brackets. An
 * address that opens more than itself (`isShareable`) stands in it only when a person typed it. `mapLink`: address of a map
 * service with `{latitude}` and `{longitude}`; without one a location is its coordinates.
 */
export function plainText(content: TextOnly, author: Author, mapLink = ''): string {
  const isTyped = content.type === 'text' || content.type === 'markdown'
  return isTyped && author === 'person' ? wholeText(content, mapLink) : withoutSecretLinks(wholeText(content, mapLink))
}

function wholeText(content: TextOnly, mapLink: string): string {
  switch (content.type) {
    case 'text':
      return content.text
    case 'markdown':
      return markdownToText(content.markdown)
    case 'location':
      return lines([content.title, content.address, position(content, mapLink)]) || '[location]'
    case 'cards':
      return lines(content.cards.map(cardText)) || '[card]'
    case 'choice':
      return lines([content.text, buttons(content.options)]) || '[choice]'
    case 'other':
      return lines(content.lines) || `[${content.name || '?'}]` // never nothing: a reader shall see that something was there
  }
}

/** Nobody else learns where a customer is, unless the owner chose a map service. */
function position({ latitude, longitude }: Position, mapLink: string): string | undefined {
  if (latitude === undefined || longitude === undefined) return undefined
  return mapLink ? fill(mapLink, { latitude, longitude }) : `${latitude}, ${longitude}`
}

function cardText(card: Card): string {
  const image = card.imageUrl && shareableLink(card.imageUrl)
  return lines([card.title, card.subtitle, image, card.actions.map(actionText).filter(Boolean).join(' ')])
}

function actionText({ action, label, value }: CardAction): string {
  const link = action === 'url' ? shareableLink(value) : undefined
  return link ? `${button(label || link)} (${link})` : button(label || value)
}

/** Nothing for a button without words. */
function button(label: string): string {
  return label.trim() && `[${label.trim()}]`
}

function buttons(labels: string[]): string {
  return labels.map(button).filter(Boolean).join(' ')
}

function lines(parts: (string | undefined)[]): string {
  return parts.filter(Boolean).join('\n')
}
