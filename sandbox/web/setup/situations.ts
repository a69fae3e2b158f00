import { defaults, SENT_ACTIONS, type LiveChat } from '../../livechat'
import type { Configuration } from '../../environment'
import type { Situation } from '../view'

/** What is different from the right set-up: a setting in Studio, or the account at LiveChat. */
type Mistake = Situation & {
  settings?: (livechat: LiveChat) => Partial<Configuration>
  account?: (livechat: LiveChat) => void
}

const FOREIGN_URL = 'https://another-bot.example.test/webhook'
const SLOTS = 3

/** A token of the owner without some scopes. */
function tokenWithout(livechat: LiveChat, missing: RegExp, instead: string[] = []): Partial<Configuration> {
  const scopes = [...defaults.ALL_SCOPES.filter((scope) => !missing.test(scope)), ...instead]
  return { agentToken: livechat.issueToken({ agentId: defaults.OWNER, scopes }) }
}

/** In the order in which the page lists them; the right one first. */
export const SITUATIONS: readonly Mistake[] = [
  { id: 'right', label: 'Everything is right', hint: 'The settings fit the LiveChat account of the sandbox.' },
  {
    id: 'wrong-token',
    label: 'The agent token is mistyped',
    hint: 'LiveChat does not know the token.',
    settings: () => ({
      agentToken: Buffer.from('c0ffee00-1111-4222-8333-444455556666:dal:mistyped').toString('base64'),
    }),
  },
  {
    id: 'no-read-scope',
    label: 'The token lacks chats--access:rw',
    hint: 'The integration may not read chats. This scope is the only one that is required.',
    settings: (livechat) => tokenWithout(livechat, /^chats/),
  },
  {
    id: 'no-webhook-scope',
    label: 'The token lacks the webhook scopes',
    hint: 'The integration cannot register its webhooks. The owner has to create three by hand.',
    settings: (livechat) => tokenWithout(livechat, /^webhooks/),
  },
  {
    id: 'wrong-group',
    label: 'The group does not exist',
    hint: 'The group ID in Studio is 99. LiveChat has no such group.',
    settings: () => ({ groupId: 99 }),
  },
  {
    id: 'wrong-client',
    label: 'The Client ID is mistyped',
    hint: 'LiveChat knows no app with this Client ID, so no customer gets a token.',
    settings: () => ({ clientId: 'mistyped0client0id' }),
  },
  {
    id: 'no-redirect',
    label: 'The app lacks the redirect URI',
    hint: 'The webhook address is not on the list of redirect URIs in Developer Console.',
    account: ({ store }) => {
      for (const app of store.apps.values()) app.redirectUris = ['https://elsewhere.example.test']
    },
  },
  {
    id: 'webhooks-off',
    label: 'The webhooks of the app are off',
    hint: 'Saving works. LiveChat delivers nothing, and the token may not switch the webhooks on.',
    settings: (livechat) => tokenWithout(livechat, /^webhooks\.state/, ['webhooks.state:ro']),
    account: ({ store }) => {
      for (const app of store.apps.values()) app.webhooksEnabled = false
    },
  },
  {
    id: 'slots-full',
    label: 'All webhook slots are taken',
    hint: 'LiveChat takes three webhooks for each action, and three other bots use them.',
    account: ({ webhooks }) => {
      for (const { id } of webhooks.registrations()) webhooks.unregister(id)
      for (const action of SENT_ACTIONS) {
        for (let slot = 0; slot < SLOTS; slot += 1) {
          webhooks.registerManually({ action, url: `${FOREIGN_URL}/${slot}`, secretKey: 'of-another-bot' })
        }
      }
    },
  },
]

/** Undoes what any situation may have changed at LiveChat. */
export function restoreAccount({ store, webhooks }: LiveChat, redirectUris: readonly string[]): void {
  for (const app of store.apps.values()) Object.assign(app, { redirectUris: [...redirectUris], webhooksEnabled: true })
  const foreign = webhooks.registrations().filter(({ url }) => url.startsWith(FOREIGN_URL))
  for (const { id } of foreign) webhooks.unregister(id)
}
