import { Readable } from 'node:stream'
import type { Upload } from './api'
import { LiveChatError } from './errors'
import { fileForm, type FileForm } from './multipart'

/** The body of one upload: opens its source as often as an attempt needs it, and never leaves one open. */
export class UploadBody {
  /** Whether the source can be read more than once. */
  readonly canRepeat: boolean
  private readonly form: FileForm
  private source: Readable | undefined
  private sourceError: Error | undefined

  constructor(private readonly upload: Upload) {
    this.canRepeat = !(upload.content instanceof Readable)
    this.form = fileForm({ fileName: upload.fileName, contentType: safeType(upload.contentType) })
  }

  get contentTypeHeader(): string {
    return this.form.contentTypeHeader
  }

  async open(): Promise<Readable> {
    this.close()
    this.sourceError = undefined
    this.source = await openContent(this.upload.content)
    this.source.once('error', (error) => (this.sourceError = error))
    return this.form.around(this.source)
  }

  close(): void {
    this.source?.destroy()
  }

  /** The error to report: that of the source, if it has one (a limit was met, its host gave up), else LiveChat's. */
  causeOf(error: unknown): unknown {
    return error instanceof LiveChatError && this.sourceError ? this.sourceError : error
  }
}

async function openContent(content: Upload['content']): Promise<Readable> {
  if (content instanceof Readable) return content
  if (typeof content === 'function') return content()
  return Readable.from([Buffer.from(content.buffer, content.byteOffset, content.byteLength)], { objectMode: false })
}

/** LiveChat derives the kind from name and bytes (upload_file), so a doubtful type is better left out. */
function safeType(contentType: string | undefined): string | undefined {
  return contentType !== undefined && /^[\w.+-]+\/[\w.+-]+$/.test(contentType) ? contentType : undefined
}
