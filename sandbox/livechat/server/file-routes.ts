import { Hono } from 'hono'
import { findFile } from '../chats/files'
import type { World } from '../world/world'
import type { Env } from './env'

/** The files CDN: uploads, and the agents' pictures. */
export function fileRoutes(world: World): Hono<Env> {
  const routes = new Hono<Env>()
  routes.get('/api/file/avatars/:letter{[A-Z]\\.svg}', (c) => {
    const letter = c.req.param('letter').slice(0, 1)
    return c.body(avatar(letter), 200, { 'content-type': 'image/svg+xml' })
  })
  routes.get('/api/file/lc/*', (c) => {
    const file = findFile(world, new URL(c.req.url).pathname)
    if (!file) return c.json({ error: { type: 'not_found', message: 'File not found' } }, 404)
    const headers = { 'content-type': file.contentType, 'content-length': String(file.bytes.byteLength) }
    return c.body(Uint8Array.from(file.bytes), 200, headers)
  })
  return routes
}

function avatar(letter: string): string {
  const text = `<text x="32" y="43" font-size="32" font-family="sans-serif" fill="#fff" text-anchor="middle">${letter}</text>`
  const circle = '<circle cx="32" cy="32" r="32" fill="#3b5bdb"/>'
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${circle}${text}</svg>`
}
