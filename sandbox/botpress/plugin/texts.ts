import type { PluginConfig, Settings } from '../settings'
import { SUPPORTED_TYPES, type Plugin } from './plugin'

const DEFAULT_TEXTS = {
  onHitlHandoffMessage: 'I have escalated this conversation to a human agent. They should be with you shortly.',
  onHumanAgentAssignedMessage: 'A human agent has joined the conversation.',
  onHitlStoppedMessage: 'The human agent closed the conversation. I will continue assisting you.',
  onUserHitlCancelledMessage: '( The user has ended the session. )',
  onIncompatibleMsgTypeMessage:
    'Sorry, the user can not receive this type of message. Please resend your message as a text message.',
  onUserHitlCloseMessage: 'You have ended the session with the human agent. I will continue assisting you.',
  onAgentAssignedTimeoutMessage:
    'No human agent is available at the moment. Please try again later. I will continue assisting you for the time being.',
}
const DEFAULT_CLOSE_COMMAND = '/end'

export const ABORT_TEXT = 'Something went wrong, you are not connected to a human agent...'

type TextName = keyof typeof DEFAULT_TEXTS

/** `undefined` means "say nothing". */
export function textOf(config: PluginConfig, name: TextName): string | undefined {
  const text = config[name]
  return text === 'NULL' ? undefined : text || DEFAULT_TEXTS[name]
}

export function isCloseCommand(config: PluginConfig, text: unknown): boolean {
  const command = config.userHitlCloseCommand || DEFAULT_CLOSE_COMMAND
  return typeof text === 'string' && text.trim().toLowerCase() === command.trim().toLowerCase()
}

/** The configuration of the plugin as its host hands it over. Switches that stay unset are off. */
export function configured({ plugin: { config, hostFillsDefaults } }: Settings): PluginConfig {
  return hostFillsDefaults ? { useHumanAgentInfo: true, flowOnHitlStopped: true, ...config } : config
}

/** The configuration as it was, with the card's overrides, when the session of that upstream conversation began. */
export async function sessionConfig({ client, platform }: Plugin, upstreamId: string): Promise<PluginConfig> {
  try {
    return (await client.getState(upstreamId, 'effectiveSessionConfig')).payload
  } catch {
    return configured(platform.settings)
  }
}

/** What the customer reads about a message that cannot be passed on. */
export function unsupportedText(version: '1.3.0' | '1.4.2'): string {
  return version === '1.3.0'
    ? 'Sorry, I can only handle text messages for now. Please try again.'
    : `Sorry, I can only handle one of the following message types: ${SUPPORTED_TYPES.join(', ')}`
}
