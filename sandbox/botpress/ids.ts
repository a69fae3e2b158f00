import { randomBytes, randomUUID } from 'node:crypto'

type IdPrefix = 'conv' | 'user' | 'msg' | 'evt' | 'state' | 'file' | 'bot' | 'intver'

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** `<prefix>_<26-character ULID>`: sorts by time of creation. */
export function newId(prefix: IdPrefix, now: number): string {
  return `${prefix}_${timePart(now)}${randomPart()}`
}

export const newWebhookId = (): string => randomUUID()

/** `err_<UTC yyyymmddhhmmss>x<8 upper-case hex>`. */
export function newErrorId(now: number): string {
  const stamp = new Date(now).toISOString().replace(/\D/g, '').slice(0, 14)
  return `err_${stamp}x${randomBytes(4).toString('hex').toUpperCase()}`
}

function timePart(now: number): string {
  let rest = now
  let text = ''
  for (let i = 0; i < 10; i++) {
    text = CROCKFORD.charAt(rest % 32) + text
    rest = Math.floor(rest / 32)
  }
  return text
}

function randomPart(): string {
  return Array.from(randomBytes(16), (byte) => CROCKFORD.charAt(byte % 32)).join('')
}
