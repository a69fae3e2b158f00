import { deadlineIn, type Clock } from '../clock'
import { agentAuthorization } from '../livechat/agent-token'
import { createLiveChat } from '../livechat/client'
import { gatherFacts } from '../setup/facts'
import { Probe } from '../setup/probe'
import { reportOn, type SetupReport } from '../setup/report'
import type { ProbeIdentity } from '../setup-state'
import { readSettings } from '../settings'
import type { Answers } from './questions'

const TIME_FOR_CHECK_MS = 20_000

type Servers = { apiUrl?: string; accountsUrl?: string }

/** The report of the action `checkSetup`, without Botpress. Each run makes one customer: there is no state to keep it. */
export async function examine(answers: Answers, servers: Servers, clock: Clock): Promise<SetupReport> {
  const { webhookUrl, groupId, ...texts } = answers
  const settings = readSettings({ ...texts, groupId: Number(groupId) })
  const livechat = createLiveChat({
    ...servers,
    organizationId: settings.organizationId,
    clientId: settings.clientId,
    agentAuthorization: agentAuthorization(settings.agentToken),
    redirectUri: webhookUrl,
    deadline: deadlineIn(TIME_FOR_CHECK_MS, clock).leftMs,
    sleep: clock.sleep,
  })
  const probe = new Probe(livechat.accounts, inMemory(), {}, clock)
  const subject = { settings, livechat, probe, redirectUri: webhookUrl }
  return reportOn({ ...subject, webhookUrl, isSaved: false }, await gatherFacts(subject, { allScopes: true }))
}

function inMemory() {
  let kept: ProbeIdentity | undefined
  return {
    load: () => Promise.resolve(kept),
    save: (identity: ProbeIdentity) => {
      kept = identity
      return Promise.resolve()
    },
  }
}
