import type { Page } from 'playwright-core'

/** A still of the moving picture: a PNG, and how long it is shown, in milliseconds. */
export type Still = { png: Buffer; ms: number }

/** What differs from the still before, as a WebP, and where it stands. */
type Patch = { x: number; y: number; width: number; height: number; webp: string }

/**
 * Makes, in any page of a browser, one animated WebP out of stills of the same size, which plays for ever. The browser finds what has changed from still
 * to still and packs it; here the container is put together ("WebP Container Specification", Animation).
 */
export async function animatedWebp(page: Page, stills: readonly Still[]): Promise<Buffer> {
  await page.evaluate(PATCHER)
  const frames: Buffer[] = []
  let canvas = { width: 0, height: 0 }
  for (const { png, ms } of stills) {
    const patch = await page.evaluate<Patch>(`patchOf('${png.toString('base64')}')`)
    if (frames.length === 0) canvas = patch
    frames.push(frame(patch, ms))
  }
  const body = Buffer.concat([Buffer.from('WEBP'), header(canvas), chunk('ANIM', Buffer.alloc(6)), ...frames])
  return chunk('RIFF', body)
}

/** Of 1. Words stay sharp, and the picture is a third smaller than without loss. */
const QUALITY = 0.88

/** Runs in the browser. A patch begins at even coordinates, as the container wants it; an unchanged still is one pixel. */
const PATCHER = `
  let before
  window.patchOf = async (png) => {
    const bitmap = await createImageBitmap(await (await fetch('data:image/png;base64,' + png)).blob())
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height)
    const context = canvas.getContext('2d', { willReadFrequently: true })
    context.drawImage(bitmap, 0, 0)
    const { x, y, width, height } = changed(context.getImageData(0, 0, bitmap.width, bitmap.height))
    const patch = new OffscreenCanvas(width, height)
    patch.getContext('2d', { alpha: false }).drawImage(bitmap, -x, -y)
    const blob = await patch.convertToBlob({ type: 'image/webp', quality: ${QUALITY} })
    const bytes = new Uint8Array(await blob.arrayBuffer())
    return { x, y, width, height, webp: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) }
  }
  function changed({ data, width, height }) {
    const now = new Uint32Array(data.buffer)
    const old = before
    before = now
    if (!old) return { x: 0, y: 0, width, height }
    let [left, top, right, bottom] = [width, height, 0, 0]
    for (let at = 0; at < now.length; at++) {
      if (now[at] === old[at]) continue
      const [x, y] = [at % width, Math.floor(at / width)]
      left = Math.min(left, x)
      right = Math.max(right, x + 1)
      top = Math.min(top, y)
      bottom = Math.max(bottom, y + 1)
    }
    if (right === 0) return { x: 0, y: 0, width: 1, height: 1 }
    const [x, y] = [left - (left % 2), top - (top % 2)]
    return { x, y, width: right - x, height: bottom - y }
  }`

function frame({ x, y, width, height, webp }: Patch, ms: number): Buffer {
  const head = Buffer.concat([uint24(x / 2), uint24(y / 2), uint24(width - 1), uint24(height - 1), uint24(ms)])
  const isDrawnOver = Buffer.from([2]) // no blending: a patch has no transparent pixel
  return chunk('ANMF', Buffer.concat([head, isDrawnOver, imageChunk(Buffer.from(webp, 'base64'))]))
}

/** The image data of a WebP file: the first chunk that is no header. */
function imageChunk(file: Buffer): Buffer {
  for (let at = 12; at < file.length; at += 8 + even(file.readUInt32LE(at + 4))) {
    const name = file.toString('latin1', at, at + 4)
    if (name === 'VP8L' || name === 'VP8 ') return file.subarray(at, at + 8 + even(file.readUInt32LE(at + 4)))
  }
  throw new Error('the browser gave no WebP')
}

const IS_ANIMATED = 0b10

function header({ width, height }: { width: number; height: number }): Buffer {
  return chunk('VP8X', Buffer.concat([Buffer.from([IS_ANIMATED, 0, 0, 0]), uint24(width - 1), uint24(height - 1)]))
}

function chunk(name: string, payload: Buffer): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32LE(payload.length)
  return Buffer.concat([Buffer.from(name), size, payload, Buffer.alloc(payload.length % 2)])
}

const even = (length: number) => length + (length % 2)

function uint24(value: number): Buffer {
  const bytes = Buffer.alloc(3)
  bytes.writeUIntLE(value, 0, 3)
  return bytes
}
