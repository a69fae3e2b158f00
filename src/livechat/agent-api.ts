import * as z from 'zod/mini'
import type { AgentApi } from './api'
import { closeThread } from './close-thread'
import { ChatId } from './ids'
import { JsonApi, type JsonApiNeeds } from './json-api'
import { Nothing, RoutingStatuses } from './responses'
import { ChatShape } from './schemas'
import { rowsOf } from './shape'
import { toVendorKey } from './vendor-events'

const ChatIds = z.pipe(
  z.object({ chats_summary: rowsOf(z.object({ id: ChatId })) }),
  z.transform(({ chats_summary }) => chats_summary.map(({ id }) => ({ chatId: id }))),
)

/** The Agent Chat API, as the owner of the personal access token, who need not be in the chats. */
export function createAgentApi(needs: Omit<JsonApiNeeds, 'api'>): AgentApi {
  const api = new JsonApi({ ...needs, api: 'agent' })
  const inPlaceOfUser = { ignore_requester_presence: true }
  return {
    getChat: (key) => api.call('get_chat', toVendorKey(key), ChatShape),
    deactivateChat: (key) =>
      closeThread({
        retries: needs.retries,
        send: () => api.callOnce('deactivate_chat', { id: key.chatId, ...inPlaceOfUser }, Nothing),
        look: () => api.callOnce('get_chat', toVendorKey(key), ChatShape),
      }),
    transferChat: ({ chatId, agentId }) => {
      const target = { type: 'agent', ids: [agentId] }
      return api.call('transfer_chat', { id: chatId, target, ...inPlaceOfUser }, Nothing)
    },
    requestThreadSummary: (key) => api.callOnce('request_thread_summary', toVendorKey(key), Nothing),
    tagThread: ({ tag, ...key }) => api.call('tag_thread', { ...toVendorKey(key), tag }, Nothing),
    listChats: ({ limit } = {}) => api.call('list_chats', { limit }, ChatIds),
    listRoutingStatuses: ({ groupIds } = {}) =>
      api.call('list_routing_statuses', { filters: groupIds && { group_ids: groupIds } }, RoutingStatuses),
  }
}
