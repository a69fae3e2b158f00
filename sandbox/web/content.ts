import { z } from 'zod'
import type { ChatEvent } from '../livechat'
import type { Content } from './view'

const optional = z.string().optional().catch(undefined)
const Action = z.object({ action: z.string(), label: z.string(), value: z.string() })
const Option = z.object({ label: z.string() })
const CardPayload = z.object({
  title: z.string(),
  subtitle: optional,
  imageUrl: optional,
  actions: z.array(Action).catch([]),
})
const MEDIA = ['image', 'audio', 'video', 'file'] as const

/** A message of Botpress as bubbles; a bloc makes several, what is not known shows as its JSON. */
export function contentsOfMessage({ type, payload }: { type: string; payload: Record<string, unknown> }): Content[] {
  const medium = MEDIA.find((kind) => kind === type)
  if (medium) return [mediaOf(medium, payload)]
  switch (type) {
    case 'text':
      return [{ kind: 'text', text: words(payload['text']) }]
    case 'markdown':
      return [{ kind: 'text', text: words(payload['markdown']) }]
    case 'choice':
    case 'dropdown':
      return [
        { kind: 'choice', text: words(payload['text']), options: z.array(Option).catch([]).parse(payload['options']) },
      ]
    case 'card':
      return [{ kind: 'cards', cards: [cardOf(payload)] }]
    case 'carousel':
      return [{ kind: 'cards', cards: items(payload).map(cardOf) }]
    case 'bloc':
      return items(payload).flatMap((item) => contentsOfMessage(BlocItem.parse(item)))
    case 'location':
      return [Location.parse(payload)]
    default:
      return [{ kind: 'text', text: JSON.stringify(payload) }]
  }
}

const Payload = z.record(z.string(), z.unknown())
const BlocItem = z.object({ type: z.string(), payload: Payload })
const Location = z
  .object({ latitude: z.number(), longitude: z.number(), title: optional, address: optional })
  .transform(({ latitude, longitude, title, address }): Content => {
    return { kind: 'location', latitude, longitude, title: title ?? address ?? 'Location' }
  })

function items(payload: Record<string, unknown>): unknown[] {
  return z.array(z.unknown()).catch([]).parse(payload['items'])
}

function cardOf(payload: unknown): {
  title: string
  subtitle?: string
  imageUrl?: string
  buttons: { label: string }[]
} {
  const { actions, ...card } = CardPayload.parse(payload)
  const buttons = actions.map(({ action, label, value }) => (action === 'url' ? { label, url: value } : { label }))
  return { ...card, buttons }
}

function mediaOf(kind: (typeof MEDIA)[number], payload: Record<string, unknown>): Content {
  const url = words(payload[`${kind}Url`])
  return { kind, url, title: words(payload['title']) || fileName(url) }
}

function fileName(url: string): string {
  try {
    return decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '') || url
  } catch {
    return url
  }
}

function words(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** An event of LiveChat as a bubble; `undefined` for what its app does not show (`custom`). */
export function contentOfEvent(event: ChatEvent): Content | undefined {
  switch (event.type) {
    case 'message':
    case 'system_message':
      return { kind: 'text', text: event.text ?? event.system_message_type ?? '' }
    case 'file': {
      const kind = MEDIA.find((known) => event.content_type?.startsWith(`${known}/`)) ?? 'file'
      return { kind, url: event.url ?? '', title: event.name ?? 'file' }
    }
    case 'rich_message':
      return { kind: 'cards', cards: (event.elements ?? []).map(cardOfElement) }
    case 'filled_form':
      return { kind: 'form', fields: FormFields.parse(event['fields']) }
    default:
      return undefined
  }
}

const FormField = z.object({ label: z.string().catch(''), answer: z.string().catch('') })
const FormFields = z.array(FormField).catch([])

type Element = NonNullable<ChatEvent['elements']>[number]

function cardOfElement({ title, subtitle, image, buttons }: Element) {
  const shown = (buttons ?? []).map(({ text, type, value }) =>
    type === 'url' ? { label: text ?? '', url: value } : { label: text ?? '' },
  )
  return { title: title ?? '', subtitle, imageUrl: image?.url, buttons: shown }
}
