import { isApiError } from '@botpress/client'
import type { ActionProps } from '../bp'
import { AlreadyInHandoff } from '../handoff/earlier-handoff'
import { forgetGroups, groupOfStart } from '../handoff/group'
import { startHandoff } from '../handoff/start'
import { isFailure, isFailureOfAccess, LiveChatError } from '../livechat/errors'
import { refusal, type Refusal } from '../problems'
import type { HistoryItem } from '../translate/hitl-message'
import { RetryLater } from '../retry-later'
import { ACTION_MS } from '../timing'
import { readSessionOptions, type OptionProblem, type SessionOptions } from '../translate/session-options'
import type { Deps } from '../wiring'
import { action } from './action'

type Input = ActionProps['startHitl']['input']

/** A bot escalates: a chat in the right group, and the conversation that stands for it. */
export const startHitl = action<'startHitl'>({
  ms: ACTION_MS,
  failed: 'Handoff not started',
  act: start,
  answerTo: async (error, deps, { hitlSession }) => {
    throw await refusalOf(error, optionsIn(hitlSession), deps)
  },
})

async function start(given: Input, deps: Deps): Promise<{ conversationId: string }> {
  const { userId, title, description, messageHistory, hitlSession } = given
  const input = { userId, title, description, messageHistory: readHistory(messageHistory) }
  const session = await startHandoff(input, optionsIn(hitlSession), deps)
  deps.log.info(`Handed over: chat ${session.chatId}, thread ${session.threadId}`)
  return { conversationId: session.conversationId }
}

function optionsIn(hitlSession: Input['hitlSession']): SessionOptions {
  const options = readSessionOptions(hitlSession)
  if ('problem' in options) throw refusal(options.problem, given(hitlSession, options.problem))
  return options
}

/** The wire is looser than the schema, and a history that cannot be read is no reason to leave somebody without an agent. */
function readHistory(given: unknown): HistoryItem[] {
  const items: unknown[] = Array.isArray(given) ? given : []
  return items.filter((item): item is HistoryItem => typeof item === 'object' && item !== null)
}

/** Methods after which a chat may stand open although no answer came. */
const OPENS_A_CHAT = new Set(['start_chat', 'resume_chat'])

/** The field of `hitlSession` that each problem is about. */
const FIELDS: Record<OptionProblem, string> = {
  badGroupId: 'groupId',
  badAgentId: 'agentId',
  badTags: 'tags',
  badSessionFields: 'sessionFields',
  badWhenNobody: 'whenNobodyIsAvailable',
  badWording: 'queueMessage',
  badSwitch: 'sendName',
  badHistory: 'history',
  badMask: 'mask',
}

function given(hitlSession: object | undefined, problem: OptionProblem): unknown {
  return new Map(Object.entries(hitlSession ?? {})).get(FIELDS[problem])
}

async function refusalOf(error: unknown, options: SessionOptions, deps: Deps): Promise<Refusal> {
  if (error instanceof AlreadyInHandoff) return refusal('alreadyInHandoff')
  if (isFailure(error, 'banned')) return refusal('customerBanned')
  if (isFailure(error, 'nobody-available')) return refusal('nobodyAvailable')
  if (error instanceof RetryLater) return refusal('startBusy')
  if (error instanceof LiveChatError && error.outcomeUnknown && OPENS_A_CHAT.has(error.action))
    return refusal('startUncertain')
  if (isFailure(error, 'try-later')) return refusal('liveChatSilent')
  if (error instanceof LiveChatError) return refusedByLiveChat(error, options, deps)
  return refusal(isApiError(error) ? 'botpressSilent' : 'refusedByLiveChat')
}

async function refusedByLiveChat(error: LiveChatError, options: SessionOptions, deps: Deps): Promise<Refusal> {
  if (error.api === 'accounts') return refusal('tokenRefused')
  if (error.type?.startsWith('license_') || error.type === 'wrong_product_version') return refusal('licenseProblem')
  const { id, source } = await groupOfStart(options, deps)
  if (error.failure === 'not-found') {
    forgetGroups(deps)
    return refusal('groupMissing', id, source)
  }
  const isDenied = error.failure === 'credentials' || isFailureOfAccess(error)
  return isDenied ? refusal('notAllowed', id) : refusal('refusedByLiveChat')
}
