import { expect, test } from 'vitest'
import {
  customerProfile,
  isSameName,
  personName,
  pictureAddress,
  type ProfileUpdate,
  realName,
  smallerUpdates,
} from './profile'
import { LANGUAGES, wordsFor } from './words'

test.each([
  ...['', ' ', undefined, null, '\u3164', '\u200b', '.', '-', '?', '...', '---'],
  ...[
    'null',
    'NULL',
    'null null',
    'Null Null',
    'undefined',
    'undefined undefined',
    'null undefined',
    'None None',
    'NaN NaN',
  ],
  ...[
    'N/A',
    'n.a.',
    'unknown',
    'Unknown User',
    'Anonymous',
    'anonymous user',
    'No name',
    'noname',
    'Kein Name',
    'Ohne Namen',
    'Sin nombre',
    'Sans nom',
    'Sem nome',
    'Bez nazwy',
    '"null"',
    '%name%',
    '(unknown)',
    '<null>',
  ],
  ...[
    'User',
    'Guest',
    'guest 42',
    'Guest_1234',
    'Visitor 12345',
    'user_01JA',
    'guest-abc123',
    'User 4fa3',
    'nu\u200bll',
    'ｎｕｌｌ',
    'Not provided',
    'No Name Given',
    'Not available',
    'Nicht angegeben',
    'No disponible',
    'Nie podano',
    'Neuer Kunde',
    'Unnamed user',
    'Visitor #12345',
    'visitor-7',
    'Web visitor',
    'Customer',
  ],
  ...[
    'Facebook User',
    'Instagram User',
    'New Guest',
    'Deleted Account',
    'WhatsApp user',
    'Your Name',
    'First name Last name',
  ],
  ...['Gast', 'Besucher 7', 'Invité', 'Visitante', 'Usuário', 'Gość', 'Nieznany użytkownik', 'Unbekannter Benutzer'],
  ...['{{event.user.name}}', '{{first}} {{last}}', '${user.name}', '[object Object]', '[object Undefined]'],
  ...['user_01JA@no-reply.bot-1.botpress.com', '491701234567@s.whatsapp.net'],
  ...[
    'Bot',
    '[Bot]',
    'bOt',
    'Вot',
    '[Handed over by the bot]',
    'Automatic note',
    'Agent',
    'Person 3',
    'Kunde',
    '［Bot］',
  ],
])('%j is no name', (name) => {
  expect(realName(name)).toBeUndefined()
})

test.each([
  ...[
    'Ada',
    'Ada Null',
    'Null, Christopher',
    'Judith Guest',
    'Jan Bot',
    'Ada User',
    'Anon',
    'Nil',
    'Nan',
    'Na',
    'Noah',
  ],
  ...[
    'Ada Unknown',
    'No',
    'Line',
    'Web',
    'X',
    '李',
    '🌸',
    '@ada',
    '+49 170 1234567',
    '12345',
    'ada@acme.com',
    'ada@home',
  ],
  ...['Facebook', 'Guestrow', 'Nulla', 'Nonette', 'Customer Care Ltd', 'Undefinedová', 'Ada [VIP]', 'Person', 'Botond'],
])('%j is a name', (name) => {
  expect(realName(name)).toBe(name)
})

test.each([
  { given: '  Ada\n  Lovelace ', name: 'Ada Lovelace' },
  { given: 'Ada\vLovelace\u0085', name: 'Ada Lovelace' },
  { given: 'Ada undefined', name: 'Ada' },
  { given: 'undefined Lovelace', name: 'Lovelace' },
  { given: 'Ada {{user.last}}', name: 'Ada' },
  { given: 'A\u202eda', name: 'A\u202eda\u202c' },
  { given: 'a'.repeat(300), name: 'a'.repeat(200) },
  { given: `${'a'.repeat(199)}😀`, name: 'a'.repeat(199) },
  { given: `${'a'.repeat(198)}👨‍👩‍👧`, name: 'a'.repeat(198) },
])('the name in %j is %j', ({ given, name }) => {
  expect(realName(given)).toBe(name)
})

test.each(LANGUAGES)('nobody is called like a label of %s', (language) => {
  for (const key of ['botSaid', 'agentSaid', 'customerSaid', 'unnamedLabel', 'botLabel'] as const) {
    const label = wordsFor(language).say(key).replace('{text}', '').trim()
    expect(realName(label), label).toBeUndefined()
    expect(realName(label.replace(/^\[|\]$|\s*:$/g, '')), label).toBeUndefined()
  }
})

