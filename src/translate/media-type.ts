export type MediaType = 'image' | 'audio' | 'video' | 'file'

/** Endings for files whose MIME type says nothing, such as `application/octet-stream`. */
const TYPE_BY_EXTENSION = new Map<string, MediaType>([
  ...['jpg', 'jpeg', 'png', 'gif', 'webp', 'bmp', 'heic', 'avif'].map((ending) => [ending, 'image'] as const),
  ...['mp3', 'ogg', 'oga', 'opus', 'wav', 'm4a', 'aac', 'flac', 'amr'].map((ending) => [ending, 'audio'] as const),
  ...['mp4', 'm4v', 'mov', 'webm', 'avi', 'mkv', '3gp'].map((ending) => [ending, 'video'] as const),
])

/** The Botpress type of a file: by its MIME type; where that is absent or says nothing, by the ending of its name. */
export function mediaTypeOf({ contentType = '', name = '' }: { contentType?: string; name?: string }): MediaType {
  const mime = contentType.trim().toLowerCase()
  const kind = /^(image|audio|video)\//.exec(mime)?.[1]
  if (kind === 'image' || kind === 'audio' || kind === 'video') return kind
  const saysNothing = mime === '' || /^(application|binary)\/octet-stream\b/.test(mime)
  const ending = /\.([a-z0-9]+)$/i.exec(name.trim())?.[1]?.toLowerCase()
  return (saysNothing && TYPE_BY_EXTENSION.get(ending ?? '')) || 'file'
}
