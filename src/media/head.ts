import { once } from 'node:events'
import type { Readable } from 'node:stream'

/** How much of a file is looked at, in bytes. */
const HEAD_BYTES = 512

/**
 * What comes first out of a stream, which stays in it: at most 512 bytes of its first chunk, or none when it is empty.
 * Throws the error of the stream.
 */
export async function headOf(stream: Readable): Promise<Buffer> {
  const first = (stream.read() as Buffer | null) ?? (await afterFirst(stream))
  if (first === null) return Buffer.alloc(0)
  stream.unshift(first)
  return first.subarray(0, HEAD_BYTES)
}

/** `readable` also comes at the end of a stream without any byte. */
async function afterFirst(stream: Readable): Promise<Buffer | null> {
  await once(stream, 'readable')
  return stream.read() as Buffer | null
}
