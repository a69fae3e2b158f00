import { expect, test } from 'vitest'
import { regionOf } from './region'

const ACCOUNT = 'd2a7b1c4-6e3f-4b58-9a0c-1f2e3d4c5b6a'
const basic = (token: string) => `Basic ${Buffer.from(`${ACCOUNT}:${token}`).toString('base64')}`

test.each([
  { authorization: 'Bearer fra:abc', region: { prefix: 'fra', header: 'fra' } },
  { authorization: 'Bearer fra-a:abc', region: { prefix: 'fra-a', header: 'fra' } },
  { authorization: 'Bearer fra%3Aabc', region: { prefix: 'fra', header: 'fra' } },
  { authorization: 'Bearer dal:abc', region: { prefix: 'dal' } },
  { authorization: 'Bearer dal-b:abc', region: { prefix: 'dal-b' } },
  { authorization: basic('fra:abc'), region: { prefix: 'fra', header: 'fra' } },
  { authorization: basic('fra-b:abc'), region: { prefix: 'fra-b', header: 'fra' } },
  { authorization: basic('dal:abc'), region: { prefix: 'dal' } },
  { authorization: basic('abc'), region: { prefix: '' } },
  { authorization: 'Bearer eyJhbGciOiJIUzI1NiJ9.e30.x', region: { prefix: '' } },
  { authorization: 'Basic ', region: { prefix: '' } },
  { authorization: undefined, region: { prefix: '' } },
])('$authorization names $region', ({ authorization, region }) => {
  expect(regionOf(authorization)).toEqual(region)
})
