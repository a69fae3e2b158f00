import { afterAll, beforeEach } from 'vitest'
import { startLiveChat, type LiveChat, type LiveChatOptions } from '../../sandbox/livechat'
import { callsTo, startReceiver, type Calls, type Receiver } from './livechat-client'

/** The emulator of a test file, on a port of its own; each test finds it as after the start. */
export async function useLiveChat(options?: LiveChatOptions): Promise<{ livechat: LiveChat; calls: Calls }> {
  const livechat = await startLiveChat(options)
  beforeEach(() => livechat.reset())
  afterAll(() => livechat.close())
  return { livechat, calls: callsTo(livechat) }
}

/** A place for its webhooks; each test finds it empty. */
export async function useReceiver(): Promise<Receiver> {
  const receiver = await startReceiver()
  beforeEach(() => {
    receiver.received.length = 0
    receiver.answers.length = 0
  })
  afterAll(() => receiver.close())
  return receiver
}
