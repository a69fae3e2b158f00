import * as z from 'zod/mini'
import type { AgentApi } from './api'
import { closeThread } from './close-thread'
import { ChatId } from './ids'
import { JsonApi, type JsonApiNeeds } from './json-api'
import { Nothing, RoutingStatuses } from './responses'
import { ChatShape } from './schemas'
import { rowsOf } from './shape'

const ChatIds = z.pipe(
  z.object({ chats_summary: rowsOf(z.object({ id: ChatId })) }),
  z.transform(({ chats_summary }) => chats_summary.map(({ id }) => ({ chatId: id }))),
)

/** The Agent Chat API, as the owner of the personal access token, who need not be in the chats. */
export function createAgentApi(needs: Omit<JsonApiNeeds, 'api'> & { authorization: () => Promise<string> }): AgentApi {
  const { authorization } = needs
  const api = new JsonApi({ ...needs, api: 'agent' })
  const inPlaceOfUser = { ignore_requester_presence: true }
  return {
    getChat: ({ chatId, threadId }) =>
      api.call({
        action: 'get_chat',
        authorization,
        body: { chat_id: chatId, thread_id: threadId },
        shape: ChatShape,
      }),

    deactivateChat: ({ chatId, threadId }) =>
      closeThread({
        retries: needs.retries,
        send: () => {
          const body = { id: chatId, ...inPlaceOfUser }
          return api.callOnce({ action: 'deactivate_chat', authorization, body, shape: Nothing })
        },
        look: () => {
          const body = { chat_id: chatId, thread_id: threadId }
          return api.callOnce({ action: 'get_chat', authorization, body, shape: ChatShape })
        },
      }),

    transferChat: ({ chatId, agentId }) =>
      api.call({
        action: 'transfer_chat',
        authorization,
        body: { id: chatId, target: { type: 'agent', ids: [agentId] }, ...inPlaceOfUser },
        shape: Nothing,
      }),

    requestThreadSummary: ({ chatId, threadId }) =>
      api.callOnce({
        action: 'request_thread_summary',
        authorization,
        body: { chat_id: chatId, thread_id: threadId },
        shape: Nothing,
      }),

    tagThread: ({ chatId, threadId, tag }) =>
      api.call({
        action: 'tag_thread',
        authorization,
        body: { chat_id: chatId, thread_id: threadId, tag },
        shape: Nothing,
      }),

    listChats: ({ limit } = {}) => api.call({ action: 'list_chats', authorization, body: { limit }, shape: ChatIds }),

    listRoutingStatuses: ({ groupIds } = {}) =>
      api.call({
        action: 'list_routing_statuses',
        authorization,
        body: { filters: groupIds && { group_ids: groupIds } },
        shape: RoutingStatuses,
      }),
  }
}
