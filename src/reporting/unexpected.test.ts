import { RuntimeError } from '@botpress/client'
import { expect, test } from 'vitest'
import { LiveChatError, type Failure } from '../livechat/errors'
import { RetryLater } from '../retry-later'
import { isUnexpected } from './unexpected'

const ofLiveChat = (failure: Failure) => new LiveChatError({ api: 'customer', action: 'start_chat', failure })

test.each<[string, unknown, boolean]>([
  ['a fault of the code', new TypeError('x is not a function'), true],
  ['something that is no error', 'oops', true],
  ['an answer that nobody foresaw', ofLiveChat('unexpected'), true],
  ['a request that LiveChat calls malformed', ofLiveChat('our-mistake'), true],
  ['a LiveChat that is down', ofLiveChat('try-later'), false],
  ['settings that are wrong', ofLiveChat('credentials'), false],
  ['a sentence for the owner', new RuntimeError('Group not found'), false],
  ['a delivery that is put off', new RetryLater('not yet'), false],
])('%s', (_name, error, expected) => {
  expect(isUnexpected(error)).toBe(expected)
})
