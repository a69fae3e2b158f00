import { expect, test } from 'vitest'
import { EventId } from '../livechat/ids'
import { asWanted } from './agent-markdown'

const message = (text: string | undefined, isMarkdown?: boolean) => ({
  ...{ id: EventId.parse('T1_1'), type: 'message', isWelcome: false },
  ...(text !== undefined && { text }),
  ...(isMarkdown && { isMarkdown }),
})

test.each([
  {
    how: 'plain',
    event: message('**Hi** [reset](https://acme.test/r?token=5f3a)', true),
    text: 'Hi reset (https://acme.test/r?token=5f3a)',
  },
  { how: 'plain', event: message('5*3*2'), text: '5*3*2' },
  { how: 'plain', event: message(undefined, true), text: undefined },
  { how: 'keep', event: message('**Hi**', true), text: '**Hi**' },
] as const)('with "$how" the customer reads $text', ({ how, event, text }) => {
  expect(asWanted(event, { agentMarkdown: how }).text).toBe(text)
})
