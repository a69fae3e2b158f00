export type MediaType = 'image' | 'audio' | 'video' | 'file'

/**
 * What Chrome, Firefox and Safari show or play (MDN, "Image file type and format guide" and "Media container formats"),
 * by MIME type and by extension. Of QuickTime films Firefox plays only some; they stay, as phones make them.
 */
const IN_BROWSERS: Record<Exclude<MediaType, 'file'>, { types: RegExp; extensions: RegExp }> = {
  image: {
    types: /^(?:p?jpe?g|jfif|x?-?png|apng|gif|webp|avif|bmp|x-ms-bmp|svg\+xml|x-icon|vnd\.microsoft\.icon)$/,
    extensions: /^(?:jpe?g|jfif|pjpeg|a?png|gif|webp|avif|bmp|svg|ico)$/,
  },
  audio: {
    types: /^(?:mpeg|mp3|mp4|x-m4a|m4a|aac|x-aac|ogg|opus|wav|x-wav|wave|vnd\.wave|webm|flac|x-flac)$/,
    extensions: /^(?:mp3|m4a|aac|og[ga]|opus|wav|weba|flac)$/,
  },
  video: {
    types: /^(?:mp4|x-m4v|webm|ogg|quicktime)$/,
    extensions: /^(?:mp4|m4v|webm|ogv|mov)$/,
  },
}
const KINDS = ['image', 'audio', 'video'] as const

/**
 * The Botpress type of a file: by its MIME type; where that is absent or says nothing, by the extension of its name. What
 * no browser shows or plays (HEIC, PSD, DWG, TIFF, WMV, MIDI, …) is a `file`: the customer can save and open it.
 */
export function mediaTypeOf({ contentType = '', name = '' }: { contentType?: string; name?: string }): MediaType {
  const mime = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (mime !== '' && !/^(?:application|binary)\/octet-stream$/.test(mime)) return byType(mime)
  const extension = /\.([a-z0-9]+)$/i.exec(name.trim())?.[1]?.toLowerCase() ?? ''
  return KINDS.find((kind) => IN_BROWSERS[kind].extensions.test(extension)) ?? 'file'
}

function byType(mime: string): MediaType {
  const [kind, format = ''] = mime.split('/')
  return KINDS.find((each) => each === kind && IN_BROWSERS[each].types.test(format)) ?? 'file'
}
