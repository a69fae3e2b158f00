import fc from 'fast-check'
import { expect, test } from 'vitest'
import { identifyingAddress, normalAddress, realAddress } from './address'

test.each([
  { given: 'Ada.Lovelace@Example.com', address: 'ada.lovelace@example.com' },
  { given: '  ada@acme.test\n', address: 'ada@acme.test' },
  { given: 'andre\u0301@acme.test', address: 'andr\u00e9@acme.test' },
  { given: 'ANDRE\u0301@ACME.TEST', address: 'andr\u00e9@acme.test' },
  { given: '\u200bada@acme\u00ad.test\ufeff', address: 'ada@acme.test' },
  { given: 'ada@BÜCHER.de', address: 'ada@bücher.de' },
  { given: 'ａｄａ＠ａｃｍｅ．ｔｅｓｔ', address: 'ada@acme.test' },
])('$given is spelled $address', ({ given, address }) => {
  expect(normalAddress(given)).toBe(address)
  expect(identifyingAddress(given)).toBe(address)
  expect(realAddress(given)).toBe(address)
})

test.each([
  ...['mailto:ada@acme.test', 'MAILTO:Ada@acme.test?subject=Hi', 'mailto: ada@acme.test', 'e-mail: ada@acme.test'],
  ...['<ada@acme.test>', 'Ada Lovelace <ada@acme.test>', '"Lovelace, Ada" <ada@acme.test>', '<mailto:ada@acme.test>'],
  ...['"ada"@acme.test', "'ada@acme.test'", '“ada@acme.test”', '(ada@acme.test)', '[ada@acme.test]', '<ada@acme.test'],
  ...['ada@acme.test.', 'ada@acme.test,', 'ada@acme.test;', 'ada@acme.test >', 'ada@acme。test'],
])('what is written around an address makes nobody else: %s', (given) => {
  expect(identifyingAddress(given)).toBe('ada@acme.test')
  expect(realAddress(given)).toBe('ada@acme.test')
})

test.each([
  { given: 'ada@xn--bcher-kva.de', address: 'ada@bücher.de' },
  { given: 'ada@XN--BCHER-KVA.de', address: 'ada@bücher.de' },
  { given: 'ada@भारत.भारत', address: 'ada@भारत.भारत' },
])('$given is one person with $address', ({ given, address }) => {
  expect(identifyingAddress(given)).toBe(address)
  expect(realAddress(given)).toBe(address)
})

test('a spelling that was made once stays as it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      expect(normalAddress(normalAddress(given))).toBe(normalAddress(given))
    }),
  )
})

test.each([
  ...[
    undefined,
    null,
    '',
    ' ',
    '-',
    '.',
    'none',
    'no',
    'No',
    'n/a',
    'N.A.',
    'keine',
    'I have none',
    '@',
    'ada',
    '\u200b',
  ],
  ...[
    'ada@',
    '@acme.test',
    'ada@acme',
    'ada@localhost',
    'a b@acme.test',
    'ada@acme@test.com',
    'ada@.test',
    'ada@acme.',
  ],
  ...[
    'ada@acme.test, bob@acme.test',
    'ada@acme.test;bob@acme.test',
    'ada@acme.123',
    'ada@[192.168.0.1]',
    'ada@1.2.3.4',
  ],
  ...['https://acme.test/@ada.bob', 'user:pw@acme.test', 'tel:+49@acme.test', 'ada@acme.test/x', 'ada@acme.test:25'],
  ...['ada@acme.test?x', 'ada@acme..test', 'ada@acme.test(work)', 'ada<b>@acme.test', '"ada b"@acme.test'],
  ...[`${'a'.repeat(65)}@acme.test`, `ada@${'acme.'.repeat(50)}test`, 'x'.repeat(120_000)],
])('%j is no address', (given) => {
  expect(identifyingAddress(given)).toBeUndefined()
  expect(realAddress(given)).toBeUndefined()
})

