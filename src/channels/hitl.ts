import type { AnyMessageProps, IntegrationProps } from '../bp'
import { relayToAgent, TIME_TO_REPORT_MS } from '../handoff/relay-to-agent'
import { ACTION_MS } from '../timing'
import { wire } from '../wiring'

/** A message leaves for the agent, whatever its kind. */
function relay(props: AnyMessageProps): Promise<void> {
  return relayToAgent(props, wire(props, ACTION_MS, { reserveMs: TIME_TO_REPORT_MS }))
}

export const channels: IntegrationProps['channels'] = {
  hitl: { messages: { text: relay, image: relay, audio: relay, video: relay, file: relay, bloc: relay } },
}
