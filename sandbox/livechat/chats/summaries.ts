import { ApiError } from '../world/errors'
import type { Chat, ChatEvent, Thread } from '../world/model'
import type { World } from '../world/world'
import { systemEvent } from './events'

/**
 * Asks for a summary of a thread (Agent Chat API, request_thread_summary). It comes after `chats.summaryDelayMs`: of a
 * closed thread as `thread.summary` and webhook, of an active one as a `system` event in the thread. A closed thread is
 * summarized once.
 */
export function requestSummary(world: World, chat: Chat, thread: Thread, requestedBy: string): void {
  if (wordsOfCustomer(chat, thread).length === 0)
    throw new ApiError('validation', 'Thread has no message of the customer to summarize')
  if (thread.active) return later(world, () => tellInThread(world, chat, thread, requestedBy))
  if (chat.summarized.has(thread.id)) throw new ApiError('already_exists', 'Thread summary already exists')
  summarize(world, chat, thread)
}

/** Where the account has automatic summaries, every thread with words of the customer gets one when it is closed. */
export function summarizeClosed(world: World, chat: Chat, thread: Thread): void {
  if (world.settings.chats.summaries === 'automatic' && wordsOfCustomer(chat, thread).length > 0)
    summarize(world, chat, thread)
}

function summarize(world: World, chat: Chat, thread: Thread): void {
  chat.summarized.add(thread.id)
  later(world, () => {
    const summary = { ...resultFor(world, chat, thread), updated_at: world.store.timestamp() }
    thread.summary = summary
    const payload = () => ({ chat_id: chat.id, thread_id: thread.id, summary })
    world.webhooks.emit({ action: 'thread_summary_set', chat, payload })
  })
}

function tellInThread(world: World, chat: Chat, thread: Thread, requestedBy: string): void {
  const details = { summary: resultFor(world, chat, thread), requested_by: requestedBy }
  systemEvent(world, chat, thread, { source: 'messaging', subtype: 'summary', details, visibility: 'agents' })
}

/** Does the work when its time has come, unless this account's summaries never come. */
function later({ settings, webhooks }: World, work: () => void): void {
  if (settings.chats.summaries !== 'never') webhooks.later(settings.chats.summaryDelayMs, work)
}

type Result = { status: 'ok' | 'error'; text: string }

function resultFor({ settings }: World, chat: Chat, thread: Thread): Result {
  if (settings.chats.summaries === 'error') return { status: 'error', text: '' }
  const theirs = wordsOfCustomer(chat, thread)
  const others = thread.events.filter((event) => isPublicMessage(event) && !theirs.includes(event))
  // The vendor's model reads everything. Here the first message of one line stands for the question: longer ones are reports.
  const question = theirs.find(({ text }) => text?.includes('\n') === false) ?? theirs.at(0)
  const lines = [
    `The customer asked: ${question?.text ?? ''}`,
    `The customer wrote ${counted(theirs)}, the agents ${counted(others)}`,
  ]
  return { status: 'ok', text: lines.map((line) => `• ${line}`).join('  \n') }
}

function counted({ length }: readonly ChatEvent[]): string {
  return length === 1 ? '1 message' : `${length} messages`
}

/** Whether LiveChat can summarize depends on what the customer said for everybody to read. */
function wordsOfCustomer({ customerId }: Chat, { events }: Thread): ChatEvent[] {
  return events.filter((event) => isPublicMessage(event) && event.author_id === customerId)
}

function isPublicMessage({ type, visibility, deleted }: ChatEvent): boolean {
  return type === 'message' && visibility === 'all' && !deleted
}
