import { expect, test } from 'vitest'
import { customerProfile } from './profile'

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
