import type { CommonHandlerProps } from './bp'
import { deadlineIn, systemClock, type Deadline } from './clock'
import { agentAuthorization } from './livechat/agent-token'
import { LONGEST_CALL_MS, limitedClient } from './limited-client'
import type { LiveChatApi } from './livechat/api'
import { createLiveChat } from './livechat/client'
import { keepAliveAgents } from './livechat/http'
import { logFor, type Log } from './log'
import { createReporter } from './reporting/reporter'
import { Activation } from './session/activation'
import { Agents } from './session/agents'
import { Cache } from './session/cache'
import { Choices } from './session/choices'
import { Customers } from './session/customers'
import { EndUsers } from './session/end-users'
import { HandoffEvents } from './session/handoff-events'
import { createMemory, type Memory } from './session/memory'
import { Messages } from './session/messages'
import { People } from './session/people'
import { Sessions } from './session/sessions'
import { SetupState } from './setup-state'
import { readSettings, type Settings } from './settings'
import { wordsFor } from './translate/words'

const HOUR = 3_600_000
/** LiveChat's own limit for one of its calls is 15 s; half of it leaves time for a second attempt. */
const CALL_TIMEOUT_MS = 8000
/** What must not be done twice is waited for until LiveChat itself has given it up. */
const UNREPEATABLE_TIMEOUT_MS = 16_000
const UPLOAD_TIMEOUT_MS = 30_000
const FIRST_RETRY_PAUSE_MS = 1000

const clock = systemClock
const connections = keepAliveAgents()
// One process may serve many installations; what it remembers of them never mixes.
const memories = new Cache<Memory>({ maxEntries: 200, ttlMs: 24 * HOUR }, clock)

/** Only when the owner of the integration gave it the secret; `bp` passes secrets by these names. */
export const reporter = createReporter(
  {
    dsn: process.env['SECRET_SENTRY_DSN'] || undefined,
    environment: process.env['SECRET_SENTRY_ENVIRONMENT'] || undefined,
    release: process.env['SECRET_SENTRY_RELEASE'] || undefined,
  },
  clock,
)

export type Deps = ReturnType<typeof wire>

/**
 * Everything that one call needs. `totalMs`: how long the caller waits for us; `endsThen`: what is begun by then is given
 * up. This is the only place that reads the environment, the clock, or a variable that outlives the call.
 */
export function wire({ ctx, client: given, logger }: CommonHandlerProps, totalMs: number, { endsThen = false } = {}) {
  const settings = readSettings(ctx.configuration)
  const memory = memoryOf(`${ctx.botId} ${ctx.webhookId}`)
  const deadline = deadlineIn(totalMs, clock)
  const longestCallMs = () => (endsThen ? Math.min(LONGEST_CALL_MS, deadline.leftMs()) : LONGEST_CALL_MS)
  const client = limitedClient(given, longestCallMs, clock)
  const log = logFor(logger, (error) => reporter.report(error, ctx.operation))
  const redirectUri = `${process.env['BP_WEBHOOK_URL'] || 'https://webhook.botpress.cloud'}/${ctx.webhookId}`
  const livechat = liveChatFor({ settings, memory, log, redirectUri, deadline })
  const sessions = new Sessions(client, memory, clock)
  // No getters here: the engine makes a new hidden class for each such object, and keeps what its functions close over.
  return {
    ctx,
    client,
    settings,
    clock,
    deadline,
    log,
    livechat,
    memory,
    redirectUri,
    setup: new SetupState(client, ctx.integrationId),
    sessions,
    customers: new Customers(client, livechat.accounts, memory, clock),
    endUsers: new EndUsers(client, log),
    agents: new Agents(client, memory),
    people: new People(client, memory, log),
    messages: new Messages(client),
    choices: new Choices(client, memory),
    activation: new Activation(sessions, memory, clock),
    hitl: new HandoffEvents(client, memory, clock),
    words: wordsFor(settings.language, settings.overrides),
    /** Media may come from these private addresses: the sandbox's own host, named by whoever runs it. */
    mediaOrigins: (process.env['MEDIA_ALLOWED_ORIGINS'] ?? '').split(',').filter(Boolean),
  }
}

type Speaking = { settings: Settings; memory: Memory; log: Log; redirectUri: string; deadline: Deadline }

function liveChatFor({ settings, memory, log, redirectUri, deadline }: Speaking): LiveChatApi {
  const scale = timeScale()
  return createLiveChat({
    ...connections,
    apiUrl: process.env['LIVECHAT_API_URL'] || undefined,
    accountsUrl: process.env['LIVECHAT_ACCOUNTS_URL'] || undefined,
    organizationId: settings.organizationId,
    clientId: settings.clientId,
    agentAuthorization: agentAuthorization(settings.agentToken),
    redirectUri,
    regions: memory.regions,
    onNotice: (text) => {
      if (memory.notices.isLogged) return
      memory.notices.isLogged = true
      log.warn(text)
    },
    timeoutMs: CALL_TIMEOUT_MS * scale,
    unrepeatableTimeoutMs: UNREPEATABLE_TIMEOUT_MS * scale,
    uploadTimeoutMs: UPLOAD_TIMEOUT_MS * scale,
    retries: { firstPauseMs: FIRST_RETRY_PAUSE_MS * scale },
    deadline: deadline.leftMs,
    sleep: clock.sleep,
  })
}

/**
 * For tests only: `LIVECHAT_TIME_SCALE=0.1` makes the time limits and pauses of calls to LiveChat a tenth, so that its
 * silence can be waited for. The times that our callers give us stay.
 */
function timeScale(): number {
  const given = Number(process.env['LIVECHAT_TIME_SCALE'])
  return given > 0 && given <= 1 ? given : 1
}

function memoryOf(installation: string): Memory {
  const known = memories.get(installation)
  if (known) return known
  const memory = createMemory(clock)
  memories.set(installation, memory)
  return memory
}
