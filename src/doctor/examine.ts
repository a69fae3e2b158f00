import { deadlineIn, type Clock } from '../clock'
import { normaliseAgentToken } from '../livechat/agent-token'
import { createLiveChat } from '../livechat/client'
import { gatherFacts } from '../setup/facts'
import { Probe, type ProbeIdentity } from '../setup/probe'
import { reportOn, type SetupReport } from '../setup/report'
import { readSettings } from '../settings'
import type { Answers } from './questions'

const TIME_FOR_PROOF_MS = 20_000

export type Servers = { apiUrl?: string; accountsUrl?: string }

/** The report of the action `checkSetup`, without Botpress. Each run makes one customer: there is no state to keep it. */
export async function examine(answers: Answers, servers: Servers, clock: Clock): Promise<SetupReport> {
  const { webhookUrl, groupId, ...texts } = answers
  const settings = readSettings({ ...texts, groupId: groupId === '' ? NaN : Number(groupId) })
  const token = normaliseAgentToken(settings.agentToken)
  const livechat = createLiveChat({
    ...servers,
    organizationId: settings.organizationId,
    clientId: settings.clientId,
    agentToken: 'basic' in token ? token.basic : '',
    redirectUri: webhookUrl,
    deadline: deadlineIn(TIME_FOR_PROOF_MS, clock).leftMs,
    sleep: clock.sleep,
  })
  const probe = new Probe(livechat.accounts, inMemory(), {}, clock)
  return reportOn({ settings }, await gatherFacts({ settings, livechat, probe }), webhookUrl)
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
