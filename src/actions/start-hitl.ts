import { isApiError, RuntimeError } from '@botpress/client'
import type { ActionProps } from '../bp'
import { AlreadyInHandoff } from '../handoff/earlier-handoff'
import { startHandoff } from '../handoff/start'
import { isFailure, isFailureOfAccess, LiveChatError } from '../livechat/errors'
import { isOurRefusal, PROBLEMS } from '../problems'
import type { HistoryItem } from '../translate/hitl-message'
import { readSessionOptions } from '../translate/session-options'
import { RetryLater } from '../retry-later'
import { ACTION_MS } from '../timing'
import { wire } from '../wiring'

/** A bot escalates: a chat in the right group, and the conversation that stands for it. */
export async function startHitl(props: ActionProps['startHitl']): Promise<{ conversationId: string }> {
  const { userId, title, description, messageHistory, hitlSession } = props.input
  const options = readSessionOptions(hitlSession)
  if ('problem' in options) throw new RuntimeError(PROBLEMS[options.problem])
  const deps = wire(props, ACTION_MS)
  try {
    const input = { userId, title, description, messageHistory: readHistory(messageHistory) }
    const session = await startHandoff(input, options, deps)
    deps.log.info(`Handed over: chat ${session.chatId}, thread ${session.threadId}`)
    return { conversationId: session.conversationId }
  } catch (error) {
    deps.log.failed('Handoff not started', error)
    throw isOurRefusal(error) ? error : new RuntimeError(problemOf(error))
  }
}

/** The wire is looser than the schema, and a history that cannot be read is no reason to leave somebody without an agent. */
function readHistory(given: unknown): HistoryItem[] {
  const items: unknown[] = Array.isArray(given) ? given : []
  return items.filter((item): item is HistoryItem => typeof item === 'object' && item !== null)
}

/** Methods after which a chat may stand open although no answer came. */
const OPENS_A_CHAT = new Set(['start_chat', 'resume_chat'])

function problemOf(error: unknown): string {
  if (error instanceof AlreadyInHandoff) return PROBLEMS.alreadyInHandoff
  if (isFailure(error, 'banned')) return PROBLEMS.customerBanned
  if (isFailure(error, 'nobody-available')) return PROBLEMS.nobodyAvailable
  if (error instanceof RetryLater) return PROBLEMS.startBusy
  if (error instanceof LiveChatError && error.outcomeUnknown && OPENS_A_CHAT.has(error.action))
    return PROBLEMS.startUncertain
  if (isFailure(error, 'try-later')) return PROBLEMS.liveChatSilent
  if (error instanceof LiveChatError) return problemOfRefusal(error)
  return isApiError(error) ? PROBLEMS.botpressSilent : PROBLEMS.refusedByLiveChat
}

function problemOfRefusal(error: LiveChatError): string {
  if (error.api === 'accounts') return PROBLEMS.tokenRefused
  if (error.type?.startsWith('license_') || error.type === 'wrong_product_version') return PROBLEMS.licenseProblem
  if (error.failure === 'not-found') return PROBLEMS.groupMissing
  const isDenied = error.failure === 'credentials' || isFailureOfAccess(error)
  return isDenied ? PROBLEMS.notAllowed : PROBLEMS.refusedByLiveChat
}
