import { expect, test } from 'vitest'
import { readContent } from './content'

const url = 'https://x/a'

test.each([
  { payload: { filename: 'Rechnung März 2026.pdf' }, is: { fileName: 'Rechnung März 2026.pdf' } },
  { payload: { fileName: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { file_name: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { name: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { filename: ' ', name: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { filename: 7, name: 'a.pdf' }, is: { fileName: 'a.pdf' } },
  { payload: { title: 'Invoice', filename: 'a.pdf' }, is: { title: 'Invoice', fileName: 'a.pdf' } },
  { payload: { title: 'application/pdf' }, is: { contentType: 'application/pdf' } },
  { payload: { title: ' Image/PNG ' }, is: { contentType: ' Image/PNG ' } },
  { payload: { title: 'audio/ogg; codecs=opus' }, is: { contentType: 'audio/ogg; codecs=opus' } },
  {
    payload: { title: 'application/pdf', filename: 'a.pdf' },
    is: { fileName: 'a.pdf', contentType: 'application/pdf' },
  },
  {
    payload: { filename: 'application/pdf', name: 'a.pdf', mimeType: 'image/png' },
    is: { fileName: 'a.pdf', contentType: 'image/png' },
  },
  { payload: { contentType: 'image/png' }, is: { contentType: 'image/png' } },
  { payload: { mime_type: 'image/png' }, is: { contentType: 'image/png' } },
  { payload: { mimeType: 'none' }, is: {} },
  { payload: { title: 'and/or' }, is: { title: 'and/or' } },
  { payload: { title: 'text/plain is no name' }, is: { title: 'text/plain is no name' } },
  { payload: { caption: 'It is broken' }, is: { caption: 'It is broken' } },
  { payload: { title: 'Lamp', caption: ' Lamp ' }, is: { title: 'Lamp' } },
  { payload: { caption: { text: 'x' } }, is: {} },
])('of a file with $payload is read: $is', ({ payload, is }) => {
  expect(readContent('file', { fileUrl: url, ...payload })).toEqual({ type: 'file', url, ...is })
  const inBloc = readContent('bloc', { items: [{ type: 'image', payload: { imageUrl: url, ...payload } }] })
  expect(inBloc).toEqual({ type: 'bloc', items: [{ type: 'image', url, ...is }] })
})
