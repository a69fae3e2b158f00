/** Extensions by MIME type, the usual one first. LiveChat derives the kind of a file from its name (contract 4.8). */
const EXTENSIONS = new Map<string, readonly string[]>(
  Object.entries({
    'image/png': ['png'],
    'image/jpeg': ['jpg', 'jpeg', 'jfif'],
    'image/jpg': ['jpg', 'jpeg'],
    'image/gif': ['gif'],
    'image/webp': ['webp'],
    'image/bmp': ['bmp'],
    'image/tiff': ['tif', 'tiff'],
    'image/heic': ['heic', 'heif'],
    'image/avif': ['avif'],
    'image/svg+xml': ['svg'],
    'audio/mpeg': ['mp3'],
    'audio/mp3': ['mp3'],
    'audio/mp4': ['m4a', 'mp4'],
    'audio/x-m4a': ['m4a'],
    'audio/aac': ['aac'],
    'audio/ogg': ['ogg', 'oga', 'opus'],
    'audio/opus': ['opus'],
    'audio/wav': ['wav'],
    'audio/x-wav': ['wav'],
    'audio/webm': ['webm', 'weba'],
    'audio/amr': ['amr'],
    'audio/flac': ['flac'],
    'video/mp4': ['mp4', 'm4v'],
    'video/quicktime': ['mov'],
    'video/webm': ['webm'],
    'video/ogg': ['ogv', 'ogg'],
    'video/3gpp': ['3gp'],
    'video/x-matroska': ['mkv'],
    'video/x-msvideo': ['avi'],
    'application/pdf': ['pdf'],
    'application/zip': ['zip', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'epub'],
    'application/gzip': ['gz', 'tgz'],
    'application/json': ['json'],
    'application/rtf': ['rtf'],
    'application/msword': ['doc'],
    'application/vnd.ms-excel': ['xls', 'csv'],
    'application/vnd.ms-powerpoint': ['ppt'],
    'application/vnd.openxmlformats-officedocument.wordprocessingml.document': ['docx'],
    'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': ['xlsx'],
    'application/vnd.openxmlformats-officedocument.presentationml.presentation': ['pptx'],
    'application/vnd.oasis.opendocument.text': ['odt'],
    'application/vnd.oasis.opendocument.spreadsheet': ['ods'],
    'text/csv': ['csv'],
    'text/html': ['html', 'htm'],
    'text/calendar': ['ics'],
    'text/vcard': ['vcf'],
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
const UNTOLD = new Set(['application/octet-stream', 'binary/octet-stream', 'application/unknown', 'unknown/unknown'])

/** `Image/PNG; charset=x` becomes `image/png`; what says nothing becomes nothing. */
export function mimeType(header: string | undefined): string | undefined {
  const essence = header?.split(';')[0]?.trim().toLowerCase()
  return essence && /^[\w.+-]+\/[\w.+-]+$/.test(essence) && !UNTOLD.has(essence) ? essence : undefined
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
  if (!fitting?.[0] || (extension !== undefined && fitting.includes(extension))) return name
  // A wrong extension is replaced; what only looks like one ("report v1.2") is part of the name.
  const stem = extension !== undefined && TYPES.has(extension) ? name.slice(0, -extension.length - 1) : name
  return `${stem}.${fitting[0]}`
}

const EXECUTABLE_EXTENSIONS = new Set(
  (
    'exe com bat cmd scr pif cpl msi msp msc mst dll sys drv ocx vb vbe vbs js jse ws wsf wsh wsc hta ps1 psm1 psd1 ' +
    'reg lnk scf inf gadget application appref-ms jar apk xapk ipa app command sh bash zsh csh ksh run bin elf out so ' +
    'dylib deb rpm pkg appimage'
  ).split(' '),
)
const EXECUTABLE_TYPES = new Set([
  'application/x-msdownload',
  'application/x-msdos-program',
  'application/x-dosexec',
  'application/exe',
  'application/x-exe',
  'application/x-winexe',
  'application/vnd.microsoft.portable-executable',
  'application/x-ms-installer',
  'application/x-msi',
  'application/x-executable',
  'application/x-elf',
  'application/x-sharedlib',
  'application/x-mach-binary',
  'application/x-bat',
  'application/x-sh',
  'application/x-csh',
  'application/x-shellscript',
  'text/x-shellscript',
  'text/x-sh',
  'application/hta',
  'application/java-archive',
  'application/x-java-archive',
  'application/vnd.android.package-archive',
  'application/vnd.debian.binary-package',
  'application/x-rpm',
  'application/javascript',
  'application/x-javascript',
  'text/javascript',
])

/** LiveChat rejects executables (contract 6.4); the list of kinds is ours, as none is published. */
export function isExecutable(name: string, type: string | undefined): boolean {
  return EXECUTABLE_EXTENSIONS.has(extensionOf(name) ?? '') || EXECUTABLE_TYPES.has(type ?? '')
}
