import { expect, test } from 'vitest'
import { isShareable, shareableLink, withoutSecretLinks } from './shareable-link'

const BOT_TOKEN = '123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2lnbmF0dXJl'
const policy = (resource: string) =>
  Buffer.from(JSON.stringify({ Statement: [{ Resource: resource }] }))
    .toString('base64')
    .replaceAll('+', '-')
    .replaceAll('=', '_')
    .replaceAll('/', '~')

test.each([
  `https://api.telegram.org/file/bot${BOT_TOKEN}/photos/file_1.jpg`,
  `https://api.telegram.org/file/bot${encodeURIComponent(BOT_TOKEN)}/photos/file_1.jpg`,
  `https://API.Telegram.org/file/bot${BOT_TOKEN}/photos/file_1.jpg`,
  'https://api.telegram.org:443/file/botSECRET/file_1.jpg',
  `https://api.telegram.org/bot${BOT_TOKEN}/getFile`,
  `https://telegram.acme.test:8081/file/bot${BOT_TOKEN}/documents/file_2.pdf`,
  'http://localhost:8081/file/bot1:x/a.jpg',
  `https://proxy.acme.test/${encodeURIComponent(`https://api.telegram.org/file/bot${BOT_TOKEN}/a.jpg`)}`,
  `https://proxy.acme.test/?url=${encodeURIComponent(encodeURIComponent(`https://api.telegram.org/file/bot${BOT_TOKEN}/a.jpg`))}`,
  `https://acme.test/?bot=${BOT_TOKEN}`,
])('the token of a Telegram bot is not shared: %s', (address) => {
  expect(isShareable(address)).toBe(false)
})

test.each([
  'https://user:password@acme.test/a.jpg',
  'https://user@acme.test/a.jpg',
  'https://:password@acme.test/a.jpg',
  'https://user%40mail:pass%2Fword@acme.test/a.jpg',
  'https:\\\\user:password@acme.test\\a.jpg',
  'ftp://user:password@acme.test/a.jpg',
  'https://proxy.acme.test/https://user:password@acme.test/a.jpg',
  'https://proxy.acme.test/?u=https%3A%2F%2Fuser%3Apassword%40acme.test%2Fa.jpg',
])('a user in front of a host is not shared: %s', (address) => {
  expect(isShareable(address)).toBe(false)
})

test.each([
  'access_token',
  'accessToken',
  'ACCESS-TOKEN',
  'access%5Ftoken',
  'token',
  'id_token',
  'refresh_token',
  'x-auth-token',
  'csrfToken',
  'api_key',
  'api-key',
  'apikey',
  'apiKey',
  'X-API-Key',
  'key',
  'subscription-key',
  'private_key',
  'password',
  'passwd',
  'pass',
  'pwd',
  'secret',
  'client_secret',
  'auth',
  'oauth',
  'Authorization',
  'authorisation',
  'bearer',
  'jwt',
  'credentials',
  'session',
  'sessionId',
  'PHPSESSID',
  'jsessionid',
  'sid',
  'cookie',
  'otp',
  'pin',
  'clave',
  'chave',
  'klucz',
  'schl%C3%BCssel',
  'mdp',
  'creds',
  'SAMLResponse',
  'Kennwort',
  'mot_de_passe',
  'contrase%C3%B1a',
  'senha',
  'has%C5%82o',
])('a parameter named %s is not shared, wherever it stands', (name) => {
  expect(isShareable(`https://acme.test/a.jpg?${name}=5f3a`)).toBe(false)
  expect(isShareable(`https://acme.test/a.jpg?w=100&${name}=5f3a&h=100`)).toBe(false)
  expect(isShareable(`https://acme.test/a.jpg?w=100&amp;${name}=5f3a`)).toBe(false)
  expect(isShareable(`https://acme.test/a.jpg;${name}=5f3a?w=100`)).toBe(false)
  expect(isShareable(`https://acme.test/${name}=5f3a/a.jpg`)).toBe(false)
  expect(isShareable(`https://acme.test/a.jpg#${name}=5f3a`)).toBe(false)
  expect(isShareable(`https://acme.test/#/a?${name}=5f3a`)).toBe(false)
  expect(isShareable(`https://acme.test/?next=${encodeURIComponent(`/a?${name}=5f3a`)}`)).toBe(false)
})

