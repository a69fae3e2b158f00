import { z } from 'zod'
import { ApiError } from '../api-error'
import { Id, Name, PayloadObject, Schedule, TagMap, TagNames, checkSize, dates, page } from '../checks'
import { newId } from '../ids'
import type { Conversation, Message } from '../objects'
import { operation } from '../operation'
import { asIntegration, type Caller, type Platform } from '../platform'
import { later, rewrite, type Row } from '../store'
import { keptName, keptTags, mergedTags, shownTags } from '../tags'
import { noteNewMessage } from './conversations'
import { find, findNamed, getOrCreate, hasTags, newRow, pageOf, sees } from './lookup'
import { checkMessagePayload } from './message-payload'
import { delayOf } from './schedule'

const CreateMessage = z.strictObject({
  payload: PayloadObject,
  userId: Id,
  conversationId: Id,
  type: Name,
  tags: TagMap,
  schedule: Schedule.optional(),
  origin: z.literal('synthetic').optional(),
})
/** Without a payload a message that is found keeps its own. */
const GetOrCreateMessage = CreateMessage.extend({
  payload: PayloadObject.optional(),
  discriminateByTags: TagNames.optional(),
})
const UpdateMessage = z.strictObject({ tags: TagMap, payload: PayloadObject.optional() })
const ListMessages = z.strictObject({ ...page, ...dates, conversationId: Id.optional(), tags: TagMap.optional() })

type NewMessage = z.infer<typeof CreateMessage>
type DiscriminatedMessage = z.infer<typeof GetOrCreateMessage>
type MessageChanges = z.infer<typeof UpdateMessage>

export function showMessage(platform: Platform, caller: Caller, message: Message): Message {
  return { ...message, tags: shownTags(caller, platform.settings, message.tags) }
}

/** Stores the message and sets it on its way to the other side. */
export function createMessage(platform: Platform, caller: Caller, input: NewMessage): Message {
  return showMessage(platform, caller, sendMessage(platform, caller, input).object)
}

export async function getOrCreateMessage(platform: Platform, caller: Caller, input: DiscriminatedMessage) {
  const { discriminateByTags, ...wanted } = input
  const anywhere = platform.settings.messageScope === 'bot'
  const { row, meta } = await getOrCreate(platform, caller, {
    rows: platform.store.messages,
    tags: keptTags(caller, 'message', wanted.tags, 'InvalidPayload'),
    discriminateByTags: discriminateByTags?.map((name) => keptName(caller, name)),
    fits: (message) => anywhere || message.conversationId === wanted.conversationId,
    // A found message is rewritten in silence: updates do not reach the other side.
    update: (found) => writeMessage(platform, caller, found, wanted),
    create: () => sendMessage(platform, caller, { payload: {}, ...wanted }),
  })
  return { message: showMessage(platform, caller, row.object), ...meta }
}

export function getMessage(platform: Platform, caller: Caller, id: string): Message {
  return showMessage(platform, caller, find(platform, caller, platform.store.messages, id, 'Message').object)
}

function updateMessage(platform: Platform, caller: Caller, id: string, changes: MessageChanges): Message {
  const row = find(platform, caller, platform.store.messages, id, 'Message')
  writeMessage(platform, caller, row, changes)
  return showMessage(platform, caller, row.object)
}

export function listMessages(platform: Platform, caller: Caller, query: z.infer<typeof ListMessages>) {
  const tags = keptTags(caller, 'message', query.tags ?? {}, 'InvalidQuery')
  const { store } = platform
  const among = query.conversationId ? store.messageRowsIn(query.conversationId) : [...store.messages.values()]
  const rows = among.filter((row) => sees(platform, caller, row) && hasTags(platform, row, tags))
  const { objects, meta } = pageOf(
    platform,
    rows.map((row) => row.object),
    query,
  )
  return { messages: objects.map((message) => showMessage(platform, caller, message)), meta }
}

function sendMessage(platform: Platform, caller: Caller, input: NewMessage): Row<Message> {
  const row = storeMessage(platform, caller, input)
  platform.messageCreated(caller.installed, row.object, delayOf(platform, caller, 'message', input.schedule))
  return row
}

