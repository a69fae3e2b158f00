import { Hono, type Context } from 'hono'
import { authenticateCustomer, authenticateToken } from '../accounts/credentials'
import { agentMethods } from '../agent/methods'
import { jsonAnswer } from '../../http/json-answer'
import { storeUpload } from '../chats/files'
import { configurationMethods } from '../configuration/methods'
import { customerMethods } from '../customer/methods'
import type { AgentActor, Call, Method, Version } from '../requests/method'
import { ApiError } from '../world/errors'
import type { Actor } from '../world/model'
import type { World } from '../world/world'
import type { Env } from './env'
import { checkRegion } from './region'

/** End of the stage of a version that is not the stable one, as LiveChat tells it in a header ("API versioning"). */
const STAGE_HEADERS: ReadonlyMap<string, [name: string, value: string]> = new Map([
  ['3.4', ['Deprecation', '2026-12-31']],
  ['3.5', ['Legacy', '2027-08-07']],
])
const VERSIONS: readonly string[] = ['3.4', '3.5', '3.6']

/** `POST /v<version>/<api>/action/<method>` of the three APIs. */
export function actionRoutes(world: World): Hono<Env> {
  const routes = new Hono<Env>()
  routes.post('/:version{v[0-9.]+}/:api{customer|agent|configuration}/action/:method', async (c) => {
    const version = versionOf(c)
    const answer = c.get('outbox').run(await readCall(world, c, version))
    const stage = STAGE_HEADERS.get(version)
    if (stage) c.header(...stage)
    return jsonAnswer(c, answer)
  })
  routes.all('/:version{v[0-9.]+}/:api{customer|agent|configuration}/action/:method', () => {
    throw new ApiError('validation', 'Method not allowed', { status: 405 })
  })
  return routes
}

/** The method that is called, with its body; it runs at once when it is called. */
async function readCall(world: World, c: Context<Env>, version: Version): Promise<() => unknown> {
  const { api = '', method: name = '' } = c.req.param() as { api?: string; method?: string }
  const { operation, requestBody: body } = c.get('exchange')
  checkRegion(world, {
    operation,
    header: c.req.header('x-region'),
    contentType: c.req.header('content-type') ?? '',
    body,
  })
  if (api === 'customer') {
    checkOrganization(world, c.req.query('organization_id'))
    const actor = authenticateCustomer(world, c.req.header('authorization'))
    if (name === 'upload_file') return readUpload(world, c)
    return bound(find(customerMethods, name), { world, version, actor, scopes: [] }, c)
  }
  // The names of the webhooks are public.
  if (name === 'list_webhook_names') return bound(find(configurationMethods, name), anonymous(world, version), c)
  const { actor, scopes } = authenticateToken(world, c.req.header('authorization'))
  if (api === 'agent' && name === 'upload_file') return readUpload(world, c)
  const methods = api === 'agent' ? agentMethods : configurationMethods
  return bound(find(methods, name), { world, version, actor, scopes }, c)
}

async function bound<A extends Actor>(method: Method<A>, call: Call<A>, c: Context<Env>): Promise<() => unknown> {
  const body = await jsonBody(c)
  return () => method(call, body)
}

function find<M extends Method<never>>(methods: Readonly<Record<string, M>>, name: string): M {
  const found = Object.hasOwn(methods, name) ? methods[name] : undefined
  if (!found) throw new ApiError('not_found', `No such method: ${name}`)
  return found
}

function anonymous(world: World, version: Version): { world: World; version: Version; actor: AgentActor; scopes: [] } {
  return { world, version, actor: { kind: 'agent', id: '', clientId: '' }, scopes: [] }
}

function versionOf(c: Context<Env>): Version {
  const version = (c.req.param('version') ?? '').slice(1)
  if (!VERSIONS.includes(version)) throw new ApiError('unsupported_version', `Version ${version} is not supported`)
  return version as Version
}

function checkOrganization(world: World, organizationId: string | undefined): void {
  if (!organizationId) throw new ApiError('validation', '`organization_id` is required')
  if (organizationId !== world.store.organizationId) throw new ApiError('license_not_found', 'License not found')
}

/** A JSON object is required even where nothing is asked for: "empty payload = {}". */
async function jsonBody(c: Context<Env>): Promise<unknown> {
  if (!/^application\/json\b/i.test(c.req.header('content-type') ?? ''))
    throw new ApiError('validation', 'Content-Type must be application/json')
  try {
    return JSON.parse(await c.req.text())
  } catch {
    throw new ApiError('validation', 'Request body is not valid JSON')
  }
}

async function readUpload(world: World, c: Context<Env>): Promise<() => unknown> {
  if (!/^multipart\/form-data\b/i.test(c.req.header('content-type') ?? ''))
    throw new ApiError('validation', 'Content-Type must be multipart/form-data')
  const form = await c.req.formData().catch(() => undefined)
  const file = form?.get('file')
  if (!(file instanceof File)) throw new ApiError('validation', '`file` is required')
  c.get('exchange').requestBody = { file: { name: file.name, type: file.type, size: file.size } }
  const bytes = new Uint8Array(await file.arrayBuffer())
  return () => ({ url: storeUpload(world, file.name, bytes).url })
}