test.each([
  ...['test@test.com', 'Test@Test.com', 'test1@test.com', 'test+2@test.com', 'tester@test.de', 'test@test.co.uk'],
  ...['test@example.com', 'user@example.com', 'email@example.org', 'example@example.com', 'name@email.com'],
  ...['a@a.com', 'a@b.co', 'aaa@aaa.aa', 'x@x.xx', 'abc@abc.com', 'abc123@abc.com', '123@123.com', 'asd@asd.com'],
  ...['no@no.com', 'none@none.com', 'null@null.com', 'na@na.na', 'nein@nein.de', 'none@acme.com', 'none@gmail.com'],
  ...['test@gmail.com', 'no@gmail.com', 'abc@yahoo.com', '1@gmail.com', 'john.doe@gmail.com', 'user1@hotmail.com'],
  ...['noemail@acme.com', 'no.email@acme.com', 'no-mail@gmail.com', 'noreply@acme.com', 'no-reply@acme.com'],
  ...['anonymous@acme.com', 'unknown@acme.com', 'nobody@acme.com', 'not.provided@acme.com', 'undefined@acme.com'],
  ...['your.email@acme.com', 'firstname.lastname@acme.com', 'asdf@asdf.com', 'asdfgh@gmail.com', 'qwerty@acme.com'],
  ...[
    'kein@mail.de',
    'keine-email@acme.com',
    'ninguno@gmail.com',
    'sin.correo@acme.com',
    'aucun@mail.fr',
    'n/a@n/a.com',
  ],
  ...['sans-email@acme.fr', 'nenhum@gmail.com', 'sem_email@acme.com', 'brak@brak.pl', 'bez-maila@acme.pl'],
  ...['prueba@prueba.com', 'teste@teste.com.br', 'name@domain.com', 'user@company.com', 'me@me.com', 'admin@admin.com'],
  ...['pas.de.mail@gmail.com', 'no.tengo@gmail.com', 'niemam@wp.pl', 'dont-have-one@acme.com', 'nope@nope.com'],
  ...['unknown-user@acme.com', 'anonymous.visitor@acme.com', 'deleted@acme.com', 'redacted@redacted.com'],
  ...['{{email}}@acme.com', '${user}@acme.com', 'x{{id}}@acme.com'],
  ...['ada@none.com', 'guest-17@noemail.local', 'someone@example.com', 'foo@bar.com', 'fake@mail.com'],
])('%s is typed by many: nobody’s, and not shown', (given) => {
  expect(identifyingAddress(given)).toBeUndefined()
  expect(realAddress(given)).toBeUndefined()
})

test.each([
  'user_01JA@no-reply.bot-1.botpress.com',
  'user_01JA@bot-1.botpress.invalid',
  '491701234567@s.whatsapp.net',
  '491701234567:3@s.whatsapp.net',
  '491701234567@c.us',
  '84726382@lid',
  '17@telegram.local',
  'tg_17@telegram.user',
  'user_17@telegram.org',
  'ada@instagram.com',
  '10000123@facebook.com',
  '491701234567@whatsapp.temp',
  '491701234567@sms.acme.com',
  'emp-7@hr.internal',
  'ada@laptop.local',
  '17+ada@users.noreply.github.com',
])('%s was made up for one person: theirs, and not shown', (given) => {
  expect(identifyingAddress(given)).toBe(given)
  expect(realAddress(given)).toBeUndefined()
})

test.each(['120363041234567890@g.us', 'status@broadcast', '17@newsletter'])(
  '%s stands for several people: nobody’s, and not shown',
  (given) => {
    expect(identifyingAddress(given)).toBeUndefined()
    expect(realAddress(given)).toBeUndefined()
  },
)

test.each([
  ...['ada@customer.test', 'ada@acme.example', 'ada.lovelace@example.com', 'ada@test.com', 'ada@q.com', 'a@acme.com'],
  ...['na@acme.com', 'no@acme.no', 'null@acme.com', 'chris.null@acme.com', 'test@acme.com', 'info@acme.com'],
  ...['h1@customer.test', 'b2@user.com', 'k9@gmail.com', 'r2d2@example.com'],
  ...['nora@gmail.com', 'tester.ada@gmail.com', 'user12345@yahoo.com', '123456789@qq.com', '13812345678@139.com'],
  ...['nonette@acme.com', 'nobody.knows@acme.com', 'guestrow@acme.com', 'no.lan@acme.com', 'mailbox@acme.com'],
  ...['ada..b@docomo.ne.jp', 'ada.@docomo.ne.jp', 'ada/shop@acme.com', 'ada_b@acme_x.com', 'private@acme.com'],
  ...['ada+shop@gmail.com', "o'neil@acme.com", 'x7f3@privaterelay.appleid.com', 'ada@mail.acme.co.uk', 'ada@sms.at'],
  ...['ada@faketory.com', 'ada@invalidenstrasse.de', 'ada@online.telegramm.de', 'josé@correo.es', 'ada@name.com'],
  ...['admin@acme.com', 'brakel@acme.com', 'keiner@acme.com', 'sinatra@acme.com', 'ada@domain.com', 'ohnesorg@acme.de'],
])('%s is a person’s real address', (given) => {
  expect(identifyingAddress(given)).toBe(given)
  expect(realAddress(given)).toBe(given)
})
