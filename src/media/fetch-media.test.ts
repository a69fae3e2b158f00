import http from 'node:http'
import { buffer } from 'node:stream/consumers'
import zlib from 'node:zlib'
import { afterEach, expect, test } from 'vitest'
import { close, listen } from '../livechat/local-server.testing'
import { openMedia, type MediaOptions } from './fetch-media'

const servers: http.Server[] = []
afterEach(() => Promise.all(servers.splice(0).map(close)))

async function host(handler: http.RequestListener): Promise<string> {
  const server = http.createServer(handler)
  servers.push(server)
  return listen(server)
}

/** What the sandbox does: its own media host is allowed, by name. */
const from = (origin: string, options: MediaOptions = {}): MediaOptions => ({ allowedOrigins: [origin], ...options })

async function openAndRead(url: string, options: MediaOptions): Promise<string> {
  return (await buffer((await openMedia(url, options)).stream)).toString()
}

test('a file passes with its name, kind and bytes', async () => {
  const origin = await host((_, answer) => {
    answer.writeHead(200, { 'content-type': 'image/png; x=y', 'content-length': 5 }).end('bytes')
  })
  const { stream, ...media } = await openMedia(`${origin}/a/holiday%20photo.png?sig=1`, from(origin))
  expect(media).toEqual({ fileName: 'holiday photo.png', contentType: 'image/png', size: 5 })
  expect((await buffer(stream)).toString()).toBe('bytes')
})

test.each(['ftp://acme.test/a.png', 'file:///etc/passwd', 'data:text/plain,a', 'javascript:alert(1)'])(
  'only the web is read, not %s',
  async (url) => {
    await expect(openMedia(url)).rejects.toMatchObject({ reason: 'scheme' })
  },
)

test('what is no address is refused without repeating it', async () => {
  const refusal = openMedia('http://[secret')
  await expect(refusal).rejects.toMatchObject({ reason: 'address' })
  await expect(refusal).rejects.not.toThrow(/secret/)
})

test.each(['127.0.0.1', 'localhost', '2130706433', '0x7f.1', '0177.0.0.1', '127.1', '0.0.0.0', '[::ffff:127.0.0.1]'])(
  'no byte reaches a server of this machine by the name %s',
  async (name) => {
    let connections = 0
    const origin = await host((_, answer) => answer.end('inside'))
    servers[0]?.on('connection', () => (connections += 1))
    const url = `http://${name}:${new URL(origin).port}/`
    await expect(openMedia(url)).rejects.toMatchObject({ reason: 'private-address' })
    expect(connections).toBe(0)
  },
)

test.each([
  'https://127.0.0.1:1/',
  'http://[::1]:1/',
  'http://[::]:1/',
  'http://[::ffff:7f00:1]:1/',
  'http://[64:ff9b::7f00:1]:1/',
  'http://10.0.0.1/',
  'http://172.16.0.1/',
  'http://192.168.1.1/',
  'http://169.254.169.254/latest/meta-data/',
  'http://100.100.100.200/',
  'http://168.63.129.16/',
  'http://192.0.0.192/',
  'http://[fd00:ec2::254]/',
  'http://[fe80::1]/',
  'http://[::ffff:169.254.169.254]/',
  'http://[2002:7f00:1::]/',
])('a reserved address is never connected to: %s', async (url) => {
  await expect(openMedia(url, { stallTimeoutMs: 1000 })).rejects.toMatchObject({ reason: 'private-address' })
})

test('a redirect into a private network is not followed', async () => {
  let requests = 0
  const inside = await host((_, answer) => {
    requests += 1
    answer.end('inside')
  })
  const outside = await host((_, answer) => answer.writeHead(302, { location: `${inside}/a.png` }).end())
  await expect(openMedia(`${outside}/a.png`, from(outside))).rejects.toMatchObject({ reason: 'private-address' })
  expect(requests).toBe(0)
})

