/**
 * One parameter: its name, the number of its part, a star for the extended form, and a value that is quoted or ends at the
 * semicolon.
 */
const PARAMETER = /(?:^|;)\s*([\w-]+)((?:\*\d{1,3})?)(\*?)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g

/**
 * The file name of a `Content-Disposition` header: `filename*` before `filename`, as RFC 6266 wants it. What hosts write
 * against the rules is read all the same: `filename*` in quotes, and in `filename` raw UTF-8, percent signs (RFC 5987's
 * form without its star), encoded words (RFC 2047), parts (`filename*0`, RFC 2231) and backslashes of a Windows path.
 */
export function dispositionName(header = ''): string | undefined {
  const names = new Map<string, string>()
  for (const [, name = '', part = '', star = '', quoted, plain = ''] of header.matchAll(PARAMETER)) {
    const key = name.toLowerCase() + part + star
    if (!names.has(key)) names.set(key, quoted?.replaceAll(/\\(["\\])/g, '$1') ?? unquoted(plain.trim()))
  }
  const extended = names.get('filename*') ?? inOnePiece(names)
  const simple = names.get('filename')
  return (extended && extendedValue(extended)) || (simple && simpleValue(simple)) || undefined
}

/** Some hosts write single quotes, or forget the second one. */
function unquoted(value: string): string {
  return value.replace(/^'(.*)'$/, '$1').replace(/^"/, '')
}

/** RFC 2231, 3: the parts in the order of their numbers; those without a star are not encoded. */
function inOnePiece(names: ReadonlyMap<string, string>): string | undefined {
  const parts: string[] = []
  for (let part = partOf(names, 0); part !== undefined; part = partOf(names, parts.length)) parts.push(part)
  if (parts.length === 0) return undefined
  return (names.has('filename*0*') ? '' : "utf-8''") + parts.join('')
}

function partOf(names: ReadonlyMap<string, string>, number: number): string | undefined {
  const plain = names.get(`filename*${number}`)
  return names.get(`filename*${number}*`) ?? (plain === undefined ? undefined : utf8(plain).replaceAll('%', '%25'))
}

/** RFC 5987: `charset'language'percent-encoded`. */
function extendedValue(value: string): string {
  const [, charset = 'utf-8', encoded = value] = /^"?([\w.:-]*)'[^']*'"?(.*?)"?$/.exec(value) ?? []
  return percentDecoded(utf8(encoded), charset || 'utf-8')
}

function simpleValue(value: string): string {
  const text = utf8(value)
  const words = withoutEncodedWords(text)
  return words === text && /%[0-9a-f]{2}/i.test(text) ? percentDecoded(text, 'utf-8') : words
}

/** Node reads headers as Latin-1, while many hosts write UTF-8 into them. */
function utf8(header: string): string {
  if (/[^\0-\xff]/.test(header)) return header
  return inCharset(Buffer.from(header, 'latin1'), 'utf-8') ?? header
}

/** Percent signs that encode nothing stay as they are. */
function percentDecoded(text: string, charset: string): string {
  return text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) => {
    const bytes = Buffer.from(run.replaceAll('%', ''), 'hex')
    return inCharset(bytes, charset) ?? inCharset(bytes, 'windows-1252') ?? run
  })
}

const ENCODED_WORD = /=\?([\w.:-]+)(?:\*[\w-]*)?\?([bq])\?([^?]*)\?=/gi

/** RFC 2047: `=?charset?B?base64?=` or `=?charset?Q?like=20this?=`; white space between two such words is none. */
function withoutEncodedWords(text: string): string {
  const joined = text.replaceAll(/\?=\s+=\?/g, '?==?')
  return joined.replaceAll(ENCODED_WORD, (word, charset: string, encoding: string, content: string) => {
    return inCharset(encoding.toUpperCase() === 'B' ? Buffer.from(content, 'base64') : qBytes(content), charset) ?? word
  })
}

function qBytes(content: string): Buffer {
  const octets = content
    .replaceAll('_', ' ')
    .replaceAll(/=([0-9a-f]{2})/gi, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return Buffer.from(octets, 'latin1')
}

/** Nothing when the charset is unknown or the bytes are not of it. */
function inCharset(bytes: Uint8Array, charset: string): string | undefined {
  try {
    return new TextDecoder(charset, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
