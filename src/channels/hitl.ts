import type { AnyMessageProps, IntegrationProps } from '../bp'
import { relayToAgent } from '../handoff/relay-to-agent'
import { wire } from '../wiring'

/** Botpress gives an integration about 60 s; what is not done by then is better refused with a sentence. */
const TIME_FOR_MESSAGE_MS = 48_000

/** A message leaves for the agent, whatever its kind. */
function relay(props: AnyMessageProps): Promise<void> {
  return relayToAgent(props, wire(props, TIME_FOR_MESSAGE_MS, { endsThen: true }))
}

export const channels: IntegrationProps['channels'] = {
  hitl: { messages: { text: relay, image: relay, audio: relay, video: relay, file: relay, bloc: relay } },
}