test('a redirect to another scheme is not followed', async () => {
  const origin = await host((_, answer) => answer.writeHead(302, { location: 'file:///etc/passwd' }).end())
  await expect(openMedia(origin, from(origin))).rejects.toMatchObject({ reason: 'scheme' })
})

test('three redirects are followed, four are not', async () => {
  const origin = await host((incoming, answer) => {
    const left = Number(incoming.url?.slice(1))
    if (left === 0) answer.writeHead(200, { 'content-type': 'text/plain' }).end('here')
    else answer.writeHead(307, { location: String(left - 1) }).end()
  })
  expect(await openAndRead(`${origin}/3`, from(origin))).toBe('here')
  await expect(openMedia(`${origin}/4`, from(origin))).rejects.toMatchObject({ reason: 'redirects' })
})

test('an origin is allowed whole: another port of the same machine is not', async () => {
  const origin = await host((_, answer) => answer.end('a'))
  const other = await host((_, answer) => answer.end('b'))
  await expect(openMedia(other, from(origin))).rejects.toMatchObject({ reason: 'private-address' })
})

test.each([
  { status: 404, reason: 'not-found' },
  { status: 410, reason: 'not-found' },
  { status: 401, reason: 'login' },
  { status: 403, reason: 'login' },
  { status: 402, reason: 'refused' },
  { status: 204, reason: 'refused' },
  { status: 503, reason: 'unreachable' },
])('status $status is $reason', async ({ status, reason }) => {
  const origin = await host((_, answer) => answer.writeHead(status).end())
  await expect(openMedia(origin, from(origin))).rejects.toMatchObject({ reason })
})

test('nobody listening is unreachable', async () => {
  const origin = await host(() => undefined)
  await Promise.all(servers.splice(0).map(close))
  await expect(openMedia(origin, from(origin))).rejects.toMatchObject({ reason: 'unreachable' })
})

test('a file that says it is too large is not read', async () => {
  const origin = await host((_, answer) => answer.writeHead(200, { 'content-length': 101 }).write('a'))
  await expect(openMedia(origin, from(origin, { maxBytes: 100 }))).rejects.toMatchObject({ reason: 'too-large' })
})

test('a file as large as allowed passes, one byte more does not', async () => {
  const origin = await host((incoming, answer) => {
    answer.flushHeaders() // without a length
    answer.end('a'.repeat(Number(incoming.url?.slice(1))))
  })
  expect(await openAndRead(`${origin}/100`, from(origin, { maxBytes: 100 }))).toHaveLength(100)
  const read = openAndRead(`${origin}/101`, from(origin, { maxBytes: 100 }))
  await expect(read).rejects.toMatchObject({ reason: 'too-large' })
})

