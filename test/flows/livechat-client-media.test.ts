import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { afterEach, expect, test } from 'vitest'
import { createLiveChat } from '../../src/livechat/client'
import { keepAliveAgents } from '../../src/livechat/http'
import { openMedia } from '../../src/media/fetch-media'

const FILES = 10
const FILE_BYTES = 10 * 1024 * 1024
const CHUNK = Buffer.alloc(64 * 1024, 'x')

const servers: http.Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
})

async function serve(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler)
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

/** A media host whose files are one block, sent again and again. */
const mediaHost = () =>
  serve((_, answer) => {
    answer.writeHead(200, { 'content-type': 'video/mp4' })
    let left = FILE_BYTES
    const more = () => {
      while (left > 0) {
        left -= CHUNK.length
        if (!answer.write(CHUNK)) return void answer.once('drain', more)
      }
      answer.end()
    }
    more()
  })

function liveChatAt(apiUrl: string) {
  return createLiveChat({
    ...keepAliveAgents(),
    apiUrl,
    organizationId: 'org',
    clientId: 'client',
    redirectUri: 'https://hooks.acme.test/abc',
    agentAuthorization: () => Promise.resolve('Basic '),
    retries: { max: 0 },
  })
}

test('ten files of ten megabytes pass at once in less than forty megabytes', async () => {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const inUse = () => {
    collect() // what nobody holds any more is not counted
    const { heapUsed, external } = process.memoryUsage()
    return heapUsed + external
  }
  let received = 0
  let peak = 0
  const sink = await serve((upload, answer) => {
    upload.on('data', (bytes: Buffer) => {
      received += bytes.length
      if (received % (4 * 1024 * 1024) < bytes.length) peak = Math.max(peak, inUse())
    })
    upload.on('end', () => answer.end(JSON.stringify({ url: 'https://cdn/1' })))
  })
  const origin = await mediaHost()
  const { customer } = liveChatAt(sink)
  const idle = inUse()
  const pass = async (nth: number) => {
    const patient = { stallTimeoutMs: 60_000, totalTimeoutMs: 60_000 } // memory counts here, not time
    const { stream, fileName } = await openMedia(`${origin}/${nth}.mp4`, { allowedOrigins: [origin], ...patient })
    return customer.uploadFile({ accessToken: 'token' }, { content: stream, fileName })
  }
  await Promise.all(Array.from({ length: FILES }, (_, nth) => pass(nth)))
  expect(received).toBeGreaterThan(FILES * FILE_BYTES)
  expect(peak).toBeGreaterThan(0)
  expect((peak - idle) / 1024 / 1024).toBeLessThan(40)
})

test('a file that grows beyond the limit on the way ends its upload, and says why', async () => {
  let finished = 0
  const sink = await serve((upload, answer) => {
    upload.resume()
    upload.on('error', () => undefined)
    upload.on('end', () => {
      finished += 1
      answer.end(JSON.stringify({ url: 'https://cdn/1' }))
    })
  })
  const origin = await mediaHost()
  const { stream, fileName } = await openMedia(`${origin}/a.mp4`, { allowedOrigins: [origin], maxBytes: 1_000_000 })
  const upload = liveChatAt(sink).customer.uploadFile({ accessToken: 'token' }, { content: stream, fileName })
  await expect(upload).rejects.toMatchObject({ name: 'MediaError', reason: 'too-large' })
  expect(finished).toBe(0)
})

test('a LiveChat that refuses a file before reading it lets go of its host', async () => {
  const sink = await serve((_, answer) => {
    answer.writeHead(413).end(JSON.stringify({ error: { type: 'entity_too_large', message: 'too large' } }))
  })
  const origin = await mediaHost()
  const { stream, fileName } = await openMedia(`${origin}/a.mp4`, { allowedOrigins: [origin] })
  const upload = liveChatAt(sink).customer.uploadFile({ accessToken: 'token' }, { content: stream, fileName })
  await expect(upload).rejects.toMatchObject({ name: 'LiveChatError' })
  expect(stream.destroyed).toBe(true)
})
