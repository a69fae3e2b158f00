import { hasVisibleText } from './sanitize'

export type Media = {
  type: 'image' | 'audio' | 'video' | 'file'
  url: string
  /** What the sender calls it: a name, or words about it. */
  title?: string
  /** The name under which the sender keeps it. */
  fileName?: string
  /** Words of the sender that belong to it. */
  caption?: string
  /** MIME type, as the sender says. */
  contentType?: string
}
export type Card = { title?: string; subtitle?: string; imageUrl?: string; actions: CardAction[] }
export type CardAction = { action: string; label: string; value: string }

/** What a Botpress message says, read from the wire. */
export type Content =
  | { type: 'text'; text: string }
  | { type: 'markdown'; markdown: string }
  | Media
  | { type: 'location'; title?: string; address?: string; latitude?: number; longitude?: number }
  | { type: 'bloc'; items: Content[] }
  | { type: 'cards'; cards: Card[] }
  | { type: 'choice'; text: string; options: string[] }
  /** A type that we do not know: what its payload holds for readers. */
  | { type: 'other'; name: string; lines: string[] }

/** How deep blocs may stand in each other. The schema allows one; without a limit a hostile payload overflows the stack. */
const MAX_BLOC_DEPTH = 8

/**
 * Reads one message of the channel or of the history. Botpress passes payloads on as they were stored: with further keys,
 * or without what the schema requires, so each field is taken if it is what it should be. Never throws.
 */
export function readContent(type: string, payload: unknown, depth = 0): Content {
  const fields = record(payload)
  switch (type) {
    case 'text':
      return { type, text: text(fields.text) ?? '' }
    case 'markdown':
      return { type, markdown: text(fields.markdown) ?? '' }
    case 'image':
    case 'audio':
    case 'video':
    case 'file':
      return readMedia(type, fields)
    case 'location':
      return readLocation(fields)
    case 'bloc':
      if (depth === MAX_BLOC_DEPTH) return { type: 'other', name: type, lines: [] }
      return {
        type,
        items: list(fields.items).map((item) => readContent(text(item.type) ?? '', item.payload, depth + 1)),
      }
    case 'card':
      return { type: 'cards', cards: [readCard(fields)] }
    case 'carousel':
      return { type: 'cards', cards: list(fields.items).map(readCard) }
    case 'choice':
    case 'dropdown':
      return { type: 'choice', text: text(fields.text) ?? '', options: list(fields.options).map(optionLabel) }
    case 'custom':
      return { type: 'other', name: type, lines: readableFields(fields, ['title', 'text']).slice(0, 1) }
    default:
      return { type: 'other', name: type, lines: readableFields(fields, READABLE_FIELDS) }
  }
}

const MIME_TYPE = /^(?:application|audio|font|image|message|model|text|video)\/[\w.+-]+(?:\s*;.*)?$/i

/**
 * Channels add keys of their own to a media message: WhatsApp's integration sends `filename`, others `fileName`, `name`,
 * `caption` or `mimeType`. Some put the MIME type into the title, where it is no name.
 */
function readMedia(type: Media['type'], fields: Fields): Media {
  const title = text(fields.title)
  const caption = text(fields.caption)
  const isName = (value: string | undefined) => value !== undefined && !MIME_TYPE.test(value.trim())
  const isType = (value: string | undefined) => value !== undefined && MIME_TYPE.test(value.trim())
  return {
    type,
    url: text(fields[`${type}Url`]) ?? '',
    ...optional('title', isName(title) ? title : undefined),
    ...optional('fileName', [fields.filename, fields.fileName, fields.file_name, fields.name].map(text).find(isName)),
    ...optional('caption', caption?.trim() === title?.trim() ? undefined : caption),
    ...optional('contentType', [fields.mimeType, fields.contentType, fields.mime_type, title].map(text).find(isType)),
  }
}

function readLocation(fields: Fields): Content {
  const position = { latitude: numberIn(fields.latitude), longitude: numberIn(fields.longitude) }
  return { type: 'location', ...optional('title', fields.title), ...optional('address', fields.address), ...position }
}

function readCard(fields: Fields): Card {
  const actions = list(fields.actions).map((action) => ({
    action: text(action.action) ?? '',
    label: text(action.label) ?? '',
    value: text(action.value) ?? '',
  }))
  return {
    ...optional('title', fields.title),
    ...optional('subtitle', fields.subtitle),
    ...optional('imageUrl', fields.imageUrl),
    actions,
  }
}

function optionLabel(option: Fields): string {
  return text(option.label) ?? text(option.value) ?? ''
}

/** Only what is named as words for people: any other field may be a token, an address or data of a component. */
const READABLE_FIELDS = [
  ...['title', 'header', 'subtitle', 'label', 'text', 'markdown', 'message', 'question'],
  ...['caption', 'body', 'content', 'description', 'footer'],
]

function readableFields(fields: Fields, names: string[]): string[] {
  return names.flatMap((name) => text(fields[name]) ?? [])
}

type Fields = Record<string, unknown>

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && hasVisibleText(value) ? value : undefined
}

function numberIn(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}

function optional<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  const read = text(value)
  return read === undefined ? {} : ({ [key]: read } as Record<K, string>)
}
