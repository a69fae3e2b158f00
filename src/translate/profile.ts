import { createHash } from 'node:crypto'
import { cleanText } from './sanitize'
import { shareableLink } from './shareable-link'

/** What LiveChat may show of a customer: nothing made up. */
export type CustomerProfile = { name?: string; email?: string; avatar?: string }

/** The HITL plugin invents an address for a user who has none; no agent should write to it. */
const SYNTHETIC_EMAIL = /@no-reply\.[^@]*\.?botpress\.com$/i
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
/** What stands for "no name" in the plugin and in common channels. */
const PLACEHOLDER_NAMES = new Set(['unknown user', 'unknown', 'anonymous', 'anonymous user', 'user', 'n/a'])

/** A person's real name, or nothing. */
export function realName(name: string | undefined): string | undefined {
  const clean = cleanText(name ?? '')
    .replace(/\s+/g, ' ')
    .trim()
  return clean === '' || PLACEHOLDER_NAMES.has(clean.toLowerCase()) ? undefined : clean
}

/** A person's real address, or nothing. */
function realEmail(email: string | undefined): string | undefined {
  const trimmed = email?.trim() ?? ''
  return EMAIL.test(trimmed) && !SYNTHETIC_EMAIL.test(trimmed) ? trimmed : undefined
}

export function customerProfile(user: { name?: string; email?: string; pictureUrl?: string }): CustomerProfile {
  const name = realName(user.name)
  const email = realEmail(user.email)
  const avatar = /^https?:/i.test(user.pictureUrl ?? '') ? shareableLink(user.pictureUrl ?? '') : undefined
  return { ...(name && { name }), ...(email && { email }), ...(avatar && { avatar }) }
}

/** Tells whether a profile differs from the one last sent, without keeping it. */
export function fingerprint(profile: CustomerProfile): string {
  return createHash('sha256')
    .update(JSON.stringify([profile.name, profile.email, profile.avatar]))
    .digest('hex')
    .slice(0, 24)
}

/** The HITL plugin makes an address of the id of a customer's own user when the bot gives none. */
const PLUGIN_ADDRESS = /^([\w-]+)@no-reply\..+\.botpress\.com$/i

/** The customer's own user, where the plugin's made-up address holds it. */
export function upstreamUserIn(email: string | undefined): string | undefined {
  return PLUGIN_ADDRESS.exec(email?.trim() ?? '')?.[1]
}
