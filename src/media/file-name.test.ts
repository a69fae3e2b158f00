import { describe, expect, test } from 'vitest'
import { fileNameOf, MAX_FILE_NAME_CHARACTERS, cleanFileName } from './file-name'
import { typeByExtension, withFittingExtension } from './file-types'

const OFFICE_TEXT = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

describe('the name of a file', () => {
  const url = new URL('https://media.acme.test/files/5f3a.jpg?x=1')
  test.each([
    { name: 'its own name', contentDisposition: 'attachment; filename="my photo.jpg"', is: 'my photo.jpg' },
    { name: 'without what no name may hold', contentDisposition: 'inline; filename="a\\"b.jpg"', is: 'a b.jpg' },
    { name: 'a path', contentDisposition: 'filename="../../etc/photo.jpg"', is: 'photo.jpg' },
    { name: 'a Windows path', contentDisposition: `filename*=UTF-8''C:%5Ctemp%5Cphoto.jpg`, is: 'photo.jpg' },
    { name: 'nothing but dots', contentDisposition: 'filename=".."', is: '5f3a.jpg' },
    { name: 'absent', contentDisposition: undefined, is: '5f3a.jpg' },
  ])('from its host, $name', ({ contentDisposition, is }) => {
    expect(fileNameOf({ contentDisposition, url })).toBe(is)
  })

  test.each([
    { name: 'before the host and the address', fileName: 'Rechnung März 2026.pdf', is: 'Rechnung März 2026.pdf' },
    { name: 'with one letter for an accent', fileName: 'Rechnung Ma\u0308rz.pdf', is: 'Rechnung März.pdf' },
    { name: 'after the title', fileName: 'IMG_1.pdf', title: 'Invoice.pdf', is: 'Invoice.pdf' },
    { name: 'with the extension for the title', fileName: 'IMG_1.pdf', title: 'The invoice', is: 'The invoice.pdf' },
    { name: 'unless it is empty', fileName: ' ', is: 'x.jpg' },
  ])("the sender's own name of it: $name", ({ fileName, title, is }) => {
    expect(fileNameOf({ contentDisposition: 'filename="x.jpg"', url, fileName, title })).toBe(is)
  })

  test.each([
    { name: 'its address', path: 'a%20b.jpg', is: 'a b.jpg' },
    { name: 'an address without extension', path: 'download', is: 'download' },
    { name: 'a broken escape as it stands', path: 'a%zz.jpg', is: 'a%zz.jpg' },
    { name: 'a plain word when there is no other', path: '', is: 'file' },
    { name: 'never the endpoint of a server', path: 'download.php', is: 'file' },
    { name: "never a bot's token", path: 'bot123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw', is: 'file' },
    { name: 'never another token', path: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.c2ln', is: 'file' },
  ])('without host and sender: $name', ({ path, is }) => {
    expect(fileNameOf({ url: new URL(`https://media.acme.test/${path}`) })).toBe(is)
  })

  test.each([
    { name: 'before all others', title: 'Invoice.pdf', path: '5f3a.pdf', is: 'Invoice.pdf' },
    {
      name: 'with the extension of the address',
      title: 'The broken lamp',
      path: '5f3a.jpg',
      is: 'The broken lamp.jpg',
    },
    { name: 'whose last word only looks like one', title: 'See acme.com', path: '5f3a.jpg', is: 'See acme.com.jpg' },
    { name: 'with another extension of the same kind', title: 'lamp.jpeg', path: '5f3a.jpg', is: 'lamp.jpeg' },
    { name: 'which is no path', title: 'Bill 3/2026', path: 'download', is: 'Bill 3 2026' },
    { name: 'unless it is empty', title: ' ', path: '5f3a.jpg', is: '5f3a.jpg' },
  ])('what the sender calls it: $name', ({ title, path, is }) => {
    expect(fileNameOf({ url: new URL(`https://media.acme.test/${path}`), title })).toBe(is)
  })
})

test('a long name is cut before its extension and inside no character', () => {
  const name = cleanFileName(`${'😁'.repeat(200)}.jpeg`)
  expect(Array.from(name)).toHaveLength(MAX_FILE_NAME_CHARACTERS)
  expect(name).toMatch(/😁\.jpeg$/u)
})

test('control and direction characters do not survive', () => {
  expect(cleanFileName('a\u0000b\r\n\u202egpj.png\ud800')).toBe('abgpj.png')
})

test.each([
  { name: 'photo.jpeg', type: 'image/jpeg', is: 'photo.jpeg' },
  { name: 'photo', type: 'image/jpeg', is: 'photo.jpg' },
  { name: 'photo.png', type: 'image/webp', is: 'photo.webp' },
  { name: 'photo.jpeg', type: 'image/webp', is: 'photo.webp' },
  { name: 'report v1.2', type: 'application/pdf', is: 'report v1.2.pdf' },
  { name: 'table.csv', type: 'text/plain', is: 'table.csv' },
  { name: 'words', type: 'text/plain', is: 'words.txt' },
  { name: 'drawing.dwg', type: 'image/vnd.dwg', is: 'drawing.dwg' },
  { name: 'letter.docx', type: 'application/zip', is: 'letter.docx' },
  { name: 'thing', type: undefined, is: 'thing' },
  { name: 'table.xlsx', type: 'application/vnd.ms-excel', is: 'table.xlsx' },
  { name: 'letter.docm', type: OFFICE_TEXT, is: 'letter.docm' },
  { name: 'photo', type: 'image/vnd.adobe.photoshop', is: 'photo.psd' },
  { name: 'archive', type: 'application/vnd.rar', is: 'archive.rar' },
  { name: 'letter.pdf', type: 'text/plain', is: 'letter.pdf' },
])('$name of kind $type is sent as $is', ({ name, type, is }) => {
  expect(withFittingExtension(name, type)).toBe(is)
})

test.each([
  { name: 'photo.jpeg', type: 'image/jpeg' },
  { name: 'Photo.JPG', type: 'image/jpeg' },
  { name: 'clip.mp4', type: 'video/mp4' },
  { name: 'letter.docx', type: OFFICE_TEXT },
  { name: 'clip.webm', type: 'video/webm' },
  { name: 'memo.weba', type: 'audio/webm' },
  { name: 'clip.3gp', type: 'video/3gpp' },
  { name: 'memo.ogg', type: 'audio/ogg' },
  { name: 'photo.HEIC', type: 'image/heic' },
  { name: 'table.csv', type: 'text/csv' },
  { name: 'thing', type: undefined },
])('when its host does not say, $name is of kind $type', ({ name, type }) => {
  expect(typeByExtension(name)).toBe(type)
})
