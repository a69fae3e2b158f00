import type { MiddlewareHandler } from 'hono'

/**
 * Another website open in the same browser may send requests to loopback too. Only what the page itself sends is taken:
 * the host must be a loopback name, so that no foreign name can be pointed here, and a given origin must be the page's own.
 */
export const sameOriginOnly: MiddlewareHandler = async (c, next) => {
  const host = c.req.header('host') ?? ''
  const origin = c.req.header('origin')
  const isLoopback = /^(127\.0\.0\.1|localhost)(:\d+)?$/.test(host)
  if (!isLoopback || (origin !== undefined && origin !== `http://${host}`)) return c.text('Only the page itself.', 403)
  return next()
}
