import { afterAll, expect, test } from 'vitest'
import { startOddHost } from './odd-host'
import { botSays } from './handoffs'
import { newChatEvents } from './visible'
import { useActiveHandoff } from './sandboxes'

// One host that the integration may read from and that misbehaves; one that it must never call.
const host = await startOddHost()
const inside = await startOddHost()
const talk = useActiveHandoff({ env: { MEDIA_ALLOWED_ORIGINS: host.origin } })
afterAll(() => Promise.all([host.close(), inside.close()]))

const TEN_MEGABYTES = 10 * 1024 * 1024

/** What the agent gets for a message of the customer: the words or the name of each event. */
async function agentGetsFor(type: string, payload: Record<string, unknown>): Promise<(string | undefined)[]> {
  const events = await newChatEvents(talk(), () => talk().customer.sends({ type, payload }))
  return events.map(({ text, name }) => text ?? name)
}

const agentGets = (imageUrl: string) => agentGetsFor('image', { imageUrl, title: 'My photo' })
const uploads = () =>
  talk().sandbox.livechat.wire.exchanges.filter(({ operation }) => operation === 'customer/upload_file')
const newestFile = () => talk().sandbox.livechat.store.files.at(-1)

const asLink = (url: string) => [`My photo: ${url}`]

test('a file of just ten megabytes is attached', async () => {
  const url = host.serves('/big.png', { bytes: TEN_MEGABYTES })
  expect(await agentGets(url)).toEqual(['My photo.png'])
  expect(newestFile()?.bytes.length).toBe(TEN_MEGABYTES)
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

test('a file without a valid address is described without it', async () => {
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
  const events = await newChatEvents(talk(), () => talk().customer.sends({ type: 'bloc', payload: { items } }))
  expect(events.map(({ text }) => text)).toEqual(['Before', `Image: ${imageUrl}`, 'After'])
})

// An address that opens more than its file: the file is attached, or named as not delivered.

const SECRET = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
const lost = ['My photo (could not be delivered)']

/** What agents and LiveChat itself got of the secret so far. */
const told = () => JSON.stringify([...talk().sandbox.livechat.store.chats.values()])

test.each([
  { name: "a bot's token in the path", path: `/file/bot${SECRET}/photos/file_1.png` },
  { name: 'a token among the parameters', path: `/file_2.png?access_token=${SECRET}` },
])('a file behind $name is attached', async ({ path }) => {
  expect(await agentGets(host.serves(path, { bytes: 10 }))).toEqual(['My photo.png'])
  expect(told()).not.toContain(SECRET)
})

test('a file behind a user and a password is attached', async () => {
  const url = host.serves('/basic.png', { bytes: 10 }).replace('//', `//ada:${encodeURIComponent(SECRET)}@`)
  expect(await agentGets(url)).toEqual(['My photo.png'])
  expect(told()).not.toContain(SECRET)
})

const secretPath = (path: string) => `/file/bot${SECRET}${path}`

test.each([
  { name: 'too large', url: host.serves(secretPath('/huge.png'), { bytes: TEN_MEGABYTES + 1 }) },
  { name: 'gone', url: `${host.origin}${secretPath('/gone.png')}` },
  { name: 'refused', url: host.answers(secretPath('/refused.png'), { status: 403 }) },
  { name: 'empty', url: host.answers(secretPath('/empty.png'), {}) },
  { name: 'a program', url: host.serves(secretPath('/setup.exe'), { bytes: 10 }) },
  { name: 'out of reach', url: `http://media.invalid${secretPath('/a.png')}` },
  { name: 'inside a private network', url: `http://192.168.1.1${secretPath('/a.png')}` },
  { name: 'out of reach, with a password', url: `http://ada:${SECRET}@media.invalid/a.png` },
  { name: 'out of reach, with a token', url: `http://media.invalid/a.png?api_key=${SECRET}` },
])('a file that is $name is named as not delivered, without its address', async ({ url }) => {
  expect(await agentGets(url)).toEqual(lost)
  expect(told()).not.toContain(SECRET)
})

test('a bloc, words of the bot and a card show no such address', async () => {
  const url = `http://media.invalid${secretPath('/a.png')}`
  const items = [
    { type: 'image', payload: { imageUrl: url } },
    { type: 'file', payload: { fileUrl: url, filename: 'bill.pdf' } },
  ]
  expect(await agentGetsFor('bloc', { items })).toEqual([
    'A file could not be delivered.',
    'bill.pdf (could not be delivered)',
  ])
  const events = await newChatEvents(talk(), async () => {
    await botSays(talk(), { type: 'text', payload: { text: `Your file: ${url}` } })
    const markdown = { type: 'markdown', payload: { markdown: `[Your file](${url}) ${url}` } }
    await botSays(talk(), { type: 'bloc', payload: { items: [markdown] } })
    await botSays(talk(), { type: 'image', payload: { imageUrl: url } })
  })
  expect(events.map(({ text }) => text)).toEqual([
    '[Bot] Your file: http://media.invalid/…',
    '[Bot] Your file http://media.invalid/…',
    '[Bot]',
    'A file could not be delivered.',
  ])
  expect(told()).not.toContain(SECRET)
})

test('what a customer types stays as it is', async () => {
  const words = `My link https://acme.test/reset?token=${SECRET} does not work`
  expect(await agentGetsFor('text', { text: words })).toEqual([words])
  expect(told()).toContain(SECRET)
})

// Something else in place of the file.

const PAGE = { headers: { 'content-type': 'text/html; charset=utf-8' }, body: '<!DOCTYPE html><title>Log in</title>' }
const notFetched = (url: string) => [`My photo: ${url} (could not be fetched)`]

test.each([
  { name: 'a page', url: host.answers('/page.png', PAGE) },
  { name: 'a page after a redirect', url: host.redirects('/moved.png', host.answers('/login.html', PAGE)) },
  {
    name: 'an error in JSON',
    url: host.answers('/json.png', { headers: { 'content-type': 'application/json' }, body: '{"error":1}' }),
  },
  {
    name: 'an error in XML under the type of an image',
    url: host.answers('/xml.jpg', { headers: { 'content-type': 'image/jpeg' }, body: '<?xml version="1.0"?><Error/>' }),
  },
])('$name in place of an image arrives as link, and it is said', async ({ url }) => {
  expect(await agentGets(url)).toEqual(notFetched(url))
})

test.each(['audio', 'video'])('a page in place of %s arrives as link, and it is said', async (type) => {
  const url = host.answers('/memo', PAGE)
  expect(await agentGetsFor(type, { [`${type}Url`]: url, title: 'My photo' })).toEqual(notFetched(url))
})

test('a page in place of a document arrives as link, and it is said', async () => {
  const url = host.answers('/Contract.pdf', PAGE)
  expect(await agentGetsFor('file', { fileUrl: url, title: 'Contract' })).toEqual([
    `Contract: ${url} (could not be fetched)`,
  ])
  expect(await agentGetsFor('file', { fileUrl: host.answers('/9', PAGE), filename: 'Contract.pdf' })).toEqual([
    `Contract.pdf: ${host.origin}/9 (could not be fetched)`,
  ])
})

test('a page that a customer sends is attached', async () => {
  expect(await agentGetsFor('file', { fileUrl: host.answers('/my.html', PAGE) })).toEqual(['my.html'])
})

test.each([401, 403])('a link that is refused with %s says that it needs a login', async (status) => {
  const url = host.answers('/private.png', { status, ...PAGE })
  expect(await agentGets(url)).toEqual([`My photo: ${url} (the link needs a login)`])
})

test('an empty file is reported, not sent', async () => {
  const url = host.answers('/empty.png', { headers: { 'content-type': 'image/png' } })
  expect(await agentGets(url)).toEqual([`My photo: ${url} (the file is empty)`])
})

// Names and captions.

test("a file arrives under its sender's name, its caption as words", async () => {
  const fileUrl = host.serves('/5f3a', { bytes: 10, contentType: 'application/pdf' })
  const filename = 'Rechnung März 2026.pdf'
  expect(await agentGetsFor('file', { fileUrl, filename })).toEqual([filename])
  expect(await agentGetsFor('file', { fileUrl, title: 'application/pdf', fileName: 'Bill.pdf' })).toEqual(['Bill.pdf'])
  const items = [{ type: 'file', payload: { fileUrl, filename, caption: 'Is this right?' } }]
  expect(await agentGetsFor('bloc', { items })).toEqual([filename, 'Is this right?'])
})

test('a file arrives under the name that its host gives, however that is written', async () => {
  const at = (path: string, disposition: string) =>
    host.answers(path, {
      headers: { 'content-type': 'application/pdf', 'content-disposition': disposition },
      body: '%PDF',
    })
  const word = at('/1', 'attachment; filename="=?UTF-8?B?TcOkcnoucGRm?="')
  const quoted = at('/2', `attachment; filename*="UTF-8''M%C3%A4rz.pdf"`)
  expect(await agentGetsFor('file', { fileUrl: word })).toEqual(['März.pdf'])
  expect(await agentGetsFor('file', { fileUrl: quoted })).toEqual(['März.pdf'])
})

test('a name that is too long arrives once, cut before its extension', async () => {
  const fileUrl = host.serves('/long', { bytes: 10, contentType: 'application/pdf' })
  const [name, ...more] = await agentGetsFor('file', { fileUrl, title: `${'Annual report '.repeat(20)}2026.pdf` })
  expect(more).toEqual([])
  expect(name).toMatch(/^Annual report .*\.pdf$/)
  expect(name).toHaveLength(120)
})

// Uploads that fail and go through.

test.each([
  { name: '429', status: 429, type: 'too_many_requests' },
  { name: '503', status: 503, type: 'service_unavailable' },
  { name: '500', status: 500, type: 'internal' },
])('an upload that meets one $name is tried again with the source opened anew', async ({ status, type }) => {
  const body = { error: { type, message: 'later' } }
  talk().sandbox.livechat.faults.add({ operation: 'customer/upload_file', kind: 'answer', status, body })
  const path = `/again-${status}.png`
  const before = uploads().length
  expect(await agentGets(host.serves(path, { bytes: 100_000 }))).toEqual(['My photo.png'])
  expect(newestFile()?.bytes.length).toBe(100_000)
  expect(uploads().length - before).toBe(2)
  expect(host.asked.filter((asked) => asked === path)).toHaveLength(2)
})

test('an upload that is never taken becomes a link within the time of the message', async () => {
  const body = { error: { type: 'too_many_requests', message: 'later' } }
  const { faults } = talk().sandbox.livechat
  faults.add({ operation: 'customer/upload_file', kind: 'answer', status: 429, body, times: Infinity })
  const url = host.serves('/never.png', { bytes: 10 })
  expect(await agentGets(url)).toEqual(asLink(url))
  faults.clear()
})
