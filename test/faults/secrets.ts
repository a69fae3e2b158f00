import type { Sandbox } from '../../sandbox/sandbox'
import { VENDORS_WORDS } from './kinds'

/** What people wrote, and how they are called, in the scenes. */
const WORDS = ['I need a human', 'Hello there', 'Where is my lamp', 'Good morning', 'It is on its way', 'Still here']
const NAMES = ['Customer 1', 'Agent 1', 'Renamed', 'lamp.png', 'gold']

/** Everything that has to stay out of logs and answers. */
export function secretsOf(stages: readonly { sandbox: Sandbox }[]): string[] {
  return [VENDORS_WORDS, ...WORDS, ...NAMES, ...stages.flatMap(({ sandbox }) => secretsIn(sandbox))]
}

function secretsIn({ configuration, livechat: { store } }: Sandbox): string[] {
  const { webhookSecret, agentToken } = configuration
  return [
    webhookSecret,
    agentToken,
    ...store.tokens.map(({ secret }) => secret),
    ...store.customerTokens.map(({ token }) => token),
    ...[...store.customers.values()].flatMap(({ cookieSecrets }) => cookieSecrets),
  ]
}
