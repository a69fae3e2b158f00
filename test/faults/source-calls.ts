import { readdirSync, readFileSync } from 'node:fs'
import { methods } from '../../sandbox/botpress/methods'
import type { RemoteCall } from './stage'

const API_OF_FILE: Record<string, string> = {
  'customer-api.ts': 'customer',
  'agent-api.ts': 'agent',
  'configuration-api.ts': 'configuration',
}
/** The emulator's names of what the accounts service answers. */
const ACCOUNTS = ['accounts/token', 'accounts/organizations_my', 'accounts/accounts_me']

/** Every remote call that the source can make, read off its text: a new one is missed nowhere. */
export function remoteCallsInSource(): RemoteCall[] {
  return [...liveChatCalls(), ...botpressCalls()]
}

function liveChatCalls(): RemoteCall[] {
  const chatApis = Object.entries(API_OF_FILE).flatMap(([file, api]) =>
    found(readFileSync(`src/livechat/${file}`, 'utf8'), /action: '(\w+)'/g).map((action) => `${api}/${action}`),
  )
  return [...new Set([...chatApis, ...ACCOUNTS])].map((operation) => ({ to: 'livechat', operation }))
}

function botpressCalls(): RemoteCall[] {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  const sources = files.filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
  const names = sources.flatMap((file) => found(readFileSync(`src/${file}`, 'utf8'), /\bclient\s*\.(\w+)\(/g))
  const calls = new Set(names.filter((name) => Object.hasOwn(methods, name)))
  // The acknowledgement of a message is a call of the SDK's own.
  return [...calls, 'updateMessage'].map((operation) => ({ to: 'botpress', operation }))
}

function found(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, name = '']) => name)
}
