/**
 * MIME types with their extensions, the usual one first. LiveChat derives the kind of a file from its name, so a file
 * that comes without a fitting extension gets one.
 *
 * Ours, although libraries know more. Measured as `npm run build` minifies (2026-11): `mime` 4.1.2 knows 1 200 types and
 * adds 39.6 kB, 4.7 % of an empty integration, which would be read at each cold start. `mrmime` 2.0.1 and `mime/lite`
 * add 11.1 and 12.5 kB and know neither Office's newer documents nor 7z, rar, mkv, avi or psd. This table adds 3 kB and
 * holds what people send to a support desk.
 */
const KNOWN_TYPES = `
image/png png
image/jpeg jpg jpeg jfif pjpeg
image/jpg jpg jpeg
image/gif gif
image/webp webp
image/bmp bmp
image/tiff tif tiff
image/heic heic heif
image/heif heif heic
image/avif avif
image/apng apng png
image/jxl jxl
image/jp2 jp2
image/svg+xml svg
image/x-icon ico
image/vnd.microsoft.icon ico
image/vnd.adobe.photoshop psd
image/vnd.dwg dwg
image/vnd.dxf dxf
image/x-adobe-dng dng
image/emf emf
image/wmf wmf
video/mp4 mp4 m4v
video/x-m4v m4v
video/quicktime mov
video/webm webm
video/ogg ogv ogg
video/mpeg mpeg mpg
video/3gpp 3gp
video/3gpp2 3g2
video/x-matroska mkv
video/x-msvideo avi
video/x-ms-wmv wmv
video/x-flv flv
audio/mpeg mp3
audio/mp3 mp3
audio/mp4 m4a mp4 m4b
audio/x-m4a m4a
audio/aac aac
audio/ogg ogg oga opus
audio/opus opus
audio/wav wav
audio/x-wav wav
audio/webm webm weba
audio/amr amr
audio/flac flac
audio/x-flac flac
audio/aiff aiff aif
audio/x-aiff aiff aif
audio/x-ms-wma wma
audio/midi mid midi
audio/x-caf caf
audio/3gpp 3gp 3gpp
application/pdf pdf
application/zip zip docx xlsx pptx odt ods odp epub kmz
application/x-zip-compressed zip docx xlsx pptx
application/gzip gz tgz
application/x-gzip gz tgz
application/x-tar tar
application/x-bzip2 bz2
application/x-xz xz
application/x-7z-compressed 7z
application/vnd.rar rar
application/x-rar-compressed rar
application/epub+zip epub
application/json json geojson ipynb har map
application/xml xml gpx kml xsd xsl plist rss svg
text/xml xml gpx kml xsd xsl plist rss svg
application/rtf rtf
text/rtf rtf
application/msword doc dot docx rtf
application/vnd.ms-excel xls csv xlsx xlsm xlsb xlt
application/vnd.ms-powerpoint ppt pps pptx
application/vnd.ms-outlook msg
application/vnd.visio vsd vsdx
application/vnd.openxmlformats-officedocument.wordprocessingml.document docx docm dotx
application/vnd.openxmlformats-officedocument.spreadsheetml.sheet xlsx xlsm xltx
application/vnd.openxmlformats-officedocument.presentationml.presentation pptx pptm ppsx potx
application/vnd.oasis.opendocument.text odt ott
application/vnd.oasis.opendocument.spreadsheet ods ots
application/vnd.oasis.opendocument.presentation odp
application/vnd.oasis.opendocument.graphics odg
application/vnd.apple.pages pages
application/vnd.apple.numbers numbers
application/vnd.apple.keynote key
application/postscript ps eps ai
application/vnd.google-earth.kml+xml kml
application/vnd.google-earth.kmz kmz
application/gpx+xml gpx
application/pkcs7-signature p7s
message/rfc822 eml mht mhtml
font/ttf ttf
font/otf otf
font/woff woff
font/woff2 woff2
text/csv csv
text/tab-separated-values tsv
text/html html htm shtml
application/xhtml+xml xhtml html
text/markdown md markdown
text/calendar ics
text/vcard vcf
text/x-vcard vcf
text/plain txt log conf ini srt`

const EXTENSIONS = new Map<string, readonly string[]>(
  KNOWN_TYPES.trim()
    .split('\n')
    .map((line) => {
      const [type = '', ...extensions] = line.split(' ')
      return [type, extensions]
    }),
)

/** Where several types have an extension, the one whose usual extension it is counts; among those the first. */
const TYPES = new Map([
  ...[...EXTENSIONS].reverse().flatMap(([type, all]) => all.map((extension) => [extension, type] as const)),
  ...[...EXTENSIONS].reverse().flatMap(([type, [usual]]) => (usual ? [[usual, type] as const] : [])),
])
/** Said of tables, logs and code too, so it only helps a name without any extension. */
const PLAIN_TEXT = 'text/plain'

/** What a host says when it knows nothing. */
const MEANINGLESS_TYPES = new Set([
  'application/octet-stream',
  'binary/octet-stream',
  'application/unknown',
  'unknown/unknown',
  'application/force-download',
  'application/x-download',
])

/** `Image/PNG; charset=x` becomes `image/png`; what says nothing becomes nothing. */
export function mimeType(header: string | undefined): string | undefined {
  const essence = header?.split(';')[0]?.trim().toLowerCase()
  return essence && /^[\w.+-]+\/[\w.+-]+$/.test(essence) && !MEANINGLESS_TYPES.has(essence) ? essence : undefined
}

/** The part behind the last dot of a name, in lower case, if it can be an extension. */
export function extensionOf(name: string): string | undefined {
  return /[^.]\.([a-z0-9]{1,10})$/i.exec(name)?.[1]?.toLowerCase()
}

export function typeByExtension(name: string): string | undefined {
  return TYPES.get(extensionOf(name) ?? '')
}

/** The name with an extension that fits `type`; unchanged when it fits, or when we do not know the type. */
export function withFittingExtension(name: string, type: string | undefined): string {
  const fitting = EXTENSIONS.get(type ?? '')
  const extension = extensionOf(name)
  if (type === PLAIN_TEXT && extension === undefined) return `${name}.txt`
  if (type === PLAIN_TEXT || !fitting?.[0] || (extension !== undefined && fitting.includes(extension))) return name
  // A wrong extension is replaced; what only looks like one ("report v1.2") is part of the name.
  const stem = extension !== undefined && TYPES.has(extension) ? name.slice(0, -extension.length - 1) : name
  return `${stem}.${fitting[0]}`
}
