import { expect, test } from 'vitest'
import { isSomethingElse, type Arrived } from './expected-content'

const PAGE = '\n<!DOCTYPE html><html><head><title>Log in</title>'
const JPEG = '\u00ff\u00d8\u00ff\u00e0\0\u0010JFIF\0'
const PDF = '%PDF-1.7\n1 0 obj'
const ZIP = 'PK\u0003\u0004\u0014\0'
const SVG = '<svg xmlns="http://www.w3.org/2000/svg">'
const XML_ERROR = '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>'
const JSON_ERROR = '{"error": "expired"}'

type Row = Partial<Omit<Arrived, 'head' | 'names'>> & { name?: string; head: string }

const answer = ({ kind = 'file', name, head, isAttachment = false, ...types }: Row) =>
  isSomethingElse({
    kind,
    names: name ? ['Words', name] : [],
    head: Buffer.from(head, 'latin1'),
    isAttachment,
    ...types,
  })

test.each<Row>([
  { kind: 'image', name: 'photo.jpg', hostType: 'text/html', head: PAGE },
  { kind: 'image', name: 'photo', hostType: 'text/html', head: PAGE },
  { kind: 'image', name: 'photo.html', hostType: 'text/html', head: PAGE },
  { kind: 'image', hostType: 'text/html', head: JPEG },
  { kind: 'image', hostType: 'application/json', head: JSON_ERROR },
  { kind: 'image', hostType: 'application/problem+json', head: JSON_ERROR },
  { kind: 'image', hostType: 'application/xml', head: XML_ERROR },
  { kind: 'image', hostType: 'text/xml', isAttachment: true, head: XML_ERROR },
  { kind: 'audio', name: 'memo.ogg', hostType: 'text/html', head: PAGE },
  { kind: 'video', name: 'clip.mp4', hostType: 'application/xhtml+xml', head: PAGE },
  { kind: 'video', name: 'lamp.png', hostType: 'application/json', head: JSON_ERROR },
  // The host's type says nothing, or is a lie.
  { kind: 'image', name: 'photo3.jpg', hostType: 'image/jpeg', head: XML_ERROR },
  { kind: 'image', name: 'photo3.jpg', head: PAGE },
  { kind: 'image', name: 'photo.png', hostType: 'image/png', head: JSON_ERROR },
  { kind: 'image', hostType: 'image/png', head: `\u00ef\u00bb\u00bf${PAGE}` },
  { kind: 'audio', head: '{ "message": "gone" }' },
  { kind: 'video', hostType: 'video/mp4', head: '<html>' },
  { kind: 'image', hostType: 'text/plain', head: 'Access denied' },
  // The name of a file says what it is.
  { name: 'Contract.pdf', hostType: 'text/html', head: PAGE },
  { name: 'Contract.pdf', hostType: 'text/html', isAttachment: true, head: PAGE },
  { name: 'Contract.pdf', hostType: 'application/json', head: JSON_ERROR },
  { name: 'Contract.pdf', hostType: 'application/pdf', head: PAGE },
  { name: 'Contract.pdf', head: XML_ERROR },
  { saidType: 'application/pdf', hostType: 'text/html', head: PAGE },
  { saidType: 'application/pdf', head: PAGE },
  { name: 'offer.docx', hostType: 'text/html', head: PAGE },
  { name: 'offer.odt', head: PAGE },
  { name: 'photos.zip', head: JSON_ERROR },
  { name: 'photo.heic', hostType: 'text/plain', head: 'Not found' },
  { name: 'table.csv', hostType: 'text/html', head: PAGE },
  { name: 'table.csv', hostType: 'application/json', head: JSON_ERROR },
  { name: 'table.xls', hostType: 'text/html', head: PAGE },
  { name: 'data.json', hostType: 'text/html', head: PAGE },
  { name: 'data.xml', hostType: 'text/html', head: PAGE },
  { name: 'page.html', hostType: 'application/json', head: JSON_ERROR },
  { name: 'log.txt', hostType: 'text/html', head: PAGE },
  // Nothing is known of the file, and nobody asks to save the page.
  { hostType: 'text/html', head: PAGE },
  { name: 'download.php', hostType: 'text/html', head: PAGE },
])('$kind $name, said to be $saidType and $hostType, is something else', (row) => {
  expect(answer(row)).toBe(true)
})

test.each<Row>([
  { kind: 'image', name: 'photo.jpg', hostType: 'image/jpeg', head: JPEG },
  { kind: 'image', name: 'photo.jpg', hostType: 'image/webp', head: 'RIFF' },
  { kind: 'image', name: 'photo.jpg', hostType: 'text/plain', head: JPEG },
  { kind: 'image', hostType: 'application/pdf', head: PDF },
  { kind: 'image', name: 'logo.svg', hostType: 'image/svg+xml', head: SVG },
  { kind: 'image', name: 'logo.svg', hostType: 'text/xml', head: SVG },
  { kind: 'image', name: 'logo.svg', hostType: 'text/plain', head: SVG },
  { kind: 'image', saidType: 'image/svg+xml', hostType: 'application/xml', head: SVG },
  { kind: 'image', head: 'any words' },
  { kind: 'audio', name: 'memo.amr', head: '#!AMR\n' },
  { kind: 'video', name: 'clip.mp4', hostType: 'video/mp4', head: '\0\0\0<ftypmp42' },
  { name: 'Contract.pdf', hostType: 'application/pdf', head: PDF },
  { name: 'Contract.pdf', hostType: 'text/plain', head: PDF },
  { name: 'offer.docx', hostType: 'application/zip', head: ZIP },
  { name: 'page.html', hostType: 'text/html', head: PAGE },
  { name: 'page.htm', hostType: 'application/xhtml+xml', head: PAGE },
  { name: 'page.xhtml', hostType: 'application/xml', head: PAGE },
  { name: 'data.json', hostType: 'application/json', head: JSON_ERROR },
  { name: 'places.geojson', hostType: 'application/geo+json', head: JSON_ERROR },
  { name: 'data.xml', hostType: 'text/xml', head: XML_ERROR },
  { name: 'route.gpx', hostType: 'application/xml', head: XML_ERROR },
  { name: 'log.txt', hostType: 'text/plain', head: '{"level":"info"}' },
  { name: 'log.txt', hostType: 'application/json', head: '{"level":"info"}' },
  { name: 'notes.txt', hostType: 'text/html', head: 'Dear Ada' },
  { name: 'letter.rtf', hostType: 'application/rtf', head: '{\\rtf1' },
  // Programs write pages under the names of older documents.
  { name: 'table.xls', hostType: 'application/vnd.ms-excel', head: '<html><table>' },
  { name: 'letter.doc', hostType: 'application/msword', head: '<html>' },
  { saidType: 'text/html', hostType: 'text/html', head: PAGE },
  { hostType: 'text/html', isAttachment: true, head: PAGE },
  { hostType: 'application/json', head: JSON_ERROR },
  { hostType: 'application/xml', head: XML_ERROR },
  { head: PAGE },
])('$kind $name, said to be $saidType and $hostType, is the file', (row) => {
  expect(answer(row)).toBe(false)
})
