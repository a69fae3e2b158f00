import { afterAll, expect, test } from 'vitest'
import { startOddHost } from './odd-host'
import { newEvents } from './seen'
import { lastingTalk } from './stage'

// One host that the integration may read from and that misbehaves; one that it must never call.
const host = await startOddHost()
const inside = await startOddHost()
const talk = lastingTalk({ env: { MEDIA_ALLOWED_ORIGINS: host.origin } })
afterAll(() => Promise.all([host.close(), inside.close()]))

const TEN_MEGABYTES = 10 * 1024 * 1024

/** What the agent gets for an image of that address: the words or the name of each event. */
async function agentGets(imageUrl: string): Promise<(string | undefined)[]> {
  const payload = { imageUrl, title: 'My photo' }
  const events = await newEvents(talk(), () => talk().customer.sends({ type: 'image', payload }))
  return events.map(({ text, name }) => text ?? name)
}

const asLink = (url: string) => [`My photo: ${url}`]

test('a file of just ten megabytes is attached', async () => {
  const url = host.serves('/big.png', { bytes: TEN_MEGABYTES })
  expect(await agentGets(url)).toEqual(['My photo.png'])
  expect(talk().sandbox.livechat.store.files.at(-1)?.bytes.length).toBe(TEN_MEGABYTES)
})

test('what is behind a redirect is attached', async () => {
  const url = host.redirects('/moved', host.serves('/there.png', { bytes: 10 }))
  expect(await agentGets(url)).toEqual(['My photo.png'])
})

test.each([
  { name: 'a file of more than ten megabytes', url: host.serves('/huge.png', { bytes: TEN_MEGABYTES + 1 }) },
  { name: 'an endless file', url: host.serves('/endless.png', { bytes: Infinity, promised: null }) },
  {
    name: 'a file that turns out too large on the way',
    url: host.serves('/liar.png', { bytes: TEN_MEGABYTES + 1, promised: null }),
  },
  {
    name: 'a file that is cut off before its promised end',
    url: host.serves('/half.png', { bytes: 500, promised: 9000 }),
  },
  {
    name: 'a program by its name',
    url: host.serves('/setup.exe', { bytes: 100, contentType: 'application/octet-stream' }),
  },
  {
    name: 'a program by its type',
    url: host.serves('/photo.jpg', { bytes: 100, contentType: 'application/x-msdownload' }),
  },
  { name: 'an address where nothing is', url: `${host.origin}/nothing.png` },
  { name: 'a host that nobody can reach', url: 'http://media.invalid/a.png' },
  {
    name: 'a chain of four redirects',
    url: host.redirects(
      '/a',
      host.redirects('/b', host.redirects('/c', host.redirects('/d', host.serves('/e.png', { bytes: 10 })))),
    ),
  },
])('$name arrives as title and link', async ({ url }) => {
  expect(await agentGets(url)).toEqual(asLink(url))
})

test('a file whose host falls silent arrives as title and link', async () => {
  const url = host.serves('/silent.png', { bytes: 500, promised: 9000, staysOpen: true })
  expect(await agentGets(url)).toEqual(asLink(url))
})

const { port } = new URL(inside.origin)

test.each([
  { name: 'the machine itself, by address', url: `http://127.0.0.1:${port}/secret.png` },
  { name: 'the machine itself, by name', url: `http://localhost:${port}/secret.png` },
  { name: 'the machine itself, in IPv6', url: `http://[::1]:${port}/secret.png` },
  { name: 'the machine itself, dressed as IPv6', url: `http://[::ffff:127.0.0.1]:${port}/secret.png` },
  { name: 'the machine itself, as one number', url: `http://2130706433:${port}/secret.png` },
  { name: 'the machine itself, as nobody', url: `http://0.0.0.0:${port}/secret.png` },
  { name: 'a redirect to the machine itself', url: host.redirects('/in', `http://127.0.0.1:${port}/secret.png`) },
  { name: 'a redirect to a name of the machine', url: host.redirects('/in2', `http://localhost:${port}/secret.png`) },
  { name: 'a private network', url: 'http://192.168.1.1/router.png' },
  { name: "the cloud's own data", url: 'http://169.254.169.254/latest/meta-data/a.png' },
])('$name is never read: the agent gets the link', async ({ url }) => {
  inside.serves('/secret.png', { bytes: 100 })
  const [link, ...more] = await agentGets(url)
  expect(link).toMatch(/^My photo: http/)
  expect(more).toEqual([])
  expect(inside.asked).toEqual([])
})

test('an address that is none is told without it', async () => {
  expect(await agentGets('file:///etc/passwd')).toEqual(['My photo (could not be delivered)'])
  expect(await agentGets('javascript:alert(1)')).toEqual(['My photo (could not be delivered)'])
})

test.each([
  { name: 'too large', status: 413, type: 'entity_too_large' },
  { name: 'not of a kind that it takes', status: 400, type: 'validation' },
])('what LiveChat refuses as $name arrives as title and link', async ({ status, type }) => {
  const body = { error: { type, message: 'no' } }
  talk().sandbox.livechat.faults.add({ operation: 'customer/upload_file', kind: 'answer', status, body })
  const url = host.serves('/fine.png', { bytes: 10 })
  expect(await agentGets(url)).toEqual(asLink(url))
})

test('a file that LiveChat takes and then does not let into the chat arrives as title and link', async () => {
  const body = { error: { type: 'validation', message: 'url is not of our CDN' } }
  talk().sandbox.livechat.faults.add({ operation: 'customer/send_event', kind: 'answer', status: 400, body })
  const url = host.serves('/fine-at-first.png', { bytes: 10 })
  expect(await agentGets(url)).toEqual(asLink(url))
})

test('a bloc goes on after a picture that cannot be had', async () => {
  const imageUrl = 'http://192.168.1.1/a.png'
  const items = [
    { type: 'text', payload: { text: 'Before' } },
    { type: 'image', payload: { imageUrl } },
    { type: 'text', payload: { text: 'After' } },
  ]
  const events = await newEvents(talk(), () => talk().customer.sends({ type: 'bloc', payload: { items } }))
  expect(events.map(({ text }) => text)).toEqual(['Before', `Image: ${imageUrl}`, 'After'])
})
