import { z } from 'zod'
import { ApiError } from '../api-error'
import { DateField, ListParameter, Name, SortDirection, TagMap, TagNames, dates, page } from '../checks'
import { newId } from '../ids'
import type { Conversation } from '../objects'
import { operation } from '../operation'
import { declaredFor, ownerOf, type Caller, type Platform } from '../platform'
import { later, rewrite, type Row } from '../store'
import { keptName, keptTags, mergedTags, shownTags } from '../tags'
import { find, getOrCreate, hasTags, newRow, pageOf, sees } from './lookup'

/** `integrationName` is deprecated: accepted, of no effect. */
const CreateConversation = z.strictObject({ channel: Name, tags: TagMap, integrationName: z.string().optional() })
const GetOrCreateConversation = CreateConversation.extend({ discriminateByTags: TagNames.optional() })
const UpdateConversation = z.strictObject({ tags: TagMap.optional(), currentTaskId: z.string().optional() })
const ListConversations = z.strictObject({
  ...page,
  ...dates,
  sortField: DateField.optional(),
  sortDirection: SortDirection.optional(),
  tags: TagMap.optional(),
  participantIds: ListParameter.optional(),
  integrationName: z.string().optional(),
  channel: z.string().optional(),
})

type NewConversation = z.infer<typeof CreateConversation>
type DiscriminatedConversation = z.infer<typeof GetOrCreateConversation>
type ConversationChanges = z.infer<typeof UpdateConversation>

export function showConversation(platform: Platform, caller: Caller, conversation: Conversation): Conversation {
  return { ...conversation, tags: shownTags(caller, platform.settings, conversation.tags) }
}

export function createConversation(platform: Platform, caller: Caller, input: NewConversation): Conversation {
  return showConversation(platform, caller, storeConversation(platform, caller, input).object)
}

export function getConversation(platform: Platform, caller: Caller, id: string): Conversation {
  const row = find(platform, caller, platform.store.conversations, id, 'Conversation')
  return showConversation(platform, caller, row.object)
}

export function updateConversation(
  platform: Platform,
  caller: Caller,
  id: string,
  changes: ConversationChanges,
): Conversation {
  const row = find(platform, caller, platform.store.conversations, id, 'Conversation')
  writeConversation(platform, caller, row, changes)
  return showConversation(platform, caller, row.object)
}

export async function getOrCreateConversation(platform: Platform, caller: Caller, input: DiscriminatedConversation) {
  const { discriminateByTags, ...wanted } = input
  const { row, meta } = await getOrCreate(platform, caller, {
    rows: platform.store.conversations,
    tags: keptTags(caller, 'conversation', wanted.tags, 'InvalidPayload'),
    discriminateByTags: discriminateByTags?.map((name) => keptName(caller, name)),
    fits: (conversation) => conversation.channel === wanted.channel,
    update: (found) => writeConversation(platform, caller, found, { tags: wanted.tags }),
    create: () => storeConversation(platform, caller, wanted),
  })
  return { conversation: showConversation(platform, caller, row.object), ...meta }
}

function storeConversation(platform: Platform, caller: Caller, { channel, tags }: NewConversation): Row<Conversation> {
  const declared = declaredFor(caller)
  if (declared && !declared.channels[channel])
    throw new ApiError('InvalidPayload', `channel ${channel} is not declared`)
  const now = Date.now()
  const conversation: Conversation = {
    id: newId('conv', now),
    createdAt: new Date(now).toISOString(),
    updatedAt: new Date(now + platform.settings.creationTakesMs).toISOString(),
    channel,
    integration: ownerOf(caller),
    tags: mergedTags({}, keptTags(caller, 'conversation', tags, 'InvalidPayload')),
  }
  const row = newRow(caller, conversation)
  platform.store.conversations.set(conversation.id, row)
  platform.store.changed()
  return row
}

function writeConversation(
  platform: Platform,
  caller: Caller,
  row: Row<Conversation>,
  { tags = {}, currentTaskId }: ConversationChanges,
): void {
  const { updatedAt } = row.object
  const isMoved = currentTaskId !== undefined || tagsMoveUpdatedAt(platform, caller)
  rewrite(row, {
    ...row.object,
    updatedAt: isMoved ? later(updatedAt) : updatedAt,
    tags: mergedTags(row.object.tags, keptTags(caller, 'conversation', tags, 'InvalidPayload')),
    ...(currentTaskId === undefined ? {} : { currentTaskId }),
  })
  platform.store.changed()
}

function tagsMoveUpdatedAt({ settings: { movesUpdatedAt } }: Platform, { alias }: Caller): boolean {
  return alias === undefined ? movesUpdatedAt.pluginTags : movesUpdatedAt.integrationTags
}

/** A new message is there: it is not settled whether that changes the conversation. */
export function noteNewMessage({ settings }: Platform, row: Row<Conversation>): void {
  if (settings.movesUpdatedAt.messages) row.object = { ...row.object, updatedAt: later(row.object.updatedAt) }
}

function listConversations(platform: Platform, caller: Caller, query: z.infer<typeof ListConversations>) {
  const { store } = platform
  const tags = keptTags(caller, 'conversation', query.tags ?? {}, 'InvalidQuery')
  const rows = [...store.conversations.values()].filter(
    (row) =>
      sees(platform, caller, row) &&
      hasTags(platform, row, tags) &&
      (!query.channel || row.object.channel === query.channel) &&
      (!query.integrationName || row.object.integration === query.integrationName) &&
      (query.participantIds ?? []).every((id) => store.participantsOf(row.object.id).has(id)),
  )
  const { objects, meta } = pageOf(
    platform,
    rows.map((row) => row.object),
    query,
  )
  return { conversations: objects.map((conversation) => showConversation(platform, caller, conversation)), meta }
}

/** Deleting a conversation deletes its messages. */
function deleteConversation(platform: Platform, caller: Caller, id: string): void {
  const { store } = platform
  find(platform, caller, store.conversations, id, 'Conversation')
  for (const message of store.messagesIn(id)) store.removeMessage(message)
  store.conversations.delete(id)
  store.changed()
}

const CONVERSATIONS = '/v1/chat/conversations'

export const conversationOperations = [
  operation({
    name: 'createConversation',
    method: 'POST',
    path: CONVERSATIONS,
    status: 201,
    body: CreateConversation,
    run: ({ platform, caller, body }) => ({ conversation: createConversation(platform, caller, body) }),
  }),
  operation({
    name: 'getOrCreateConversation',
    method: 'POST',
    path: `${CONVERSATIONS}/get-or-create`,
    body: GetOrCreateConversation,
    run: ({ platform, caller, body }) => getOrCreateConversation(platform, caller, body),
  }),
  operation({
    name: 'getConversation',
    method: 'GET',
    path: `${CONVERSATIONS}/:id`,
    run: ({ platform, caller, params }) => ({ conversation: getConversation(platform, caller, params.id) }),
  }),
  operation({
    name: 'updateConversation',
    method: 'PUT',
    path: `${CONVERSATIONS}/:id`,
    body: UpdateConversation,
    run: ({ platform, caller, params, body }) => ({
      conversation: updateConversation(platform, caller, params.id, body),
    }),
  }),
  operation({
    name: 'listConversations',
    method: 'GET',
    path: CONVERSATIONS,
    query: ListConversations,
    run: ({ platform, caller, query }) => listConversations(platform, caller, query),
  }),
  operation({
    name: 'deleteConversation',
    method: 'DELETE',
    path: `${CONVERSATIONS}/:id`,
    run: ({ platform, caller, params }) => {
      deleteConversation(platform, caller, params.id)
      return {}
    },
  }),
]
