import { z } from 'zod'
import { DateField, PersonName, PictureUrl, SortDirection, TagMap, TagNames, dates, page, Id } from '../checks'
import { newId } from '../ids'
import type { User } from '../objects'
import { operation } from '../operation'
import type { Caller, Platform } from '../platform'
import { later, rewrite, type Row } from '../store'
import { keptName, keptTags, mergedTags, shownTags } from '../tags'
import { find, getOrCreate, hasTags, newRow, pageOf, sees } from './lookup'

const profile = { name: PersonName.optional(), pictureUrl: PictureUrl.optional() }
/** `integrationName` is deprecated: accepted, of no effect. */
const CreateUser = z.strictObject({ tags: TagMap, ...profile, integrationName: z.string().optional() })
const GetOrCreateUser = CreateUser.extend({ discriminateByTags: TagNames.optional() })
const UpdateUser = z.strictObject({
  tags: TagMap.optional(),
  name: PersonName.nullable().optional(),
  pictureUrl: PictureUrl.nullable().optional(),
})
const ListUsers = z.strictObject({
  ...page,
  ...dates,
  conversationId: Id.optional(),
  tags: TagMap.optional(),
  rangeField: DateField.optional(),
  sortField: DateField.optional(),
  sortDirection: SortDirection.optional(),
})

type NewUser = z.infer<typeof CreateUser>
export type UserChanges = z.infer<typeof UpdateUser>
type DiscriminatedUser = z.infer<typeof GetOrCreateUser>

export function showUser(platform: Platform, caller: Caller, user: User): User {
  return { ...user, tags: shownTags(caller, platform.settings, user.tags) }
}

export function createUser(platform: Platform, caller: Caller, input: NewUser): User {
  const row = storeUser(platform, caller, input)
  return showUser(platform, caller, row.object)
}

export function getUser(platform: Platform, caller: Caller, id: string): User {
  return showUser(platform, caller, find(platform, caller, platform.store.users, id, 'User').object)
}

export function updateUser(platform: Platform, caller: Caller, id: string, changes: UserChanges): User {
  const row = find(platform, caller, platform.store.users, id, 'User')
  writeUser(platform, caller, row, changes)
  return showUser(platform, caller, row.object)
}

export async function getOrCreateUser(platform: Platform, caller: Caller, input: DiscriminatedUser) {
  const { discriminateByTags, ...user } = input
  const { row, meta } = await getOrCreate(platform, caller, {
    rows: platform.store.users,
    tags: keptTags(caller, 'user', user.tags, 'InvalidPayload'),
    discriminateByTags: discriminateByTags?.map((name) => keptName(caller, name)),
    fits: () => true,
    update: (found) => writeUser(platform, caller, found, user),
    create: () => storeUser(platform, caller, user),
  })
  return { user: showUser(platform, caller, row.object), ...meta }
}

function storeUser(platform: Platform, caller: Caller, { tags, name, pictureUrl }: NewUser): Row<User> {
  const at = new Date().toISOString()
  const user: User = {
    id: newId('user', Date.now()),
    createdAt: at,
    updatedAt: at,
    tags: mergedTags({}, keptTags(caller, 'user', tags, 'InvalidPayload')),
    ...(name === undefined ? {} : { name }),
    ...(pictureUrl === undefined ? {} : { pictureUrl }),
  }
  const row = newRow(caller, user)
  platform.store.users.set(user.id, row)
  platform.store.changed()
  return row
}

function writeUser(platform: Platform, caller: Caller, row: Row<User>, changes: UserChanges): void {
  const { tags = {}, name, pictureUrl } = changes
  const kept = mergedTags(row.object.tags, keptTags(caller, 'user', tags, 'InvalidPayload'))
  const next: User = { ...row.object, updatedAt: later(row.object.updatedAt), tags: kept }
  if (name === null) delete next.name
  else if (name !== undefined) next.name = name
  if (pictureUrl === null) delete next.pictureUrl
  else if (pictureUrl !== undefined) next.pictureUrl = pictureUrl
  rewrite(row, next)
  platform.store.changed()
}

function listUsers(platform: Platform, caller: Caller, query: z.infer<typeof ListUsers>) {
  const tags = keptTags(caller, 'user', query.tags ?? {}, 'InvalidQuery')
  const among = query.conversationId ? platform.store.participantsOf(query.conversationId) : undefined
  const rows = [...platform.store.users.values()].filter(
    (row) => sees(platform, caller, row) && hasTags(platform, row, tags) && (!among || among.has(row.object.id)),
  )
  const { objects, meta } = pageOf(
    platform,
    rows.map((row) => row.object),
    query,
  )
  return { users: objects.map((user) => showUser(platform, caller, user)), meta }
}

const USERS = '/v1/chat/users'

export const userOperations = [
  operation({
    name: 'createUser',
    method: 'POST',
    path: USERS,
    status: 201,
    body: CreateUser,
    run: ({ platform, caller, body }) => ({ user: createUser(platform, caller, body) }),
  }),
  operation({
    name: 'getOrCreateUser',
    method: 'POST',
    path: `${USERS}/get-or-create`,
    body: GetOrCreateUser,
    run: ({ platform, caller, body }) => getOrCreateUser(platform, caller, body),
  }),
  operation({
    name: 'getUser',
    method: 'GET',
    path: `${USERS}/:id`,
    run: ({ platform, caller, params }) => ({ user: getUser(platform, caller, params.id) }),
  }),
  operation({
    name: 'updateUser',
    method: 'PUT',
    path: `${USERS}/:id`,
    body: UpdateUser,
    run: ({ platform, caller, params, body }) => ({ user: updateUser(platform, caller, params.id, body) }),
  }),
  operation({
    name: 'listUsers',
    method: 'GET',
    path: USERS,
    query: ListUsers,
    run: ({ platform, caller, query }) => listUsers(platform, caller, query),
  }),
  operation({
    name: 'deleteUser',
    method: 'DELETE',
    path: `${USERS}/:id`,
    run: ({ platform, caller, params }) => {
      find(platform, caller, platform.store.users, params.id, 'User')
      platform.store.users.delete(params.id)
      platform.store.changed()
      return {}
    },
  }),
]
