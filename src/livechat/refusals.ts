import * as z from 'zod/mini'
import { maybe } from './shape'

/** What LiveChat says about a call that it refused, whichever of its three body shapes it used. */
export type ApiRefusal = {
  /** In lower case: the wire has both spellings [livechat.md: Errors]. */
  type?: string
  message?: string
  /** With `misdirected_request`. */
  region?: string
}

const text = maybe(z.string())

/** Agent, Customer and Configuration API [livechat.md: Errors]. */
const ChatApiBody = z.object({
  error: z.object({ type: z.string(), message: text, data: maybe(z.object({ region: text })) }),
})

/** Customer tokens [livechat.md: Errors]: either exception; its text has three names. */
const CustomerAccountsBody = z.object({
  oauth_exception: text,
  identity_exception: text,
  exception_description: text,
  exception_details: text,
  description: text,
})

/** Organizations and accounts [livechat.md: Errors]. */
const GlobalAccountsBody = z.object({ error: z.string(), error_description: text, sub_error: text })

/** The refusal that a body holds, if it holds one; any JSON value may come in. */
export function readRefusal(body: unknown): ApiRefusal | undefined {
  const chat = z.safeParse(ChatApiBody, body)
  if (chat.success) {
    const { type, message, data } = chat.data.error
    return {
      type: word(type),
      message,
      region: data?.region && /^[\w-]{1,40}$/.test(data.region) ? data.region : undefined,
    }
  }
  return customerAccountsRefusal(body) ?? globalAccountsRefusal(body)
}

function customerAccountsRefusal(body: unknown): ApiRefusal | undefined {
  const { data } = z.safeParse(CustomerAccountsBody, body)
  const type = data?.oauth_exception ?? data?.identity_exception
  if (!data || !type) return undefined
  const words = [data.exception_description, data.exception_details, data.description]
  return { type: word(type), message: words.filter(Boolean).join('; ') || undefined }
}

function globalAccountsRefusal(body: unknown): ApiRefusal | undefined {
  const { data } = z.safeParse(GlobalAccountsBody, body)
  if (!data?.error) return undefined
  const words = [data.sub_error, data.error_description]
  return { type: word(data.error), message: words.filter(Boolean).join('; ') || undefined }
}

/** The type goes into messages, so only what looks like one is taken. */
function word(value: string | undefined): string | undefined {
  return value !== undefined && /^[\w.-]{1,60}$/.test(value) ? value.toLowerCase() : undefined
}
