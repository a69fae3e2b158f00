import { expect, test } from 'vitest'
import { dispositionName } from './content-disposition'

/** What Node makes of a header that a host writes in UTF-8. */
const raw = (header: string) => Buffer.from(header, 'utf8').toString('latin1')

test.each([
  { name: 'no header', header: undefined, is: undefined },
  { name: 'no name', header: 'attachment', is: undefined },
  { name: 'an empty name', header: 'attachment; filename=""', is: undefined },
  { name: 'quoted', header: 'attachment; filename="my photo.jpg"', is: 'my photo.jpg' },
  { name: 'plain', header: 'inline; filename=photo.jpg; size=3', is: 'photo.jpg' },
  { name: 'plain with spaces', header: 'inline; FileName = my photo.jpg ', is: 'my photo.jpg' },
  { name: 'without a type', header: 'filename="photo.jpg"', is: 'photo.jpg' },
  { name: 'escaped', header: 'inline; filename="a\\"b\\\\c.jpg"', is: 'a"b\\c.jpg' },
  { name: 'a semicolon in quotes', header: 'inline; filename="a;filename=b.jpg"', is: 'a;filename=b.jpg' },
  { name: 'another parameter first', header: 'form-data; name="filename=x"; filename="a.jpg"', is: 'a.jpg' },
  { name: 'extended', header: `filename="x.pdf"; filename*=UTF-8''Rechnung%20M%C3%A4rz.pdf`, is: 'Rechnung März.pdf' },
  { name: 'extended, of a language', header: `filename*=utf-8'de'M%C3%A4rz.pdf`, is: 'März.pdf' },
  { name: 'extended in Latin 1', header: `filename*=ISO-8859-1''M%E4rz.pdf`, is: 'März.pdf' },
  { name: 'extended in quotes', header: `filename*="UTF-8''M%C3%A4rz%202026.pdf"`, is: 'März 2026.pdf' },
  { name: 'extended with only its value in quotes', header: `filename*=UTF-8''"M%C3%A4rz.pdf"`, is: 'März.pdf' },
  { name: 'extended without a charset', header: `filename*=''M%C3%A4rz.pdf`, is: 'März.pdf' },
  { name: 'extended without any mark', header: 'filename*=M%C3%A4rz.pdf', is: 'März.pdf' },
  { name: 'extended with a charset that is not its own', header: `filename*=UTF-8''M%E4rz.pdf`, is: 'März.pdf' },
  { name: 'extended in an unknown charset', header: `filename*=klingon''M%E4rz.pdf`, is: 'März.pdf' },
  { name: 'extended with a broken escape', header: `filename*=UTF-8''100%25%zz%C3%A4.pdf`, is: '100%%zzä.pdf' },
  { name: 'an empty extended one', header: `filename*=UTF-8''; filename=a.pdf`, is: 'a.pdf' },
  { name: 'in parts', header: 'filename*0="my "; filename*1="photo.jpg"', is: 'my photo.jpg' },
  { name: 'in parts without order', header: `filename*1*=%C3%A9.pdf; filename*0*=utf-8'fr'caf`, is: 'café.pdf' },
  {
    name: 'in parts of both kinds',
    header: `filename*0*=UTF-8''M%C3%A4; filename*1="rz 100%41.pdf"`,
    is: 'März 100%41.pdf',
  },
  { name: 'in parts with apostrophes', header: `filename*0="Ada's"; filename*1="'bill'.pdf"`, is: "Ada's'bill'.pdf" },
  {
    name: 'in parts, beside a whole one',
    header: `filename=b.pdf; filename*=UTF-8''c.pdf; filename*0=a.pdf`,
    is: 'c.pdf',
  },
  { name: 'in parts of which the first is missing', header: 'filename*1=b.pdf; filename=c.pdf', is: 'c.pdf' },
  { name: 'in single quotes', header: "filename='photo.jpg'", is: 'photo.jpg' },
  { name: 'in a quote that is not closed', header: 'filename="photo.jpg', is: 'photo.jpg' },
  { name: 'a path of Windows', header: String.raw`filename="C:\scans\photo.jpg"`, is: String.raw`C:\scans\photo.jpg` },
  { name: 'raw UTF-8', header: raw('attachment; filename="März.pdf"'), is: 'März.pdf' },
  { name: 'raw Latin 1', header: 'attachment; filename="M\u00e4rz.pdf"', is: 'März.pdf' },
  { name: 'percent signs', header: 'attachment; filename="M%C3%A4rz%202026.pdf"', is: 'März 2026.pdf' },
  { name: 'a percent sign that encodes nothing', header: 'attachment; filename="100%.pdf"', is: '100%.pdf' },
  { name: 'an encoded word in Base64', header: 'attachment; filename="=?UTF-8?B?TcOkcnoucGRm?="', is: 'März.pdf' },
  {
    name: 'an encoded word in Q',
    header: 'attachment; filename="=?iso-8859-1?Q?M=E4rz_2026.pdf?="',
    is: 'März 2026.pdf',
  },
  {
    name: 'several encoded words',
    header: 'attachment; filename="=?utf-8?B?UmVjaG51bmcg?= =?utf-8?q?M=C3=A4rz.pdf?="',
    is: 'Rechnung März.pdf',
  },
  { name: 'an encoded word of a language', header: 'filename="=?utf-8*de?Q?M=C3=A4rz.pdf?="', is: 'März.pdf' },
  { name: 'an encoded word without quotes', header: 'attachment; filename==?UTF-8?B?TcOkcnoucGRm?=', is: 'März.pdf' },
  { name: 'an encoded word in an unknown charset', header: 'filename="=?klingon?Q?a?="', is: '=?klingon?Q?a?=' },
  { name: 'the first of two names', header: 'attachment; filename="a.jpg"; filename="b.exe"', is: 'a.jpg' },
])('$name: $is', ({ header, is }) => {
  expect(dispositionName(header)).toBe(is)
})

test('a hostile header takes time in proportion to its length', () => {
  for (const part of ['filename="', '\\', ';a', '=?', '?= =?', '%2', "filename*=''"]) {
    const begun = performance.now()
    dispositionName(`attachment; filename="${part.repeat(60_000 / part.length)}`)
    expect(performance.now() - begun, part).toBeLessThan(5000)
  }
})
