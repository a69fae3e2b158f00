import { dispositionName } from './content-disposition'
import { extensionOf, typeByExtension } from './file-types'

/** Longest name that is passed on, in characters. */
export const MAX_FILE_NAME_CHARACTERS = 120

type NameSources = {
  contentDisposition?: string
  url: URL
  /** What the sender calls the file: a name, or words. */
  title?: string
  /** The name under which the sender keeps it. */
  fileName?: string
}

/**
 * The best name of a file: what its sender calls it, else the sender's own name of it, else its host's, else its
 * address. The sender's words may lack the extension that the others have.
 */
export function fileNameOf({ title = '', ...sources }: NameSources): string {
  const fromTitle = cleanFileName(title.replaceAll(/[/\\]+/g, ' ')) // words, not a path
  if (!fromTitle) return storedNameOf(sources) || 'file'
  const extension = extensionOf(storedNameOf(sources))
  const isWhole = extension === undefined || extensionOf(fromTitle) === extension || typeByExtension(fromTitle)
  return isWhole ? fromTitle : shortened(`${fromTitle}.${extension}`)
}

/** The name under which the file is kept, whatever its sender calls it; empty when it has none. */
export function storedNameOf({ fileName, contentDisposition, url }: Omit<NameSources, 'title'>): string {
  const names = [fileName, dispositionName(contentDisposition), nameInAddress(url)]
  return names.map((name) => cleanFileName(name ?? '')).find((name) => name !== '') ?? ''
}

/** The token of a bot, a token that shows by its shape, and an endpoint of a server are no names. */
const NO_NAME = /^bot\d+:|^eyJ[\w-]+\.|\.(?:php\d?|aspx?|ashx|jspx?|do|action|cgi|cfm)$/i

/** The last part of a path; empty when that is no name. */
export function nameInAddress({ pathname }: URL): string {
  const name = decoded(pathname.split('/').at(-1) ?? '')
  return NO_NAME.test(name) ? '' : name
}

/** Without path, control and direction characters, and not longer than a name may be; empty when nothing is left. */
export function cleanFileName(raw: string): string {
  const base = raw.split(/[/\\]/).at(-1) ?? ''
  const visible = base
    .normalize('NFC') // macOS takes letters apart from their accents
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

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
