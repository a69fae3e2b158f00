import { maskName, type Mask } from './mask'

/** Addresses of files stay, or nobody could open them; ids and kinds are no words. */
const NO_WORDS = /^(?:id|type)$|(?:Url|Id)$/
/** Where channels write the name of a file. */
const FILE_NAME = /^(?:filename|fileName|file_name|name)$/
/** A bloc in a bloc takes three levels. What lies deeper is nobody's message, and would overflow the stack. */
const MAX_DEPTH = 40

/** Whatever a message says, masked, before it is read. Nothing else of the payload changes. */
export function maskPayload<Payload>(payload: Payload, mask: Mask): Payload {
  return masked(payload, mask, 0) as Payload
}

function masked(value: unknown, mask: Mask, depth: number): unknown {
  if (typeof value === 'string') return mask(value)
  if (typeof value !== 'object' || value === null) return value
  if (depth === MAX_DEPTH) return undefined
  if (Array.isArray(value)) return value.map((each) => masked(each, mask, depth + 1))
  const fields = Object.entries(value as Record<string, unknown>)
  const isLink = fields.some(([key, kind]) => key === 'action' && kind === 'url')
  return Object.fromEntries(
    fields.map(([key, each]) => {
      if (NO_WORDS.test(key) || (isLink && key === 'value')) return [key, each]
      if (FILE_NAME.test(key) && typeof each === 'string') return [key, maskName(each, mask)]
      return [key, masked(each, mask, depth + 1)]
    }),
  )
}
