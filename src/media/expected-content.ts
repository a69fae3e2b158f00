import { typeByExtension } from './file-types'

export type MediaKind = 'image' | 'audio' | 'video' | 'file'

export type Arrived = {
  /** What the message says it is; `file` may be anything. */
  kind: MediaKind
  /** Names of the file, the most trustworthy first. */
  names: readonly string[]
  /** MIME type as the sender says. */
  saidType?: string
  /** MIME type as the host says. */
  hostType?: string
  /** The host asks to save it (`Content-Disposition: attachment`). */
  isAttachment: boolean
  /** Its first bytes. */
  head: Buffer
}

/**
 * Whether a host answered with something else in place of the file: a page to log in, an error as JSON or XML, a sentence.
 * Hosts do that with status 200. What the file should be is known by the kind of the message, by its names, or by what
 * the sender says. Where nothing is known, a page is not the file unless the host asks to save it; JSON and XML are.
 */
export function isSomethingElse({ hostType = '', isAttachment, ...arrived }: Arrived): boolean {
  const expected = expectedType(arrived)
  const { head } = arrived
  const markup = markupOf(hostType)
  if (markup) return !mayBe(markup, { expected, isAttachment, head })
  if (!isBinary(expected)) return false
  return beginsLikeMarkup(head) || (hostType === 'text/plain' && expected !== 'application/pdf' && isText(head))
}

type Markup = 'html' | 'json' | 'xml'

function markupOf(type: string): Markup | undefined {
  if (/^(?:text\/html|application\/xhtml\+xml)$/.test(type)) return 'html'
  if (/[/+]json$/.test(type)) return 'json'
  return /[/+]xml$/.test(type) && type !== 'image/svg+xml' ? 'xml' : undefined
}

/** What the file should be. An image by name is one for an image message only: `lamp.png` as audio is just audio. */
function expectedType({ kind, names, saidType }: Pick<Arrived, 'kind' | 'names' | 'saidType'>): string | undefined {
  const known = names.map(typeByExtension).find((type) => type !== undefined) ?? saidType
  if (kind === 'file') return known
  return known?.startsWith(`${kind}/`) ? known : `${kind}/*`
}

function mayBe(
  markup: Markup,
  { expected, isAttachment, head }: { expected: string | undefined } & Pick<Arrived, 'isAttachment' | 'head'>,
): boolean {
  if (expected === undefined) return markup !== 'html' || isAttachment
  if (expected === 'text/plain' || expected === 'text/markdown') return !/^\s*<(?:!doctype|html)/i.test(start(head))
  if (expected === 'image/svg+xml') return markup === 'xml'
  const isXhtml = expected === 'application/xhtml+xml'
  return markupOf(expected) === markup || (isXhtml && markup === 'xml')
}

const BINARY =
  /^(?:image|audio|video|font)\/|^application\/(?:pdf|zip|gzip|epub\+zip|vnd\.rar|x-(?:zip|gzip|tar|bzip2|xz|7z|rar).*|vnd\.(?:openxmlformats|oasis)\b.*)$/

/** A file that never begins like a page. Older documents of Office may: many programs write pages under their names. */
function isBinary(type: string | undefined): boolean {
  return type !== undefined && type !== 'image/svg+xml' && BINARY.test(type)
}

function beginsLikeMarkup(head: Buffer): boolean {
  return /^\s*(?:<[!?a-z]|\{\s*["}])/i.test(start(head))
}

/** Bytes as characters, one for one, without the mark of UTF-8. */
function start(head: Buffer): string {
  return head.toString('latin1').replace(/^\u00ef\u00bb\u00bf/, '')
}

/** No control characters but white space: a sentence such as "Access denied". */
function isText(head: Buffer): boolean {
  return !/[\0-\x08\x0e-\x1f]/.test(head.toString('latin1'))
}
