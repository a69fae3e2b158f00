import { expect, test } from 'vitest'
import { mediaTypeOf } from './media-type'

test.each([
  ...['jpeg', 'jpg', 'pjpeg', 'png', 'x-png', 'apng', 'gif', 'webp', 'avif', 'bmp', 'svg+xml', 'x-icon'].map(
    (format) => ({ contentType: `image/${format}`, type: 'image' }),
  ),
  ...['mpeg', 'mp3', 'mp4', 'x-m4a', 'aac', 'ogg', 'opus', 'wav', 'x-wav', 'webm', 'flac'].map((format) => ({
    contentType: `audio/${format}`,
    type: 'audio',
  })),
  ...['mp4', 'webm', 'ogg', 'quicktime', 'x-m4v'].map((format) => ({ contentType: `video/${format}`, type: 'video' })),
  { contentType: 'VIDEO/MP4; codecs="avc1"', type: 'video' },
  { contentType: ' image/PNG ', type: 'image' },
])('$contentType is shown as $type', ({ contentType, type }) => {
  expect(mediaTypeOf({ contentType, name: 'a.bin' })).toBe(type)
})

test.each([
  'image/heic',
  'image/heif',
  'image/heic-sequence',
  'image/tiff',
  'image/vnd.adobe.photoshop',
  'image/x-photoshop',
  'image/vnd.dwg',
  'image/vnd.dxf',
  'image/jp2',
  'image/jxl',
  'image/x-canon-cr2',
  'image/emf',
  'image/wmf',
  'image/pngx',
  'audio/midi',
  'audio/x-midi',
  'audio/amr',
  'audio/x-ms-wma',
  'audio/aiff',
  'audio/x-caf',
  'video/x-ms-wmv',
  'video/x-msvideo',
  'video/x-flv',
  'video/mpeg',
  'video/x-matroska',
  'application/pdf',
  'text/plain',
  'image',
])('%s is a file, so that it can be saved and opened', (contentType) => {
  expect(mediaTypeOf({ contentType, name: 'photo.jpg' })).toBe('file')
})

test.each([
  { name: 'photo.JPG', type: 'image' },
  { name: 'logo.svg', type: 'image' },
  { name: 'memo.opus', type: 'audio' },
  { name: 'clip.mov', type: 'video' },
  ...'heic heif psd dwg tif tiff raw cr2 wmf mid midi amr wma aiff wmv avi flv mkv mpg pdf'
    .split(' ')
    .map((extension) => ({ name: `a.${extension}`, type: 'file' })),
  { name: 'jpg', type: 'file' },
  { name: '', type: 'file' },
])('without a type that says something, "$name" is $type', ({ name, type }) => {
  expect(mediaTypeOf({ name })).toBe(type)
  expect(mediaTypeOf({ contentType: 'application/octet-stream', name })).toBe(type)
  expect(mediaTypeOf({ contentType: 'binary/octet-stream', name })).toBe(type)
})
