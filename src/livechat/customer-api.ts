import type { CustomerApi, CustomerSession, Opening, Profile, StartedChat, Upload } from './api'
import { closeThread } from './close-thread'
import { openOnce } from './customer-start'
import type { ChatId, EventId } from './ids'
import { JsonApi } from './json-api'
import { ChatList, GroupStatuses, Nothing, Resumed, Sent, Started, UploadedRow } from './responses'
import type { RetryPolicy } from './retry'
import { ChatShape } from './schemas'
import type { Transport } from './transport'
import { LiveChatError } from './errors'
import type { OutgoingEvent, Thread } from './types'
import { UploadBody } from './upload'
import { toVendorEvent, toVendorKey, toVendorOpening } from './vendor-events'

type CustomerApiNeeds = {
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
  const as = (session: CustomerSession) => new JsonApi({ ...needs, api: 'customer', authorization: bearer(session) })
  const listChats: CustomerApi['listChats'] = (session, { limit } = {}) =>
    as(session).call('list_chats', { limit }, ChatList)
  const getChat: CustomerApi['getChat'] = (session, key) => as(session).call('get_chat', toVendorKey(key), ChatShape)
  const opening = { retries, reads: { listChats, getChat } }
  return {
    listChats,
    getChat,
    startChat: (session, start) => openOnce(opening, session, start, (form) => startOnce(as(session), form, timeoutMs)),
    resumeChat: (session, { chatId, ...resume }) =>
      openOnce(opening, session, resume, (form) => resumeOnce(as(session), chatId, form, timeoutMs)),
    sendEvent: (session, thread, event) => sendEvent(as(session), thread, event, { retries, timeoutMs }),
    deleteEvent: (session, { eventId, ...thread }) =>
      as(session).call('delete_event', { ...toVendorKey(thread), event_id: eventId }, Nothing),
    updateCustomer: (session, profile) => updateCustomer(as(session), profile),
    listGroupStatuses: (session, { groupIds }) =>
      as(session).call('list_group_statuses', { group_ids: groupIds }, GroupStatuses),
    deactivateChat: (session, thread, { lookFirst } = {}) =>
      deactivateOwnChat(as(session), thread, { retries, lookFirst }),
    uploadFile: (session, upload) => uploadFile(needs, session, upload),
    markEventsAsSeen: (session, { chatId, seenUpTo }) =>
      as(session).call('mark_events_as_seen', { chat_id: chatId, seen_up_to: seenUpTo }, Nothing),
    updateThreadProperties: (session, { properties, ...thread }) =>
      as(session).call('update_thread_properties', { ...toVendorKey(thread), properties }, Nothing),
  }
}

const bearer = ({ accessToken }: CustomerSession) => `Bearer ${accessToken}`

async function startOnce(customer: JsonApi, form: Opening, timeoutMs: number): Promise<StartedChat> {
  const started = await customer.callOnce('start_chat', toVendorOpening(form), Started, timeoutMs)
  return { chatId: started.chat_id, threadId: started.thread_id }
}

async function resumeOnce(customer: JsonApi, chatId: ChatId, form: Opening, timeoutMs: number): Promise<StartedChat> {
  const resumed = await customer.callOnce('resume_chat', toVendorOpening(form, chatId), Resumed, timeoutMs)
  return { chatId, threadId: resumed.thread_id }
}

async function sendEvent(
  customer: JsonApi,
  thread: StartedChat,
  event: OutgoingEvent,
  { retries, timeoutMs }: { retries: RetryPolicy; timeoutMs: number },
): Promise<EventId> {
  const body = { chat_id: thread.chatId, event: toVendorEvent(event) }
  const attempt = async () => (await customer.callOnce('send_event', body, Sent, timeoutMs)).event_id
  const lookUp = async () =>
    arrivedIn((await customer.callOnce('get_chat', toVendorKey(thread), ChatShape)).thread, event)
  return retries.run(attempt, { lookUp, looksAlways: true, untilDeadline: true })
}

async function updateCustomer(customer: JsonApi, profile: Profile): Promise<void> {
  const body = toVendorProfile(profile)
  if (Object.values(body).every((value) => value === undefined)) return // update_customer: one field at least
  await customer.call('update_customer', body, Nothing)
}

function deactivateOwnChat(
  customer: JsonApi,
  thread: StartedChat,
  how: { retries: RetryPolicy; lookFirst?: boolean },
): Promise<void> {
  return closeThread({
    ...how,
    send: () => customer.callOnce('deactivate_chat', { id: thread.chatId }, Nothing),
    look: () => customer.callOnce('get_chat', toVendorKey(thread), ChatShape),
  })
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
    headers: { 'Content-Type': body.contentTypeHeader, Authorization: bearer(session) },
    body: body.canRepeat ? () => body.open() : await body.open(),
    shape: UploadedRow,
    timeoutMs: Math.min(uploadTimeoutMs, leftMs()),
  })
  return value.url
}
