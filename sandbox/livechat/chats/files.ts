import { randomBytes } from 'node:crypto'
import { ApiError } from '../world/errors'
import type { ChatEvent, StoredFile } from '../world/model'
import type { World } from '../world/world'

/** Largest upload in bytes: the official Customer SDK refuses only more than this. */
export const MAX_FILE_BYTES = 10 * 1024 * 1024
const UNUSED_LIFE_MS = 24 * 60 * 60 * 1000
const CDN = '/api/file/lc'
const EXECUTABLE = /\.(exe|bat|cmd|com|msi|scr|sh|ps1|vbs|jar|app|dll|apk)$/i

/** LiveChat tells the type by the name: the part's own content type is not looked at. */
const TYPE_BY_EXTENSION: ReadonlyMap<string, string> = new Map(
  Object.entries({
    png: 'image/png',
    jpg: 'image/jpeg',
    jpeg: 'image/jpeg',
    gif: 'image/gif',
    webp: 'image/webp',
    svg: 'image/svg+xml',
    pdf: 'application/pdf',
    txt: 'text/plain',
    csv: 'text/csv',
    json: 'application/json',
    mp3: 'audio/mpeg',
    ogg: 'audio/ogg',
    wav: 'audio/wav',
    m4a: 'audio/mp4',
    mp4: 'video/mp4',
    webm: 'video/webm',
    mov: 'video/quicktime',
    zip: 'application/zip',
  }),
)

/** Keeps an upload under a temporary URL and answers that URL. */
export function storeUpload(world: World, name: string, bytes: Uint8Array): { file: StoredFile; url: string } {
  if (bytes.byteLength > MAX_FILE_BYTES) throw new ApiError('entity_too_large', 'File exceeds the limit of 10 MB')
  if (!name) throw new ApiError('validation', 'file name is required')
  if (EXECUTABLE.test(name) || isProgram(bytes)) throw new ApiError('validation', 'Executable files are not allowed')
  const key = randomBytes(12).toString('hex')
  const safeName = encodeURIComponent(name)
  const file: StoredFile = {
    bytes,
    name,
    contentType: typeOf(name, bytes),
    temporaryPath: `${CDN}/tmp/attachments/${key}/${safeName}`,
    permanentPath: `${CDN}/att/1520/${key}/${safeName}`,
    uploadedAt: world.store.now(),
    used: false,
  }
  world.store.files.push(file)
  return { file, url: `${world.url()}${file.temporaryPath}` }
}

/** The upload behind a URL. Only addresses on LiveChat's own CDN are taken ("Send event", file). */
export function locateUpload(world: World, url: string): StoredFile {
  const path = url.startsWith(`${world.url()}${CDN}/`) ? url.slice(world.url().length) : undefined
  const file = path === undefined ? undefined : findFile(world, path)
  if (!file) throw new ApiError('validation', '`url` must point to the LiveChat CDN')
  return file
}

/** What a file event shows for an uploaded URL, which becomes permanent by this. */
export function useFile(world: World, url: string): Partial<ChatEvent> {
  const file = locateUpload(world, url)
  file.used = true
  const permanent = `${world.url()}${file.permanentPath}`
  const shown = { name: file.name, url: permanent, content_type: file.contentType }
  if (!/^image\/(png|jpeg|gif)$/.test(file.contentType)) return shown
  const thumbnails = { thumbnail_url: permanent, thumbnail2x_url: permanent }
  return { ...shown, ...thumbnails, size: file.bytes.byteLength, ...dimensions(file) }
}

/** The file behind a CDN path; a temporary one dies after 24 hours unless it was used. */
export function findFile(world: World, path: string): StoredFile | undefined {
  return world.store.files.find((file) => {
    if (file.permanentPath === path) return file.used
    const alive = file.used || world.store.now() - file.uploadedAt < UNUSED_LIFE_MS
    return alive && file.temporaryPath === path
  })
}

function typeOf(name: string, bytes: Uint8Array): string {
  const extension = name.split('.').at(-1)?.toLowerCase() ?? ''
  return TYPE_BY_EXTENSION.get(extension) ?? (isPng(bytes) ? 'image/png' : 'application/octet-stream')
}

function isProgram(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes
  return (first === 0x4d && second === 0x5a) || (first === 0x7f && second === 0x45 && third === 0x4c && fourth === 0x46)
}

function isPng(bytes: Uint8Array): boolean {
  return bytes[0] === 0x89 && bytes[1] === 0x50 && bytes[2] === 0x4e && bytes[3] === 0x47
}

function dimensions({ bytes }: StoredFile): { width?: number; height?: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (isPng(bytes) && bytes.byteLength >= 24) return { width: view.getUint32(16), height: view.getUint32(20) }
  return { width: 640, height: 480 }
}
