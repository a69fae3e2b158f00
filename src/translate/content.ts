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
export type Card = { title?: string; subtitle?: string; imageUrl?: string; actions: Action[] }
export type Action = { action: string; label: string; value: string }

/** What a Botpress message says, read from the wire. */
export type Content =
  | { type: 'text'; text: string }
  | { type: 'markdown'; markdown: string }
  | Media
  | { type: 'location'; title?: string; address?: string; latitude?: number; longitude?: number }
  | { type: 'bloc'; items: Content[] }
  | { type: 'cards'; cards: Card[] }
  | { type: 'choice'; text: string; options: string[] }
  /** A type that we do not know: the readable fields of its payload, in their order. */
  | { type: 'other'; name: string; lines: string[] }

/**
 * Reads one message of the channel or of the history. Botpress passes payloads on as they were stored: with further keys,
 * or without what the schema requires, so each field is taken if it is what it should be. Never throws.
 */
export function readContent(type: string, payload: unknown): Content {
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
      return { type, items: list(fields.items).map((item) => readContent(text(item.type) ?? '', item.payload)) }
    case 'card':
      return { type: 'cards', cards: [readCard(fields)] }
    case 'carousel':
      return { type: 'cards', cards: list(fields.items).map(readCard) }
    case 'choice':
    case 'dropdown':
      return { type: 'choice', text: text(fields.text) ?? '', options: list(fields.options).map(optionLabel) }
    default:
      return { type: 'other', name: type, lines: readableFields(fields) }
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
  const position = { latitude: number(fields.latitude), longitude: number(fields.longitude) }
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

/** Enough to see what was said: `type` repeats the name, and ids tell a reader nothing. */
function readableFields(fields: Fields): string[] {
  return Object.entries(fields).flatMap(([key, value]) =>
    typeof value === 'string' && value.trim() !== '' && key !== 'type' && !/id$/i.test(key) ? [value] : [],
  )
}

type Fields = Record<string, unknown>

function record(value: unknown): Fields {
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

function list(value: unknown): Fields[] {
  return Array.isArray(value) ? value.map(record) : []
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}

function optional<K extends string>(key: K, value: unknown): Partial<Record<K, string>> {
  const read = text(value)
  return read === undefined ? {} : ({ [key]: read } as Record<K, string>)
}