test.each([`https://acme.test/${JWT}/a.jpg`, `https://acme.test/a.jpg?t=${JWT}`, `https://acme.test/a.jpg#${JWT}`])(
  'a token that shows by its shape is not shared: %s',
  (address) => {
    expect(isShareable(address)).toBe(false)
  },
)

test.each([
  `ghp_${'a1'.repeat(18)}`,
  `github_pat_${'a1'.repeat(30)}`,
  `glpat-${'a1'.repeat(10)}`,
  `sk_live_${'a1'.repeat(12)}`,
  `AIza${'a'.repeat(35)}`,
  `EAA${'Gm0PX4ZCpsBA'.repeat(8)}`,
  `shpat_${'a1'.repeat(16)}`,
  `SG.${'a'.repeat(22)}.${'b'.repeat(43)}`,
  `sk-proj-${'a1'.repeat(24)}`,
])('a token of a known service is not shared, whatever its parameter is called: %s', (token) => {
  expect(isShareable(`https://acme.test/a.jpg?k=${token}`)).toBe(false)
  expect(isShareable(`https://acme.test/${token}/a.jpg`)).toBe(false)
})

test('the address of an incoming webhook is not shared', () => {
  for (const address of [
    'https://hooks.slack.com/services/T1/B1/5f3a',
    'https://hooks.zapier.com/hooks/catch/1/5f3a',
    'https://hook.eu1.make.com/5f3a',
    'https://discord.com/api/webhooks/1/5f3a',
    'https://acme.webhook.office.com/webhookb2/5f3a',
  ])
    expect(isShareable(address)).toBe(false)
})

test("a token of Slack's is not shared", () => {
  expect(isShareable('https://files.slack.com/files-pri/T1-F1/download/a.jpg?t=xoxe-1234567890-abcdef')).toBe(false)
})

test.each([
  { whose: 'of an account', query: 'sv=2022-11-02&ss=b&srt=sco&sp=rl&se=2027-01-01&sig=5f3a' },
  { whose: 'of a container', query: 'sv=2022-11-02&sr=c&sp=r&se=2027-01-01&sig=5f3a' },
  { whose: 'of a folder', query: 'sv=2022-11-02&sr=d&sp=r&se=2027-01-01&sig=5f3a' },
  {
    whose: 'with a policy for all files',
    query: `Policy=${policy('https://acme.test/*')}&Signature=5f3a&Key-Pair-Id=K1`,
  },
  { whose: 'beside a token', query: 'X-Amz-Expires=60&X-Amz-Signature=5f3a&access_token=5f3a' },
])('a signature $whose opens more than one file', ({ query }) => {
  expect(isShareable(`https://acme.test/a.jpg?${query}`)).toBe(false)
})

test.each([
  {
    service: 'Amazon S3',
    query:
      'X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIA%2F20261126&X-Amz-Date=20261126T000000Z&X-Amz-Expires=3600&X-Amz-Security-Token=5f3a&X-Amz-SignedHeaders=host&X-Amz-Signature=5f3a',
  },
  { service: 'Amazon S3, version 2', query: 'AWSAccessKeyId=AKIA&Expires=1795651200&Signature=5f3a' },
  {
    service: 'Google Cloud Storage',
    query: 'X-Goog-Algorithm=GOOG4&X-Goog-Credential=a%40b%2F20261126&X-Goog-Expires=900&X-Goog-Signature=5f3a',
  },
  { service: 'Google Cloud Storage, version 2', query: 'GoogleAccessId=a%40b&Expires=1795651200&Signature=5f3a' },
  { service: 'Azure', query: 'sv=2022-11-02&sr=b&sp=r&se=2027-01-01&sig=5f3a%3D' },
  { service: 'CloudFront', query: 'Expires=1795651200&Signature=5f3a&Key-Pair-Id=K1' },
  {
    service: 'CloudFront, with a policy',
    query: `Policy=${policy('https://acme.test/a.jpg')}&Signature=5f3a&Key-Pair-Id=K1`,
  },
  { service: 'Alibaba', query: 'OSSAccessKeyId=5f3a&Expires=1795651200&Signature=5f3a&security-token=5f3a' },
])('a signature of $service opens one file and stays', ({ query }) => {
  expect(isShareable(`https://bucket.acme.test/a.jpg?${query}`)).toBe(true)
})

