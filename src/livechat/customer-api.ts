import type { CustomerApi, CustomerSession, Profile, Upload } from './api'
import { closeThread } from './close-thread'
import { openOnce } from './customer-start'
import type { EventId } from './ids'
import { JsonApi } from './json-api'
import { ChatList, GroupStatuses, Nothing, Resumed, Sent, Started, Uploaded } from './responses'
import type { RetryPolicy } from './retry'
import { ChatShape } from './schemas'
import type { Transport } from './transport'
import { LiveChatError } from './errors'
import type { OutgoingEvent, Thread } from './types'
import { UploadBody } from './upload'
import { toVendorEvent, toVendorOpening } from './vendor-events'

export type CustomerApiNeeds = {
  transport: Transport
  retries: RetryPolicy
  /** The address of a method, organization included. */
  urlOf: (action: string) => string
  uploadTimeoutMs?: number
  unrepeatableTimeoutMs?: number
}

const DEFAULT_UNREPEATABLE_TIMEOUT_MS = 16_000

/** The Customer Chat API: what the customer of a token may do. */
export function createCustomerApi(needs: CustomerApiNeeds): CustomerApi {
  const { retries, unrepeatableTimeoutMs: timeoutMs = DEFAULT_UNREPEATABLE_TIMEOUT_MS } = needs
  const api = new JsonApi({ ...needs, api: 'customer' })

  const listChats: CustomerApi['listChats'] = (session, { limit } = {}) =>
    api.call({ action: 'list_chats', ...as(session), body: { limit }, shape: ChatList })

  const getChat: CustomerApi['getChat'] = (session, { chatId, threadId }) =>
    api.call({ action: 'get_chat', ...as(session), body: { chat_id: chatId, thread_id: threadId }, shape: ChatShape })

  const opening = { retries, reads: { listChats, getChat } }

  return {
    listChats,
    getChat,

    startChat: (session, start) =>
      openOnce(opening, session, start, async (form) => {
        const body = toVendorOpening(form)
        const started = await api.callOnce({ action: 'start_chat', ...as(session), body, shape: Started, timeoutMs })
        return { chatId: started.chat_id, threadId: started.thread_id }
      }),

    resumeChat: (session, { chatId, ...resume }) =>
      openOnce(opening, session, resume, async (form) => {
        const body = toVendorOpening(form, chatId)
        const resumed = await api.callOnce({ action: 'resume_chat', ...as(session), body, shape: Resumed, timeoutMs })
        return { chatId, threadId: resumed.thread_id }
      }),

    async sendEvent(session, { chatId, threadId }, event) {
      const body = { chat_id: chatId, event: toVendorEvent(event) }
      const attempt = async () =>
        (await api.callOnce({ action: 'send_event', ...as(session), body, shape: Sent, timeoutMs })).event_id
      const lookUp = async () => {
        const action = 'get_chat'
        const query = { chat_id: chatId, thread_id: threadId }
        const { thread } = await api.callOnce({ action, ...as(session), body: query, shape: ChatShape })
        return arrivedIn(thread, event)
      }
      return retries.run(attempt, { lookUp, looksAlways: true, untilDeadline: true })
    },

    async updateCustomer(session, profile) {
      const body = toVendorProfile(profile)
      if (Object.values(body).every((value) => value === undefined)) return // update_customer: one field at least
      await api.call({ action: 'update_customer', ...as(session), body, shape: Nothing })
    },

    listGroupStatuses: (session, { groupIds }) =>
      api.call({
        action: 'list_group_statuses',
        ...as(session),
        body: { group_ids: groupIds },
        shape: GroupStatuses,
      }),

    deactivateChat: (session, { chatId, threadId }, { lookFirst } = {}) =>
      closeThread({
        retries,
        lookFirst,
        send: () => api.callOnce({ action: 'deactivate_chat', ...as(session), body: { id: chatId }, shape: Nothing }),
        look: () => {
          const body = { chat_id: chatId, thread_id: threadId }
          return api.callOnce({ action: 'get_chat', ...as(session), body, shape: ChatShape })
        },
      }),

    uploadFile: (session, upload) => uploadFile(needs, session, upload),

    markEventsAsSeen: (session, { chatId, seenUpTo }) =>
      api.call({
        action: 'mark_events_as_seen',
        ...as(session),
        body: { chat_id: chatId, seen_up_to: seenUpTo },
        shape: Nothing,
      }),

    updateThreadProperties: (session, { chatId, threadId, properties }) =>
      api.call({
        action: 'update_thread_properties',
        ...as(session),
        body: { chat_id: chatId, thread_id: threadId, properties },
        shape: Nothing,
      }),
  }
}

function as({ accessToken }: CustomerSession) {
  return { authorization: `Bearer ${accessToken}` }
}

/** What `sent` became in its thread, if it arrived. Throws when the thread is over: a repetition would go into the next. */
function arrivedIn(thread: Thread | undefined, sent: OutgoingEvent): EventId | undefined {
  const arrived = thread?.events.find(({ customId }) => customId === sent.customId)?.id
  if (arrived === undefined && thread?.active !== true) {
    throw new LiveChatError({ api: 'customer', action: 'send_event', failure: 'session-over', type: 'thread_over' })
  }
  return arrived
}

/** Session fields are one-key objects: their order is the order in which the agent reads them (update_customer). */
function toVendorProfile({ name, email, avatar, sessionFields = [] }: Profile) {
  const fields = sessionFields.map((field) => ({ [field.name]: field.value }))
  return { name, email, avatar, session_fields: fields.length > 0 ? fields : undefined }
}

const DEFAULT_UPLOAD_TIMEOUT_MS = 30_000

async function uploadFile(needs: CustomerApiNeeds, session: CustomerSession, upload: Upload): Promise<string> {
  const body = new UploadBody(upload)
  const { leftMs = () => Infinity } = upload
  const attempt = async () => {
    try {
      return await uploadOnce(needs, session, { body, leftMs })
    } catch (error) {
      throw body.causeOf(error) // an error of the source is not repeated
    }
  }
  try {
    // An upload whose answer was lost is a file that nobody uses, and gone in 24 hours: it may be sent again.
    return await (body.canRepeat ? needs.retries.run(attempt, { maxBlindRetries: 1, leftMs }) : attempt())
  } finally {
    body.close()
  }
}

async function uploadOnce(
  { transport, urlOf, uploadTimeoutMs = DEFAULT_UPLOAD_TIMEOUT_MS }: CustomerApiNeeds,
  session: CustomerSession,
  { body, leftMs }: { body: UploadBody; leftMs: () => number },
): Promise<string> {
  const { value } = await transport.send({
    api: 'customer',
    action: 'upload_file',
    url: urlOf('upload_file'),
    headers: { 'Content-Type': body.contentTypeHeader, Authorization: as(session).authorization },
    body: body.canRepeat ? () => body.open() : await body.open(),
    shape: Uploaded,
    timeoutMs: Math.min(uploadTimeoutMs, leftMs()),
  })
  return value.url
}
