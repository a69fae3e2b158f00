import { expect, test } from 'vitest'
import { factFields, readSummary, summaryLines } from './summary'
import { wordsFor } from './words'

const words = wordsFor('en')
const URL =
  'https://app.botpress.cloud/workspaces/wkspace_01K0ABCDEFGHJKMNPQRSTVWXYZ/bots/0f8fad5b-d9cb-469f-a165-70867728950e/conversations/conv_01K0ABCDEFGHJKMNPQRSTVWXYZ'

test.each([
  { given: {}, read: {} },
  { given: { summary: '', intent: null, sentiment: 'undefined', priority: {}, conversationUrl: ' ' }, read: {} },
  { given: { sentiment: -0.5, priority: 0 }, read: { sentiment: '-0.5', priority: '0' } },
  { given: { summary: ' Wants\r\na refund ' }, read: { summary: 'Wants\na refund' } },
  { given: { intent: 'refund\norder' }, read: { intent: 'refund order' } },
  { given: { intent: 'x'.repeat(101) }, read: { intent: `${'x'.repeat(100)}` } },
  { given: { summary: 'x'.repeat(2001) }, read: { summary: 'x'.repeat(2000) } },
  { given: { conversationUrl: URL }, read: { conversationUrl: URL } },
  { given: { conversationUrl: 'javascript:alert(1)' }, read: {} },
  { given: { conversationUrl: 'mailto:ada@acme.test' }, read: {} },
])('$given is read as $read', ({ given, read }) => {
  expect(readSummary(given)).toEqual(read)
})

test('the agent reads the summary, then the facts in one line, then the link', () => {
  const said = {
    conversationUrl: URL,
    priority: 'high',
    summary: 'Wants a refund',
    intent: 'refund',
    customerLanguage: 'fr',
  }
  expect(summaryLines(said, words)).toEqual([
    'Summary: Wants a refund',
    'Intent: refund · Priority: high · Customer’s language: fr',
    `Conversation: ${URL}`,
  ])
  expect(summaryLines({}, words)).toEqual([])
})

test('the facts are session fields, and a name that the bot author gave wins', () => {
  const given = [{ name: 'Priority', value: 'P1' }]
  expect(factFields({ summary: 'x', intent: 'refund', priority: 'high' }, given, words)).toEqual([
    { name: 'Intent', value: 'refund' },
  ])
})