test.each([
  'https://acme.test/a.jpg',
  'https://acme.test/robot/a.jpg',
  'https://acme.test/bot12/a.jpg',
  'https://acme.test/@ada/a.jpg?mail=ada@acme.test',
  'https://acme.test/?enclave=1&keyword=chave&task-id=sk-1',
  'https://acme.test/?author=Ada&authority=7&authuser=0',
  'https://acme.test/?token=&width=100',
  'https://acme.test/token/a.jpg',
  'https://acme.test/?keyword=lamp&keys=2',
  'https://www.dropbox.com/scl/fi/1/a.pdf?rlkey=5f3a&dl=0',
  'https://drive.google.com/file/d/1/view?resourcekey=0-5f3a',
  'https://lookaside.fbsbx.com/ig_messaging_cdn/?asset_id=1&signature=5f3a',
  'https://cdn.discordapp.com/attachments/1/2/a.png?ex=5f3a&is=5f3a&hm=5f3a',
  'mailto:ada@acme.test',
  'tel:+48123',
  'https://acme.test/100%',
])('what opens one thing is shared: %s', (address) => {
  expect(isShareable(address)).toBe(true)
})

test('a link to share is safe and opens nothing more', () => {
  expect(shareableLink(' https://acme.test/a b ')).toBe('https://acme.test/a%20b')
  expect(shareableLink('javascript:alert(1)')).toBeUndefined()
  expect(shareableLink('https://acme.test/?token=5f3a')).toBeUndefined()
})

test.each([
  { text: 'See https://acme.test/a?b=1.', is: 'See https://acme.test/a?b=1.' },
  { text: 'See (https://acme.test/a?token=5f3a), please.', is: 'See (https://acme.test/…), please.' },
  { text: 'https://user:pw@acme.test:8080/a and b', is: 'https://acme.test:8080/… and b' },
  { text: 'postgres://user:pw@db.acme.test/main', is: 'postgres://db.acme.test/…' },
  { text: 'www.acme.test/?api_key=5f3a', is: '…' },
  { text: `api.telegram.org/file/bot${BOT_TOKEN}/a.jpg`, is: 'api.telegram.org/file/bot…/a.jpg' },
  { text: '"https://a.test/?token=1"\nhttps://b.test', is: '"https://a.test/…"\nhttps://b.test' },
  { text: 'The token=5f3a stays, it is no address', is: 'The token=5f3a stays, it is no address' },
])('the text "$text" becomes "$is"', ({ text, is }) => {
  expect(withoutSecretLinks(text)).toBe(is)
})

const REPEATED = ['https://a/', '%25', '://', '-eyJ', '&token', 'a', 'x://u:p@', '1:', 'www.', 'bot1:', 'eyJaaaaaa.']

test.each(REPEATED)('a text of nothing but "%s" takes time in proportion to its length', (part) => {
  const text = part.repeat(Math.ceil(240_000 / part.length))
  const begun = performance.now()
  withoutSecretLinks(text)
  isShareable(`https://acme.test/${text}`)
  // Some 10 ms on a quiet machine; minutes if each place were looked at once for each other one.
  expect(performance.now() - begun).toBeLessThan(5000)
})
