import { z } from 'zod'
import { DateField, ListParameter, PayloadObject, SortDirection, page } from '../checks'
import { newId } from '../ids'
import type { File } from '../objects'
import { operation, type ApiRequest } from '../operation'
import type { Caller, Platform } from '../platform'
import { later, type Row } from '../store'
import { find, newRow, pageOf, sees } from './lookup'

/** At most 90 days ahead. */
const MAX_LIFE_MS = 90 * 24 * 60 * 60 * 1000
const FileTags = z.record(z.string(), z.string().max(1_000))
const UpsertFile = z.strictObject({
  key: z.string().min(1),
  size: z.number().int().min(0),
  tags: FileTags.optional(),
  index: z.boolean().optional(),
  indexing: z.unknown().optional(),
  accessPolicies: z.array(z.enum(['public_content', 'integrations'])).optional(),
  contentType: z.string().optional(),
  expiresAt: z.iso
    .datetime()
    .refine((at) => Date.parse(at) <= Date.now() + MAX_LIFE_MS, 'at most 90 days ahead')
    .optional(),
  publicContentImmediatelyAccessible: z.boolean().optional(),
  metadata: PayloadObject.optional(),
})
const UpdateFile = z.strictObject({ metadata: PayloadObject.optional(), tags: FileTags.optional() })
const ListFiles = z.strictObject({
  ...page,
  sortField: DateField.optional(),
  sortDirection: SortDirection.optional(),
  tags: FileTags.optional(),
  ids: ListParameter.optional(),
  indexed: z.string().optional(),
})

function upsertFile({ platform, caller, body }: ApiRequest<z.infer<typeof UpsertFile>>) {
  const previous = byKey(platform, caller, body.key)?.object
  const at = new Date().toISOString()
  const id = previous?.id ?? newId('file', Date.now())
  const file: File = {
    id,
    botId: caller.installed.botId,
    key: body.key,
    url: `${platform.url}/files/${id}`,
    size: body.size,
    contentType: body.contentType ?? 'application/octet-stream',
    tags: body.tags ?? {},
    metadata: body.metadata ?? {},
    createdAt: previous?.createdAt ?? at,
    updatedAt: previous ? later(previous.updatedAt) : at,
    accessPolicies: body.accessPolicies ?? [],
    index: body.index ?? false,
    status: 'upload_pending',
    owner: { type: 'integration', id: caller.installed.integrationId },
    ...(body.expiresAt ? { expiresAt: body.expiresAt } : {}),
  }
  platform.store.files.set(id, newRow(caller, file))
  platform.store.changed()
  return { file: { ...file, uploadUrl: `${file.url}/content` } }
}

function byKey(platform: Platform, caller: Caller, key: string): Row<File> | undefined {
  return [...platform.store.files.values()].find((row) => row.object.key === key && sees(platform, caller, row))
}

/** Files are addressed by id or by key. */
function findFile(platform: Platform, caller: Caller, idOrKey: string): Row<File> {
  return byKey(platform, caller, idOrKey) ?? find(platform, caller, platform.store.files, idOrKey, 'File')
}

function listFiles({ platform, caller, query }: ApiRequest<undefined, z.infer<typeof ListFiles>>) {
  const files = [...platform.store.files.values()]
    .filter((row) => sees(platform, caller, row))
    .map((row) => row.object)
    .filter((file) => !query.ids || query.ids.includes(file.id))
    .filter((file) => Object.entries(query.tags ?? {}).every(([name, value]) => file.tags[name] === value))
  const { objects, meta } = pageOf(platform, files, query)
  return { files: objects, meta }
}

const FILES = '/v1/files'

export const fileOperations = [
  operation({ name: 'upsertFile', method: 'PUT', path: FILES, body: UpsertFile, run: upsertFile }),
  operation({
    name: 'getFile',
    method: 'GET',
    path: `${FILES}/:id`,
    run: ({ platform, caller, params }) => ({ file: findFile(platform, caller, params.id).object }),
  }),
  operation({
    name: 'updateFileMetadata',
    method: 'PUT',
    path: `${FILES}/:id`,
    body: UpdateFile,
    run: ({ platform, caller, params, body }) => {
      const row = findFile(platform, caller, params.id)
      const { metadata = row.object.metadata, tags = row.object.tags } = body
      row.object = { ...row.object, metadata, tags, updatedAt: later(row.object.updatedAt) }
      return { file: row.object }
    },
  }),
  operation({
    name: 'deleteFile',
    method: 'DELETE',
    path: `${FILES}/:id`,
    run: ({ platform, caller, params }) => {
      const { object } = findFile(platform, caller, params.id)
      platform.store.files.delete(object.id)
      platform.store.contents.delete(object.id)
      return {}
    },
  }),
  operation({ name: 'listFiles', method: 'GET', path: FILES, query: ListFiles, run: listFiles }),
]