test('a small file that unpacks to a large one is too large', async () => {
  const bomb = zlib.gzipSync(Buffer.alloc(1_000_000))
  const origin = await host((_, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
  const read = openAndRead(origin, from(origin, { maxBytes: 100_000 }))
  await expect(read).rejects.toMatchObject({ reason: 'too-large' })
})

test('a host that compresses although it was asked not to is read all the same', async () => {
  const packed = zlib.gzipSync('plain words')
  const origin = await host((_, answer) => answer.writeHead(200, { 'content-encoding': 'gzip' }).end(packed))
  expect(await openAndRead(origin, from(origin))).toBe('plain words')
})

test('a host that sends less than it promised ends the stream with an error', async () => {
  const origin = await host((_, answer) => {
    answer.writeHead(200, { 'content-length': 50 })
    answer.write('only this', () => answer.socket?.destroy())
  })
  await expect(openAndRead(origin, from(origin))).rejects.toMatchObject({ reason: 'unreachable' })
})

test('a host that does not answer is given up', async () => {
  const origin = await host(() => undefined)
  await expect(openMedia(origin, from(origin, { stallTimeoutMs: 50 }))).rejects.toMatchObject({ reason: 'timeout' })
})

test('a host that falls silent in the middle is given up', async () => {
  const origin = await host((_, answer) => answer.write('a'))
  const read = openAndRead(origin, from(origin, { stallTimeoutMs: 50 }))
  await expect(read).rejects.toMatchObject({ reason: 'timeout' })
})

test('a host that never ends is given up although it is never silent', async () => {
  const timers: NodeJS.Timeout[] = []
  const origin = await host((_, answer) => {
    answer.write('a')
    timers.push(setInterval(() => answer.write('a'), 5))
  })
  const read = openAndRead(origin, from(origin, { totalTimeoutMs: 100 }))
  await expect(read).rejects.toMatchObject({ reason: 'timeout' })
  timers.forEach(clearInterval)
})

test('a reader that is slow is no reason to give up the host', async () => {
  const origin = await host((_, answer) => answer.end(Buffer.alloc(500_000)))
  const { stream } = await openMedia(origin, from(origin, { stallTimeoutMs: 200 }))
  await new Promise((resolve) => stream.once('readable', resolve))
  await new Promise((resolve) => setTimeout(resolve, 600)) // three times what a silent host is given
  expect(await buffer(stream)).toHaveLength(500_000)
})

test('a file that nobody reads is given up without an error that nobody hears', async () => {
  const origin = await host((_, answer) => answer.end('small'))
  const { stream } = await openMedia(origin, from(origin, { stallTimeoutMs: 50 }))
  await new Promise((resolve) => stream.once('close', resolve))
  expect(stream.errored).toMatchObject({ reason: 'timeout' })
})

test('a stream that nobody wants any more lets go of its host', async () => {
  const gone = new Promise((resolve) => {
    void host((incoming, answer) => {
      incoming.socket.once('close', resolve)
      answer.write('a')
    }).then(async (origin) => (await openMedia(origin, from(origin))).stream.destroy())
  })
  await gone
})

test.each([
  { name: 'by its address', path: '/setup.exe', headers: {} },
  { name: 'by its kind', path: '/setup', headers: { 'content-type': 'application/x-msdownload' } },
  { name: 'by the name that its host gives', path: '/a.png', headers: disposition('attachment; filename="a.SCR"') },
  { name: 'behind a mark that turns the text', path: '/a', headers: disposition(`filename*=UTF-8''gpj.%E2%80%AEexe`) },
  { name: 'with a dot at its end', path: '/setup.bat.', headers: {} },
  { name: 'by the name under which its sender keeps it', path: '/a', headers: {}, options: { fileName: 'a.py' } },
  { name: 'by the name that its sender gives', path: '/a', headers: {}, options: { title: 'tool.msix' } },
  { name: 'by the name in its address', path: '/a.chm', headers: disposition('attachment; filename="a.pdf"') },
])('a program is refused $name', async ({ path, headers, options }) => {
  const origin = await host((_, answer) => answer.writeHead(200, headers).end('words'))
  await expect(openMedia(origin + path, from(origin, options))).rejects.toMatchObject({ reason: 'executable' })
})

test('a program is refused by its first bytes, whatever its name and its host say', async () => {
  const origin = await host((_, answer) => answer.writeHead(200, { 'content-type': 'image/png' }).end('MZ\0\0'))
  await expect(openMedia(`${origin}/a.png`, from(origin))).rejects.toMatchObject({ reason: 'executable' })
})

test.each(['download.php?id=5', 'download.action?id=5'])('the file behind %s is no program', async (path) => {
  const origin = await host((_, answer) => answer.writeHead(200, { 'content-type': 'image/png' }).end('bytes'))
  expect(await openMedia(`${origin}/${path}`, from(origin))).toMatchObject({ fileName: 'file.png' })
})

test('a title that ends like an address is no program', async () => {
  const origin = await host((_, answer) => answer.writeHead(200, { 'content-type': 'image/png' }).end('bytes'))
  expect(await openMedia(`${origin}/a`, from(origin, { title: 'See acme.com' }))).toMatchObject({
    fileName: 'See acme.com.png',
  })
})

test.each([
  { name: 'says so', headers: { 'content-length': 0 } },
  { name: 'does not say so', headers: {} },
  { name: 'packs nothing', headers: { 'content-encoding': 'gzip' }, body: zlib.gzipSync('') },
])('a file without content is refused when its host $name', async ({ headers, body }) => {
  const origin = await host((_, answer) => answer.writeHead(200, headers).end(body))
  await expect(openMedia(`${origin}/a.png`, from(origin))).rejects.toMatchObject({ reason: 'empty' })
})

test('a file of one byte is one', async () => {
  const origin = await host((_, answer) => answer.end('a'))
  expect(await openAndRead(`${origin}/a.txt`, from(origin))).toBe('a')
})

test.each([
  { name: 'a page for an image', path: '/photo.jpg', type: 'text/html', body: '<html>', options: { kind: 'image' } },
  { name: 'an error for an image', path: '/a', type: 'image/png', body: '{"error":1}', options: { kind: 'image' } },
  { name: 'a page for a document', path: '/Contract.pdf', type: 'text/html', body: '<html>' },
  { name: 'a page for a title', path: '/a', type: 'text/html', body: '<html>', options: { title: 'Contract.pdf' } },
  { name: 'a page for a kept name', path: '/a', type: 'text/html', body: '<html>', options: { fileName: 'C.pdf' } },
  { name: 'a page for a type', path: '/a', type: 'text/html', body: '<', options: { contentType: 'application/pdf' } },
] as const)('$name is not the file', async ({ path, type, body, ...rest }) => {
  const origin = await host((_, answer) => answer.writeHead(200, { 'content-type': type }).end(body))
  const options = 'options' in rest ? rest.options : {}
  await expect(openMedia(origin + path, from(origin, options))).rejects.toMatchObject({ reason: 'not-the-file' })
})

test.each(['/Contract.pdf', '/download'])('a redirect from %s to a page to log in is not the file', async (path) => {
  const origin = await host((incoming, answer) => {
    if (incoming.url !== '/login.html') answer.writeHead(302, { location: '/login.html' }).end()
    else answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>')
  })
  await expect(openMedia(origin + path, from(origin))).rejects.toMatchObject({ reason: 'not-the-file' })
})

test('a page that a customer sends is one', async () => {
  const origin = await host((_, answer) => answer.writeHead(200, { 'content-type': 'text/html' }).end('<html>'))
  expect(await openAndRead(`${origin}/page.html`, from(origin))).toBe('<html>')
})

test('a user and a password in an address go to its own host and to no other', async () => {
  const asked: (string | undefined)[] = []
  const elsewhere = await host((incoming, answer) => {
    asked.push(incoming.headers.authorization)
    answer.end('file')
  })
  const origin = await host((incoming, answer) => {
    asked.push(incoming.headers.authorization)
    answer.writeHead(302, { location: incoming.url === '/a' ? '/b' : `${elsewhere}/c` }).end()
  })
  const address = `${origin.replace('//', '//ada:secret@')}/a`
  expect(await openAndRead(address, { allowedOrigins: [origin, elsewhere] })).toBe('file')
  const own = `Basic ${Buffer.from('ada:secret').toString('base64')}`
  expect(asked).toEqual([own, own, undefined])
})

test('a host that knows no kind does not hide what the sender or the name says', async () => {
  const origin = await host((_, answer) =>
    answer.writeHead(200, { 'content-type': 'application/octet-stream' }).end('x'),
  )
  const said = await openMedia(`${origin}/a`, from(origin, { contentType: 'video/mp4', title: 'Tour' }))
  expect(said).toMatchObject({ contentType: 'video/mp4', fileName: 'Tour.mp4' })
  expect(await openMedia(`${origin}/a.pdf`, from(origin))).toMatchObject({ contentType: 'application/pdf' })
})

function disposition(value: string) {
  return { 'content-disposition': value }
}
