import { randomUUID } from 'node:crypto'
import { Readable } from 'node:stream'

/** A form with a file as its only part, streamed: nothing of it is collected. */
export type FileForm = {
  contentTypeHeader: string
  /** Puts the two boundaries around `content`; an error of `content` ends the form with that error. */
  around(content: Readable): Readable
}

export function fileForm(file: { fileName: string; contentType?: string }): FileForm {
  const boundary = `livechat-${randomUUID()}`
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="file"; filename="${quotedFileName(file.fileName)}"`,
    `Content-Type: ${file.contentType ?? 'application/octet-stream'}`,
  ]
  async function* parts(content: Readable): AsyncGenerator<Buffer> {
    yield Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'utf8')
    for await (const chunk of content) yield Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk)
    yield Buffer.from(`\r\n--${boundary}--\r\n`, 'utf8')
  }
  return {
    contentTypeHeader: `multipart/form-data; boundary=${boundary}`,
    around: (content) => Readable.from(parts(content), { objectMode: false }),
  }
}

/** As browsers write a file name: quotes and line ends would end the header. */
function quotedFileName(fileName: string): string {
  return fileName.replaceAll('"', '%22').replaceAll(/[\r\n]+/g, ' ')
}
