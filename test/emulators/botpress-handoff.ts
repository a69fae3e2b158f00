import type { CustomerOptions, StartHitlInput, User } from '../../sandbox/botpress'
import { agentSays, newAgent, type startBoth } from './botpress-fake'

type Both = Awaited<ReturnType<typeof startBoth>>

/** A handoff that is active, with an agent user that exists but was not announced. */
export async function createActiveHandoff(
  both: Both,
  {
    bot = both.installation,
    input,
    ...who
  }: CustomerOptions & { bot?: Both['installation']; input?: StartHitlInput } = {},
) {
  const ada = bot.customer({ name: 'Ada', ...who })
  await ada.says('Hi')
  const { downstreamId = '' } = await bot.handOver(ada, { userEmail: 'ada@example.com', ...input })
  const grace = await newAgent(both.client())
  const seenBefore = ada.sees().length
  const callsBefore = bot.pluginCalls.length
  /** Creates a message of the agent; the bot processes it later. */
  const says = (text: string, by: User = grace) => agentSays(both.client(), downstreamId, by.id, text)
  const emits = (type: 'hitlAssigned' | 'hitlStopped') => {
    const payload = { conversationId: downstreamId, ...(type === 'hitlAssigned' && { userId: grace.id }) }
    return both.client().createEvent({ type, payload })
  }
  return {
    ada,
    grace,
    downstreamId,
    says,
    emits,
    /** What the customer has seen since the handoff is active. */
    seen: () =>
      ada
        .sees()
        .slice(seenBefore)
        .map(({ from, text, type }) => `${from}: ${text ?? type}`),
    /** Names of the runtime calls that the plugin has made since then. */
    calls: () => bot.pluginCalls.slice(callsBefore),
    isActive: () => [both.botpress.isActive(ada.conversationId), both.botpress.isActive(downstreamId)],
  }
}
