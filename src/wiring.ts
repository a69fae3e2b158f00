import { randomUUID } from 'node:crypto'
import { Client as BotpressClient } from '@botpress/client'
import type { Client, CommonHandlerProps } from './bp'
import { boundedClient } from './botpress-client'
import { deadlineIn, systemClock, type Deadline } from './clock'
import { agentAuthorization } from './livechat/agent-token'
import type { AccountsApi, LiveChatApi } from './livechat/api'
import { createLiveChat } from './livechat/client'
import { keepAliveAgents } from './livechat/http'
import { logFor, type Log } from './log'
import { createReporter } from './reporting/reporter'
import { Activation } from './session/activation'
import { Agents } from './session/agents'
import { Cache } from './session/cache'
import { Choices } from './session/choices'
import { CustomerAccess } from './session/customer-access'
import { Customers } from './session/customers'
import { EndUsers } from './session/end-users'
import { Events } from './session/events'
import { Leases } from './session/lease'
import { createMemory, type Memory, type StepsMemory } from './session/memory'
import { Messages } from './session/messages'
import { People } from './session/people'
import { Sessions } from './session/sessions'
import { SetupState } from './setup-state'
import { readSettings, type Settings } from './settings'
import { BOTPRESS_CALL_MS } from './timing'
import { privacyOf, type Privacy } from './translate/privacy'
import { installationMark } from './translate/start-key'
import { sessionWords, type Wording } from './translate/wording'

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
 * Everything that one call needs. `totalMs`: how long the caller waits for us; nothing begins after that, since a frozen
 * process would go on with it an hour later. `reserveMs`: kept from calls to LiveChat for what follows them. This is the
 * only place that reads the environment, the clock, or a variable that outlives the call.
 */
export function wire(props: CommonHandlerProps, totalMs: number, { reserveMs = 0 } = {}) {
  const { ctx, logger } = props
  const settings = readSettings(ctx.configuration)
  const memory = memoryOf(`${ctx.botId} ${ctx.webhookId}`)
  const callersScale = reserveMs > 0 ? timeScale('MESSAGE_TIME_SCALE') : 1
  const deadline = deadlineIn(totalMs * callersScale, clock)
  const log = logFor(logger, (error) => reporter.report(error, ctx.operation))
  const redirectUri = `${process.env['BP_WEBHOOK_URL'] || 'https://webhook.botpress.cloud'}/${ctx.webhookId}`
  const liveChatDeadline = { leftMs: () => Math.max(0, deadline.leftMs() - reserveMs * callersScale) }
  const livechat = liveChatFor({ settings, memory, log, redirectUri, deadline: liveChatDeadline })
  // No getters here: the engine makes a new hidden class for each such object, and keeps what its functions close over.
  return {
    settings,
    clock,
    deadline,
    log,
    livechat,
    memory: memory as StepsMemory,
    redirectUri,
    ...storesFor(props, { memory, deadline, log, accounts: livechat.accounts }),
    privacyOf: (handoff: Partial<Privacy>) => privacyOf(settings, handoff),
    wordsFor: (handoff: Wording) => sessionWords(settings, handoff),
    /** Stands in what we write in LiveChat, and tells it from what another bot on the same app writes. */
    installationMark: installationMark(ctx.botId, ctx.webhookId),
    /** Media may come from these private addresses: the sandbox's own host, named by whoever runs it. */
    mediaOrigins: (process.env['MEDIA_ALLOWED_ORIGINS'] ?? '').split(',').filter(Boolean),
  }
}

type Storing = { memory: Memory; deadline: Deadline; log: Log; accounts: AccountsApi }

/** Who reads and writes what Botpress keeps, each with its own copies. */
function storesFor({ ctx, client: given }: CommonHandlerProps, { memory, deadline, log, accounts }: Storing) {
  const callMs = () => Math.min(BOTPRESS_CALL_MS, deadline.leftMs())
  const client = boundedClient(given, callMs, clock)
  const once = oneAttempt(given, callMs)
  const sessions = new Sessions(client, memory)
  const customers = new Customers(client, accounts, memory, clock)
  return {
    setup: new SetupState(client, ctx.integrationId),
    sessions,
    leases: new Leases({ client, once, clock, deadline, newOwner: randomUUID }),
    customers,
    access: new CustomerAccess(customers, memory),
    endUsers: new EndUsers(client, clock, log),
    agents: new Agents(client, memory),
    people: new People(client, memory, log),
    messages: new Messages(client),
    choices: new Choices(client, memory),
    activation: new Activation(sessions, memory, clock),
    events: new Events({ client, once, memory, clock, deadline }),
  }
}

/** The SDK's client repeats a POST whose answer was lost, unseen; a plain one of the same configuration never does. */
function oneAttempt(given: Client, callMs: () => number): () => Client {
  let plain: Client | undefined
  const bounded = () => {
    const client = new BotpressClient(given._inner.config) as unknown as Client
    return boundedClient(client, callMs, clock, { isRepeating: false })
  }
  return () => (plain ??= bounded())
}

type Speaking = { settings: Settings; memory: Memory; log: Log; redirectUri: string; deadline: Deadline }

function liveChatFor({ settings, memory, log, redirectUri, deadline }: Speaking): LiveChatApi {
  const scale = timeScale('LIVECHAT_TIME_SCALE')
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
 * For tests only, so that silence can be waited for: `LIVECHAT_TIME_SCALE=0.1` makes the time limits and pauses of calls to
 * LiveChat a tenth, `MESSAGE_TIME_SCALE=0.1` the time that a message may take.
 */
function timeScale(name: 'LIVECHAT_TIME_SCALE' | 'MESSAGE_TIME_SCALE'): number {
  const given = Number(process.env[name])
  return given > 0 && given <= 1 ? given : 1
}

function memoryOf(installation: string): Memory {
  const known = memories.get(installation)
  if (known) return known
  const memory = createMemory(clock)
  memories.set(installation, memory)
  return memory
}
