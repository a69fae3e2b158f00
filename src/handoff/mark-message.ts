import { OperationTimeoutError } from '@botpress/client'
import type { AnyMessageProps } from '../bp'
import { inTime, type Clock } from '../clock'

type Acknowledge = AnyMessageProps['ack']

/** How long anybody waits for a mark on a message, in milliseconds: no more depends on it. */
const MESSAGE_MARK_MAY_TAKE_MS = 10_000

/** Marks the message that a door is asked about. Throws when Botpress refuses, or does not answer soon. */
export function mark(ack: Acknowledge, tags: Parameters<Acknowledge>[0]['tags'], clock: Clock): Promise<void> {
  return inTime(
    ack({ tags }),
    { ms: MESSAGE_MARK_MAY_TAKE_MS, tooLate: () => new OperationTimeoutError('not marked') },
    clock,
  )
}
