import { extensionOf, typeByExtension } from './file-types'

/** Longest name that is passed on, in characters. */
export const MAX_FILE_NAME_CHARACTERS = 120

export type NameSources = { contentDisposition?: string; url: URL; title?: string }

/**
 * The best name of a file: what its sender calls it, else its host, else its address. The sender's words may lack the
 * extension that host or address have.
 */
export function fileNameOf({ title = '', ...sources }: NameSources): string {
  const fromTitle = cleanFileName(title.replaceAll(/[/\\]+/g, ' ')) // words, not a path
  if (!fromTitle) return storedNameOf(sources) || 'file'
  const extension = extensionOf(storedNameOf(sources))
  const isWhole = extension === undefined || extensionOf(fromTitle) === extension || typeByExtension(fromTitle)
  return isWhole ? fromTitle : shortened(`${fromTitle}.${extension}`)
}

/** The name under which the file is kept, whatever its sender calls it; empty when it has none. */
export function storedNameOf({ contentDisposition, url }: Omit<NameSources, 'title'>): string {
  const fromHost = cleanFileName(dispositionName(contentDisposition) ?? '')
  return fromHost || cleanFileName(decoded(url.pathname.split('/').at(-1) ?? ''))
}

/** Without path, control and direction characters, and not longer than a name may be; empty when nothing is left. */
export function cleanFileName(raw: string): string {
  const base = raw.split(/[/\\]/).at(-1) ?? ''
  const visible = base
    .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, '') // direction marks make `gpj.exe` look like `exe.jpg`
    .replaceAll(/[<>:"|?*\s]+/g, ' ')
    .replace(/^[.\s]+/, '')
    .replace(/(?<![.\s])[.\s]+$/, '') // looks at each run once: without the guard, from each of its dots
  return shortened(visible)
}

/** Cut before the extension, and never inside a character. */
export function shortened(name: string): string {
  const characters = Array.from(name)
  if (characters.length <= MAX_FILE_NAME_CHARACTERS) return name
  const extension = extensionOf(name)
  const end = extension === undefined ? '' : `.${extension}`
  return characters.slice(0, MAX_FILE_NAME_CHARACTERS - end.length).join('') + end
}

/** `filename*` (RFC 5987) before `filename`, as RFC 6266 wants it. */
function dispositionName(header = ''): string | undefined {
  const extended = /filename\*\s*=\s*(?:utf-8|iso-8859-1)'[^']*'([^;\s]+)/i.exec(header)?.[1]
  if (extended !== undefined) return decoded(extended)
  const quoted = /filename\s*=\s*"((?:[^"\\]|\\.)*)"/i.exec(header)?.[1]
  if (quoted !== undefined) return utf8(quoted.replaceAll(/\\(.)/g, '$1'))
  const plain = /filename\s*=\s*([^;"]+)/i.exec(header)?.[1]
  return plain === undefined ? undefined : utf8(plain.trim())
}

/** Node reads headers as Latin-1, while many hosts write UTF-8 into them. */
function utf8(header: string): string {
  const text = Buffer.from(header, 'latin1').toString('utf8')
  return text.includes('\ufffd') ? header : text
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
