import type { Fault } from '../../sandbox/http/faults'

/** One way in which a remote call goes wrong: once, or `always` for as long as the scene lasts. */
export type Kind = {
  name: string
  fault: Omit<Fault, 'operation'>
  always?: boolean
  /** Something could be lost or done twice here. */
  isTelling?: boolean
}

/** A vendor's message may repeat what somebody wrote, so it goes nowhere. */
export const VENDORS_WORDS = 'words-of-the-vendor'

const HTML = '<html><body><h1>502 Bad Gateway</h1></body></html>'
const BROKEN_JSON = '{"chat_id": "PJ0MRSHT'

export const answer = (status: number, body: unknown, headers?: Record<string, string>): Kind['fault'] => ({
  kind: 'answer',
  status,
  body,
  ...(headers && { headers }),
})
export const lasting = (fault: Kind['fault']): Kind['fault'] => ({ ...fault, times: Infinity })

export const liveChatError = (type: string, data?: object) => ({
  error: { type, message: `${VENDORS_WORDS}: ${type}`, ...(data && { data }) },
})
export const botpressError = (type: string, code: number) => ({
  id: 'err_emulated',
  code,
  type,
  message: `${VENDORS_WORDS}: ${type}`,
})

let regions = 0

/** What the network and a failing LiveChat do to any call. */
export const LIVECHAT_KINDS: Kind[] = [
  { name: 'connection cut before', fault: { kind: 'refuse' } },
  { name: 'cut after the work', fault: { kind: 'reset-after' }, isTelling: true },
  { name: 'silence', fault: { kind: 'silence' } },
  { name: '429', fault: answer(429, liveChatError('too_many_requests')) },
  { name: '429, Retry-After', fault: answer(429, liveChatError('too_many_requests'), { 'retry-after': '0.3' }) },
  { name: '500', fault: answer(500, liveChatError('internal')) },
  { name: '502, HTML', fault: answer(502, HTML) },
  { name: 'broken JSON after the work', fault: { kind: 'answer-after', status: 200, body: BROKEN_JSON } },
  { name: 'token expired', fault: answer(401, liveChatError('authentication')) },
  {
    name: 'other region',
    get fault() {
      regions += 1 // one that was followed is not followed again
      return answer(421, liveChatError('misdirected_request', { region: `region-${regions}` }))
    },
  },
  { name: 'down', fault: lasting({ kind: 'refuse' }), always: true, isTelling: true },
  { name: 'silent', fault: lasting({ kind: 'silence' }), always: true },
]

/** The same for Botpress. Its client repeats by itself, after 1 s where the answer names no time. */
export const BOTPRESS_KINDS: Kind[] = [
  { name: 'connection cut before', fault: { kind: 'refuse' } },
  { name: 'cut after the work', fault: { kind: 'reset-after' }, isTelling: true },
  { name: '429, Retry-After', fault: answer(429, botpressError('RateLimited', 429), { 'retry-after': '0' }) },
  { name: '500', fault: answer(500, botpressError('Internal', 500), { 'retry-after': '0' }) },
  { name: '502, HTML', fault: answer(502, HTML, { 'retry-after': '0' }) },
  { name: 'broken JSON after the work', fault: { kind: 'answer-after', status: 200, body: '{"message":' } },
  {
    name: 'always 500',
    fault: lasting(answer(500, botpressError('Internal', 500), { 'retry-after': '0' })),
    always: true,
  },
]