function storeMessage(platform: Platform, caller: Caller, input: NewMessage): Row<Message> {
  const { store } = platform
  const conversationRow = findNamed(platform, caller, store.conversations, input.conversationId, 'Conversation')
  const conversation = conversationRow.object
  const userId = authorOf(platform, caller, input.userId, conversation)
  checkSize(input.payload)
  checkMessagePayload(platform.settings, caller, conversation.channel, input.type, input.payload)
  const at = timeOf(platform, conversation.id)
  const message: Message = {
    id: newId('msg', Date.now()),
    createdAt: at,
    updatedAt: at,
    type: input.type,
    payload: input.payload,
    direction: caller.alias === undefined ? 'outgoing' : 'incoming',
    userId,
    conversationId: conversation.id,
    tags: mergedTags({}, keptTags(caller, 'message', input.tags, 'InvalidPayload')),
    ...(input.origin ? { origin: input.origin } : {}),
  }
  const row = newRow(caller, message, conversation.integration)
  store.addMessage(row)
  noteNewMessage(platform, conversationRow)
  return row
}

/** Nothing follows within the very millisecond of what it follows, unless the settings say so. */
function timeOf({ store, settings }: Platform, conversationId: string): string {
  const last = store.messagesIn(conversationId).at(-1)
  return last && !settings.sameMillisecond ? later(last.createdAt) : new Date().toISOString()
}

/** The bot writes as itself (`userId` is the bot's id), which is another user towards each integration. */
function authorOf(platform: Platform, caller: Caller, userId: string, conversation: Conversation): string {
  const { installed } = caller
  if (caller.alias === undefined && userId === installed.botId) return installed.botUserId
  const user = findNamed(platform, caller, platform.store.users, userId, 'User').object
  const takesPart = platform.store.participantsOf(conversation.id).has(user.id)
  if (platform.settings.participantsRequired && caller.alias !== undefined && !takesPart) {
    throw new ApiError('InvalidPayload', `User ${userId} is no participant of ${conversation.id}`)
  }
  return user.id
}

function writeMessage(
  platform: Platform,
  caller: Caller,
  row: Row<Message>,
  { tags, payload = row.object.payload }: MessageChanges,
): void {
  const conversation = platform.store.conversations.get(row.object.conversationId)
  checkSize(payload)
  const author: Caller = row.object.direction === 'incoming' ? asIntegration(caller.installed, row.owner) : caller
  if (row.object.direction === 'incoming' && conversation) {
    checkMessagePayload(platform.settings, author, conversation.object.channel, row.object.type, payload)
  }
  rewrite(row, {
    ...row.object,
    updatedAt: later(row.object.updatedAt),
    payload,
    tags: mergedTags(row.object.tags, keptTags(caller, 'message', tags, 'InvalidPayload')),
  })
  platform.store.changed()
}

const MESSAGES = '/v1/chat/messages'

export const messageOperations = [
  operation({
    name: 'createMessage',
    method: 'POST',
    path: MESSAGES,
    status: 201,
    body: CreateMessage,
    run: ({ platform, caller, body }) => ({ message: createMessage(platform, caller, body) }),
  }),
  operation({
    name: 'getOrCreateMessage',
    method: 'POST',
    path: `${MESSAGES}/get-or-create`,
    body: GetOrCreateMessage,
    run: ({ platform, caller, body }) => getOrCreateMessage(platform, caller, body),
  }),
  operation({
    name: 'getMessage',
    method: 'GET',
    path: `${MESSAGES}/:id`,
    run: ({ platform, caller, params }) => ({ message: getMessage(platform, caller, params.id) }),
  }),
  operation({
    name: 'updateMessage',
    method: 'PUT',
    path: `${MESSAGES}/:id`,
    body: UpdateMessage,
    run: ({ platform, caller, params, body }) => ({ message: updateMessage(platform, caller, params.id, body) }),
  }),
  operation({
    name: 'listMessages',
    method: 'GET',
    path: MESSAGES,
    query: ListMessages,
    run: ({ platform, caller, query }) => listMessages(platform, caller, query),
  }),
  operation({
    name: 'deleteMessage',
    method: 'DELETE',
    path: `${MESSAGES}/:id`,
    run: ({ platform, caller, params }) => {
      platform.store.removeMessage(find(platform, caller, platform.store.messages, params.id, 'Message').object)
      return {}
    },
  }),
]
