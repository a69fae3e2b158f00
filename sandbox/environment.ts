import type { Botpress, Installation } from './botpress'
import { defaults, type LiveChat } from './livechat'
import type { MediaHost } from './media'

/** The five settings a bot owner fills in, and whatever else the definition knows. */
export type Configuration = {
  clientId: string
  organizationId: string
  webhookSecret: string
  agentToken: string
  groupId: number
  [further: string]: unknown
}

const WEBHOOK_SECRET = 'sandbox-secret-9f2c41d7a8e3b605'
/** The webhooks that the guide has bot owners make by hand. */
const MANUAL_WEBHOOKS = ['incoming_event', 'chat_deactivated', 'chat_transferred']

/** What the process of the integration knows of the machine it runs on. */
export function environment(servers: {
  botpress: Botpress
  livechat: LiveChat
  media: MediaHost
}): Record<string, string> {
  const { botpress, livechat, media } = servers
  const loopback = '127.0.0.1,localhost'
  return {
    BP_API_URL: botpress.url,
    BP_TOKEN: 'sandbox-integration-token',
    // Token calls give `<this>/<webhook id>` as their redirect URI, which the emulated app must know.
    BP_WEBHOOK_URL: botpress.url,
    LIVECHAT_API_URL: livechat.url,
    LIVECHAT_ACCOUNTS_URL: livechat.url,
    // Botpress' client would send even loopback calls through a proxy of the machine.
    NO_PROXY: loopback,
    no_proxy: loopback,
    // Media on loopback is refused as a private address unless its origin is named.
    MEDIA_ALLOWED_ORIGINS: [media.origin, livechat.url, botpress.url].join(','),
  }
}

/** Settings that fit the emulated account; `changes` are written over them. */
export function configurationFor(
  { credentials }: LiveChat,
  { token, changes }: { token: 'full' | 'minimal'; changes: Partial<Configuration> },
): Configuration {
  return {
    clientId: credentials.clientId,
    organizationId: credentials.organizationId,
    webhookSecret: WEBHOOK_SECRET,
    agentToken: token === 'minimal' ? credentials.minimalToken : credentials.fullToken,
    groupId: defaults.SUPPORT_GROUP,
    ...changes,
  }
}

/** As the guide has it done where the token may not: three webhooks, made in the Developer Console. */
export function registerByHand(
  livechat: LiveChat,
  { webhookUrl }: Installation,
  { webhookSecret }: Configuration,
): void {
  for (const action of MANUAL_WEBHOOKS) {
    livechat.webhooks.registerManually({ action, url: webhookUrl, secretKey: webhookSecret })
  }
}
