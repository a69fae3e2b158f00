import { describe, expect, test } from 'vitest'
import { errorAnswer } from '../../sandbox/livechat'
import { startedChat } from './livechat-client'
import { useLiveChat } from './use-livechat'

const { livechat, calls } = await useLiveChat()

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAIAAAADCAYAAAC56t6BAAAAFElEQVR4nGP8z8Dwn4GBgYGJAQoAHxcCAr7pGP8AAAAASUVORK5CYII=',
  'base64',
)

describe('files', () => {
  test('an upload becomes permanent once an event uses it', async () => {
    const { token, chatId } = await startedChat(calls)
    const { body } = await calls.upload(token, 'cat.png', PNG)
    expect(body.url).toMatch(/\/api\/file\/lc\/tmp\/attachments\//)
    await calls.customer(token, 'send_event', { chat_id: chatId, event: { type: 'file', url: body.url } })
    const event = livechat.store.eventsIn(chatId).at(-1)
    expect(event).toMatchObject({ name: 'cat.png', content_type: 'image/png', size: PNG.length, width: 2, height: 3 })
    expect(event?.url).toMatch(/\/api\/file\/lc\/att\//)
    const served = await fetch(String(event?.url))
    expect(served.headers.get('content-type')).toBe('image/png')
    expect(Buffer.from(await served.arrayBuffer())).toEqual(PNG)
  })

  test.each([
    { name: 'exactly 10 MB', file: 'a.bin', bytes: 10 * 1024 * 1024, status: 200 },
    { name: 'one byte more', file: 'a.bin', bytes: 10 * 1024 * 1024 + 1, status: 413 },
    { name: 'far more', file: 'a.bin', bytes: 12 * 1024 * 1024, status: 413 },
    { name: 'a program', file: 'setup.exe', bytes: 10, status: 400 },
  ])('$name: $status', async ({ file, bytes, status }) => {
    const { body } = await calls.token()
    expect((await calls.upload(String(body.access_token), file, new Uint8Array(bytes))).status).toBe(status)
  })

  test.each(['too_many_requests', 'internal', 'service_unavailable'] as const)(
    'an upload refused once as %s goes through when it is tried again',
    async (type) => {
      const refusal = errorAnswer(type)
      livechat.faults.add({ operation: 'customer/upload_file', kind: 'answer', ...refusal })
      const { body } = await calls.token()
      const upload = () => calls.upload(String(body.access_token), 'cat.png', PNG)
      expect(await upload()).toMatchObject(refusal)
      expect((await upload()).status).toBe(200)
    },
  )

  test('an upload may be streamed, its length unknown', async () => {
    const { body } = await calls.token()
    const frame = (text: string) => new TextEncoder().encode(text.replaceAll('\n', '\r\n'))
    const parts = [
      frame('--b\nContent-Disposition: form-data; name="file"; filename="a.txt"\n'),
      frame('Content-Type: application/octet-stream\n\nstreamed\n--b--\n'),
    ]
    const stream = new ReadableStream({
      pull: (controller) => {
        const part = parts.shift()
        if (part) controller.enqueue(part)
        else controller.close()
      },
    })
    const query = `organization_id=${livechat.credentials.organizationId}`
    const request: RequestInit & { duplex: 'half' } = { method: 'POST', body: stream, duplex: 'half' }
    const headers = {
      authorization: `Bearer ${String(body.access_token)}`,
      'content-type': 'multipart/form-data; boundary=b',
    }
    const url = `${livechat.url}/v3.6/customer/action/upload_file?${query}`
    expect((await fetch(url, { ...request, headers })).status).toBe(200)
    expect(livechat.store.files.map(({ name, bytes }) => [name, bytes.byteLength])).toEqual([['a.txt', 8]])
  })

  test('an upload needs a multipart body', async () => {
    const { body } = await calls.token()
    expect(await calls.customer(String(body.access_token), 'upload_file', {})).toMatchObject({
      body: { error: { type: 'validation' } },
    })
  })
})