test('a name that Botpress takes is on one line and not too long; a placeholder of an agent stays', () => {
  expect(personName(' Maria\r\nAgent ')).toBe('Maria Agent')
  expect(personName('Guest')).toBe('Guest')
  expect(personName(`${'a'.repeat(199)}😀`)).toBe('a'.repeat(199))
  expect(personName(undefined)).toBe('')
})

test.each([
  { url: 'https://acme.test/a.png', picture: 'https://acme.test/a.png' },
  { url: ' http://acme.test/a b.png ', picture: 'http://acme.test/a%20b.png' },
  { url: `https://acme.test/${'a'.repeat(39_982)}`, picture: `https://acme.test/${'a'.repeat(39_982)}` },
  { url: `https://acme.test/${'a'.repeat(39_983)}`, picture: undefined },
  { url: `https://acme.test/${'ü '.repeat(10_000)}`, picture: undefined }, // too long when encoded
  { url: 'data:image/png;base64,iVBORw0KGgo=', picture: undefined },
  { url: 'javascript:alert(1)', picture: undefined },
  { url: '/a.png', picture: undefined },
  { url: 'https://', picture: undefined },
  { url: '', picture: undefined },
  { url: undefined, picture: undefined },
])('the picture at $url is $picture', ({ url, picture }) => {
  expect(pictureAddress(url)).toBe(picture)
})

test('of a customer LiveChat shows nothing made up', () => {
  const made = { name: 'null null', email: 'x@bot-1.botpress.invalid', pictureUrl: 'data:image/png;base64,AA==' }
  expect(customerProfile(made)).toEqual({})
  const real = { name: 'Ada', email: 'Ada@acme.test', pictureUrl: 'https://acme.test/a.png' }
  expect(customerProfile(real)).toEqual({ name: 'Ada', email: 'ada@acme.test', avatar: 'https://acme.test/a.png' })
})

test.each([
  { one: 'Ada Lovelace', other: ' ada  LOVELACE ', same: true },
  { one: 'Jose\u0301', other: 'JOS\u00c9', same: true },
  { one: 'Ada', other: 'Mallory', same: false },
  { one: 'Jose', other: 'José', same: false },
])('$one and $other are the same name: $same', ({ one, other, same }) => {
  expect(isSameName(one, other)).toBe(same)
})

const LIMIT = 'customer_session_fields_limit_reached'
const name = 'Ada'
const email = 'ada@acme.test'
const avatar = 'https://acme.test/a.png'
const sessionFields = [{ name: 'Order', value: '7' }]

test.each<{ update: ProfileUpdate; type: string | undefined; next: ProfileUpdate[] }>([
  {
    update: { name, email, avatar, sessionFields },
    type: 'validation',
    next: [{ name, email }, { sessionFields }, { avatar }],
  },
  { update: { name, email, avatar, sessionFields }, type: LIMIT, next: [{ name, email, avatar }] },
  { update: { name, avatar }, type: 'validation', next: [{ name }, { avatar }] },
  { update: { email, sessionFields }, type: undefined, next: [{ email }, { sessionFields }] },
  { update: { avatar, sessionFields }, type: 'validation', next: [{ sessionFields }, { avatar }] },
  { update: { name, email }, type: 'validation', next: [{ name }, { email }] },
  { update: { name, email, avatar }, type: LIMIT, next: [{ name, email }, { avatar }] },
  { update: { sessionFields }, type: LIMIT, next: [] },
  { update: { sessionFields }, type: 'validation', next: [] },
  { update: { name }, type: 'validation', next: [] },
  { update: { avatar }, type: 'validation', next: [] },
])('after $type of $update comes $next', ({ update, type, next }) => {
  expect(smallerUpdates(update, type)).toEqual(next)
})

test.each([
  'https://api.telegram.org/file/bot1:AAH/photos/file_0.jpg',
  'https://ada:secret@acme.test/ada.png',
  'https://acme.test/ada.png?access_token=5f3a',
])('a picture whose address opens more than itself is not sent: %s', (pictureUrl) => {
  expect(customerProfile({ name: 'Ada', pictureUrl })).toEqual({ name: 'Ada' })
})

test('a picture with a signature that ends is sent', () => {
  const avatar = 'https://acme.test/ada.png?X-Amz-Expires=60&X-Amz-Signature=5f3a'
  expect(customerProfile({ pictureUrl: avatar })).toEqual({ avatar })
})
