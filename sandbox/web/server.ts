import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { streamSSE } from 'hono/streaming'
import type { AddressInfo } from 'node:net'
import type { Sandbox } from '../sandbox'
import { act, send } from './act'
import { loadAssets, type Assets } from './assets'
import { Command } from './commands'
import { Push } from './push'
import { sameOriginOnly } from './same-origin'
import { setupReport } from './setup/report'
import { Stage } from './stage'
import type { PushedEvent } from './view'

export type PageServer = { readonly url: string; close(): Promise<void> }

const HEARTBEAT_MS = 15_000

/** Serves the page on 127.0.0.1. Rejects with `EADDRINUSE` when the port is taken; port 0 takes a free one. */
export async function servePage(sandbox: Sandbox, port: number): Promise<PageServer> {
  const stage = new Stage(sandbox)
  const push = new Push(stage)
  stage.onChange = () => push.changed()
  const app = routes({ stage, push, assets: await loadAssets() })
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port })
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        push.close()
        server.close(() => resolve())
        if ('closeAllConnections' in server) server.closeAllConnections()
      }),
  }
}

function routes({ stage, push, assets }: { stage: Stage; push: Push; assets: Assets }): Hono {
  const app = new Hono()
  app.use(sameOriginOnly)
  app.get('/', (c) => c.html(assets.html))
  for (const { path, type, body } of assets.files) {
    app.get(path, (c) => c.body(new Uint8Array(body), 200, { 'content-type': type }))
  }
  app.get('/setup', async (c) => c.json(await setupReport(stage.sandbox.installation)))
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      const stop = push.open((event: PushedEvent) => void stream.writeSSE({ data: JSON.stringify(event) }))
      stream.onAbort(stop)
      while (!stream.aborted) await stream.sleep(HEARTBEAT_MS).then(() => stream.write(': still here\n\n'))
    }),
  )
  app.post('/commands', async (c) => {
    const command = Command.safeParse(await c.req.json())
    if (!command.success) throw new HTTPException(400, { message: 'The sandbox does not know this command.' })
    await act(stage, command.data)
    push.changed()
    return c.body(null, 204)
  })
  app.post('/upload', async (c) => {
    const { name = 'file', agentId, chatId } = c.req.query()
    const contentType = c.req.header('content-type') ?? 'application/octet-stream'
    const file = { name, contentType, bytes: new Uint8Array(await c.req.arrayBuffer()) }
    await send(stage, file, agentId && chatId ? { agentId, chatId } : undefined)
    push.changed()
    return c.body(null, 204)
  })
  app.onError((problem, c) => {
    const status = problem instanceof HTTPException ? problem.status : 409
    return c.text(problem.message, status)
  })
  return app
}
